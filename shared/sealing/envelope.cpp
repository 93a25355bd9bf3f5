#include "shared/sealing/envelope.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace landfall {
namespace {

// Enough for the header of any file we open, and less than kMaxHeaderBytes needs.
constexpr std::size_t kMaxRecipients = 1024;

// What is pushed at once when a whole file is at hand: large enough to cost nothing, small enough
// that the second copy of it stays in the cache.
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

constexpr std::size_t kHeaderFixedBytes = 22 + 48;
constexpr std::size_t kStanzaBytes = 98;

// Decides after one byte, so that nothing has to wait for more: binary files begin with "a", and
// armor with a dash or with white space.
bool begins_armor(std::uint8_t first_byte) { return first_byte == '-' || first_byte <= ' '; }

FileKey generate_file_key(Entropy& entropy) {
  FileKey key;
  entropy.fill(key.fill());
  return key;
}

}  // namespace

Sealer::Sealer(std::string head, AeadKey key, EnvelopeFormat format)
    : head_(std::move(head)), stream_(std::move(key)) {
  if (format == EnvelopeFormat::armored) armor_.emplace();
}

Sealer Sealer::start(const std::vector<Stanza>& stanzas, const FileKey& file_key,
                     EnvelopeFormat format, Entropy& entropy) {
  PayloadNonce nonce{};
  entropy.fill(nonce);
  std::string head = write_header(stanzas, file_key);
  head.append(text_of(nonce));
  return Sealer(std::move(head), payload_key(file_key, nonce), format);
}

Result<Sealer> Sealer::to_recipients(std::span<const X25519Recipient> recipients,
                                     EnvelopeFormat format, Entropy& entropy) {
  if (recipients.empty()) return Error{ErrorCode::recipient_invalid};
  if (recipients.size() > kMaxRecipients) return Error{ErrorCode::too_large};
  const FileKey file_key = generate_file_key(entropy);
  std::vector<Stanza> stanzas;
  for (const X25519Recipient& recipient : recipients) {
    Result<Stanza> stanza = wrap_x25519(file_key, recipient, entropy);
    if (!stanza.ok()) return stanza.error();
    stanzas.push_back(std::move(stanza).value());
  }
  return start(stanzas, file_key, format, entropy);
}

Result<Sealer> Sealer::with_passphrase(const Passphrase& passphrase, unsigned work_factor,
                                       EnvelopeFormat format, Entropy& entropy) {
  const FileKey file_key = generate_file_key(entropy);
  Result<Stanza> stanza = wrap_scrypt(file_key, passphrase, work_factor, entropy);
  if (!stanza.ok()) return stanza.error();
  return start({std::move(stanza).value()}, file_key, format, entropy);
}

ByteView Sealer::push(ByteView plaintext) {
  begin(plaintext.size());
  stream_.push(plaintext, out_);
  return emit(false);
}

ByteView Sealer::finish() {
  begin(0);
  stream_.finish(out_);
  return emit(true);
}

void Sealer::begin(std::size_t plaintext_bytes) {
  out_.start(head_.size() + StreamSealer::bound(plaintext_bytes));
  if (head_.empty()) return;
  std::memcpy(out_.extend(head_.size()).data(), head_.data(), head_.size());
  head_.clear();
}

ByteView Sealer::emit(bool last) {
  if (!armor_.has_value()) return out_.written();
  armored_.clear();
  armor_->push(out_.written(), armored_);
  if (last) armor_->finish(armored_);
  return bytes_of(armored_);
}

Opener::Opener(Identities identities, ArmorPolicy armor)
    : identities_(std::move(identities)), format_known_(armor != ArmorPolicy::detect) {
  if (armor == ArmorPolicy::required) armor_.emplace();
}

Result<ByteView> Opener::push(ByteView sealed) {
  if (fault_ != EnvelopeFault::none) return error();
  out_.start(StreamOpener::bound(sealed.size()));
  if (!format_known_ && !sealed.empty()) {
    format_known_ = true;
    if (begins_armor(sealed.front())) armor_.emplace();
  }
  if (armor_.has_value()) {
    take_armored(sealed);
  } else {
    take_binary(sealed);
  }
  // A chunk that was genuine is handed out even if the next one was not; the fault waits.
  if (fault_ != EnvelopeFault::none && out_.written().empty()) return error();
  return out_.written();
}

Result<ByteView> Opener::finish() {
  if (fault_ != EnvelopeFault::none) return error();
  // Room for two chunks: the last line of armor may complete one and begin the next.
  out_.start(StreamOpener::bound(kSealedChunkBytes));
  if (armor_.has_value()) {
    unarmored_.clear();
    const bool whole = armor_->finish(unarmored_);
    take_binary(unarmored_);
    if (!whole) fail(EnvelopeFault::armor);
  }
  if (!stream_.has_value()) {
    fail(EnvelopeFault::header);
  } else if (!stream_->finish(out_)) {
    fail(EnvelopeFault::payload);
  }
  if (fault_ != EnvelopeFault::none) return error();
  return out_.written();
}

