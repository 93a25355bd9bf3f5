#include "shared/sealing/scrypt.h"

#include <array>
#include <charconv>
#include <string>

#include "shared/codec/base64.h"
#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

constexpr std::string_view kType = "scrypt";
constexpr std::string_view kSaltPrefix = "age-encryption.org/v1/scrypt";
constexpr std::size_t kSaltBytes = 16;

// Used once only: the wrapping key comes from a fresh salt for every file.
constexpr AeadNonce kZeroNonce{};

Result<Done> derive_wrap_key(AeadKey& key, const Passphrase& passphrase, ByteView salt,
                             unsigned work_factor) {
  Bytes full_salt;
  append(full_salt, bytes_of(kSaltPrefix));
  append(full_salt, salt);
  return scrypt(key.fill(), passphrase.view(), full_salt, work_factor);
}

// The work factor written as `text`, digits without leading zero; 0 for what is none or is larger
// than two digits, which is far beyond what we accept.
unsigned read_work_factor(std::string_view text) {
  if (text.empty() || text.size() > 2 || text.front() == '0') return 0;
  unsigned value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  return status == std::errc() && end == text.data() + text.size() ? value : 0;
}

}  // namespace

Passphrase::Passphrase(std::string_view text) {
  // One allocation of the final size, so that no copy is left behind unwiped.
  bytes_.assign(bytes_of(text).begin(), bytes_of(text).end());
}

Passphrase& Passphrase::operator=(Passphrase&& other) noexcept {
  if (this != &other) {
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
  }
  return *this;
}

Passphrase::~Passphrase() { wipe(bytes_); }

Result<Stanza> wrap_scrypt(const FileKey& file_key, const Passphrase& passphrase,
                           unsigned work_factor, Entropy& entropy) {
  std::array<std::uint8_t, kSaltBytes> salt{};
  entropy.fill(salt);
  AeadKey key;
  const Result<Done> derived = derive_wrap_key(key, passphrase, salt, work_factor);
  if (!derived.ok()) return derived.error();

  Stanza stanza;
  stanza.arguments = {std::string(kType), format_base64(salt, Base64Padding::forbidden),
                      std::to_string(work_factor)};
  stanza.body.resize(kFileKeyBytes + kAeadTagBytes);
  aead_seal(stanza.body, file_key.view(), {}, kZeroNonce, key);
  return stanza;
}

Unwrap unwrap_scrypt(const Stanza& stanza, const Passphrase& passphrase, FileKey& file_key) {
  if (!is_scrypt(stanza)) return Unwrap::not_mine;
  if (stanza.arguments.size() != 3) return Unwrap::malformed;
  const Result<Bytes> salt = parse_base64(stanza.arguments[1], Base64Padding::forbidden);
  if (!salt.ok() || salt.value().size() != kSaltBytes) return Unwrap::malformed;
  // Checked before decrypting, against partitioning oracles: see x25519.cpp.
  if (stanza.body.size() != kFileKeyBytes + kAeadTagBytes) return Unwrap::malformed;
  const unsigned work_factor = read_work_factor(stanza.arguments[2]);
  if (work_factor == 0 || work_factor > kMaxScryptWorkFactor) return Unwrap::malformed;

  AeadKey key;
  const Result<Done> derived = derive_wrap_key(key, passphrase, salt.value(), work_factor);
  if (!derived.ok()) return Unwrap::out_of_memory;
  const bool opened = aead_open(file_key.fill(), stanza.body, {}, kZeroNonce, key);
  return opened ? Unwrap::opened : Unwrap::not_mine;
}

bool is_scrypt(const Stanza& stanza) { return stanza.arguments.front() == kType; }

}  // namespace landfall
