#include "shared/sealing/x25519.h"

#include <algorithm>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/base64.h"
#include "shared/codec/bech32.h"

namespace landfall {
namespace {

constexpr std::string_view kType = "X25519";
constexpr std::string_view kInfo = "age-encryption.org/v1/X25519";
constexpr std::string_view kRecipientPrefix = "age";
constexpr std::string_view kIdentityPrefix = "AGE-SECRET-KEY-";

// Used once only: the wrapping key comes from a fresh ephemeral key for every stanza.
constexpr AeadNonce kZeroNonce{};

AeadKey wrap_key(const Secret<kX25519Bytes>& shared, const X25519Point& share,
                 const X25519Point& recipient) {
  std::array<std::uint8_t, 2 * kX25519Bytes> salt{};
  std::copy(share.begin(), share.end(), salt.begin());
  std::copy(recipient.begin(), recipient.end(), salt.begin() + kX25519Bytes);
  return hkdf_key(shared.view(), salt, bytes_of(kInfo));
}

}  // namespace

Result<X25519Recipient> parse_x25519_recipient(std::string_view text) {
  const Result<Bech32> decoded = parse_bech32(text);
  if (!decoded.ok()) return Error{ErrorCode::recipient_invalid, decoded.error().offset};
  const Bech32& bech32 = decoded.value();
  if (bech32.prefix != kRecipientPrefix || bech32.data.size() != kX25519Bytes) {
    return Error{ErrorCode::recipient_invalid};
  }
  X25519Recipient recipient;
  std::copy(bech32.data.begin(), bech32.data.end(), recipient.point.begin());
  return recipient;
}

std::string format_x25519_recipient(const X25519Recipient& recipient) {
  Result<std::string> text = format_bech32(kRecipientPrefix, recipient.point);
  require(text.ok(), "the recipient prefix is a bech32 prefix");
  return std::move(text).value();
}

X25519Identity::X25519Identity(X25519Scalar scalar)
    : scalar_(std::move(scalar)), recipient_{x25519_public(scalar_)} {}

Unwrap X25519Identity::unwrap(const Stanza& stanza, FileKey& file_key) const {
  if (stanza.arguments.front() != kType) return Unwrap::not_mine;
  if (stanza.arguments.size() != 2) return Unwrap::malformed;
  const Result<Bytes> share = parse_base64(stanza.arguments[1], Base64Padding::forbidden);
  if (!share.ok() || share.value().size() != kX25519Bytes) return Unwrap::malformed;
  // Checked before decrypting: a body of several lengths would let one file open differently for
  // different keys (a partitioning oracle).
  if (stanza.body.size() != kFileKeyBytes + kAeadTagBytes) return Unwrap::malformed;

  X25519Point point{};
  std::copy(share.value().begin(), share.value().end(), point.begin());
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, scalar_, point)) return Unwrap::malformed;
  const AeadKey key = wrap_key(shared, point, recipient_.point);
  const bool opened = aead_open(file_key.fill(), stanza.body, {}, kZeroNonce, key);
  return opened ? Unwrap::opened : Unwrap::not_mine;
}

X25519Identity X25519Identity::clone() const { return X25519Identity(copy_scalar()); }

X25519Scalar X25519Identity::copy_scalar() const { return X25519Scalar(scalar_.view()); }

std::string X25519Identity::format_secret() const {
  Result<std::string> text = format_bech32(kIdentityPrefix, scalar_.view());
  require(text.ok(), "the identity prefix is a bech32 prefix");
  return std::move(text).value();
}

Result<X25519Identity> parse_x25519_identity(std::string_view text) {
  Result<Bech32> decoded = parse_bech32(text);
  if (!decoded.ok()) return Error{ErrorCode::identity_invalid};
  Bytes& data = decoded.value().data;
  if (decoded.value().prefix != kIdentityPrefix || data.size() != kX25519Bytes) {
    wipe(data);
    return Error{ErrorCode::identity_invalid};
  }
  X25519Scalar scalar{std::span<const std::uint8_t, kX25519Bytes>(data.data(), kX25519Bytes)};
  wipe(data);
  return X25519Identity(std::move(scalar));
}

X25519Identity generate_x25519_identity(Entropy& entropy) {
  X25519Scalar scalar;
  entropy.fill(scalar.fill());
  return X25519Identity(std::move(scalar));
}

Result<Stanza> wrap_x25519(const FileKey& file_key, const X25519Recipient& recipient,
                           Entropy& entropy) {
  X25519Scalar ephemeral;
  entropy.fill(ephemeral.fill());
  Secret<kX25519Bytes> shared;
  if (!x25519(shared, ephemeral, recipient.point)) return Error{ErrorCode::recipient_invalid};
  const X25519Point share = x25519_public(ephemeral);
  const AeadKey key = wrap_key(shared, share, recipient.point);

  Stanza stanza;
  stanza.arguments = {std::string(kType), format_base64(share, Base64Padding::forbidden)};
  stanza.body.resize(kFileKeyBytes + kAeadTagBytes);
  aead_seal(stanza.body, file_key.view(), {}, kZeroNonce, key);
  return stanza;
}

}  // namespace landfall