void Opener::take_armored(ByteView text) {
  unarmored_.clear();
  const bool good = armor_->push(text, unarmored_);
  take_binary(unarmored_);
  if (!good) fail(EnvelopeFault::armor);
}

void Opener::take_binary(ByteView bytes) {
  if (fault_ != EnvelopeFault::none) return;
  if (!file_key_.has_value()) {
    const HeaderReader::State state = header_.take(bytes);
    if (state == HeaderReader::State::reading) return;
    if (state == HeaderReader::State::malformed) return fail(EnvelopeFault::header);
    unlock();
    if (fault_ != EnvelopeFault::none) return;
  }
  if (!stream_.has_value()) {
    const std::size_t size = std::min(nonce_.size() - nonce_size_, bytes.size());
    std::copy_n(bytes.begin(), size, nonce_.begin() + static_cast<std::ptrdiff_t>(nonce_size_));
    nonce_size_ += size;
    bytes = bytes.subspan(size);
    if (nonce_size_ < nonce_.size()) return;
    stream_.emplace(payload_key(*file_key_, nonce_));
  }
  if (!stream_->push(bytes, out_)) fail(EnvelopeFault::payload);
}

void Opener::unlock() {
  FileKey file_key;
  const EnvelopeFault fault = find_file_key(file_key);
  if (fault != EnvelopeFault::none) return fail(fault);
  const Header& header = header_.header();
  if (!equal_in_constant_time(header_mac(header.text, file_key), header.mac)) {
    return fail(EnvelopeFault::mac);
  }
  file_key_.emplace(std::move(file_key));
}

EnvelopeFault Opener::find_file_key(FileKey& file_key) const {
  const std::vector<Stanza>& stanzas = header_.header().stanzas;
  // Whoever opens with a passphrase takes the file to come from somebody who knows it; a second way
  // in would break that.
  if (stanzas.size() > 1 && std::any_of(stanzas.begin(), stanzas.end(), is_scrypt)) {
    return EnvelopeFault::header;
  }
  Unwrap outcome = Unwrap::not_mine;
  for (const X25519Identity& identity : identities_.x25519) {
    for (const Stanza& stanza : stanzas) {
      if (outcome == Unwrap::not_mine) outcome = identity.unwrap(stanza, file_key);
    }
  }
  for (const Passphrase& passphrase : identities_.passphrases) {
    if (outcome == Unwrap::not_mine) outcome = unwrap_scrypt(stanzas.front(), passphrase, file_key);
  }
  switch (outcome) {
    case Unwrap::opened:
      return EnvelopeFault::none;
    case Unwrap::malformed:
      return EnvelopeFault::header;
    case Unwrap::out_of_memory:
      return EnvelopeFault::out_of_memory;
    case Unwrap::not_mine:
      break;
  }
  return EnvelopeFault::no_match;
}

void Opener::fail(EnvelopeFault fault) {
  if (fault_ == EnvelopeFault::none) fault_ = fault;
}

Error Opener::error() const {
  return Error{fault_ == EnvelopeFault::out_of_memory ? ErrorCode::out_of_memory
                                                      : ErrorCode::envelope_unreadable};
}

Result<Bytes> seal(ByteView plaintext, std::span<const X25519Recipient> recipients,
                   Entropy& entropy) {
  Result<Sealer> sealer = Sealer::to_recipients(recipients, EnvelopeFormat::binary, entropy);
  if (!sealer.ok()) return sealer.error();
  Bytes file;
  file.reserve(static_cast<std::size_t>(sealed_size(plaintext.size(), recipients.size())));
  while (!plaintext.empty()) {
    const std::size_t size = std::min(kPieceBytes, plaintext.size());
    append(file, sealer.value().push(plaintext.first(size)));
    plaintext = plaintext.subspan(size);
  }
  append(file, sealer.value().finish());
  return file;
}

Result<Bytes> open(ByteView sealed, Identities identities, std::size_t max_bytes) {
  Opener opener(std::move(identities));
  Bytes plaintext;
  // Never more than this, so that a growing buffer leaves no copies behind.
  plaintext.reserve(std::min(max_bytes, sealed.size()));
  bool last = false;
  while (!last) {
    last = sealed.empty();
    const std::size_t size = std::min(kPieceBytes, sealed.size());
    const Result<ByteView> piece = last ? opener.finish() : opener.push(sealed.first(size));
    const bool fits = piece.ok() && piece.value().size() <= max_bytes - plaintext.size();
    if (!fits) {
      wipe(plaintext);
      return piece.ok() ? Error{ErrorCode::too_large} : piece.error();
    }
    append(plaintext, piece.value());
    sealed = sealed.subspan(size);
  }
  return plaintext;
}

std::uint64_t sealed_size(std::uint64_t plaintext_bytes, std::size_t recipients) {
  const std::uint64_t chunks =
      plaintext_bytes == 0 ? 1 : (plaintext_bytes + kChunkBytes - 1) / kChunkBytes;
  return kHeaderFixedBytes + kStanzaBytes * recipients + kPayloadNonceBytes + plaintext_bytes +
         chunks * kAeadTagBytes;
}

}  // namespace landfall
