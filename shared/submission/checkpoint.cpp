#include "shared/submission/checkpoint.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "shared/codec/base64.h"
#include "shared/submission/signed_note.h"

namespace landfall {
namespace {

Error malformed_at(std::size_t offset) {
  return Error{ErrorCode::checkpoint_malformed, static_cast<std::uint32_t>(offset)};
}

// Hands out the lines of a text one by one, each of which must end in a line feed.
class Lines {
 public:
  explicit Lines(std::string_view text) : text_(text) {}

  [[nodiscard]] std::size_t offset() const { return offset_; }
  [[nodiscard]] bool at_end() const { return offset_ == text_.size(); }

  // False when there is no further line, or an empty one, which no line of a checkpoint may be.
  bool next(std::string_view& line) {
    const std::size_t end = text_.find('\n', offset_);
    if (end == std::string_view::npos || end == offset_) return false;
    line = text_.substr(offset_, end - offset_);
    offset_ = end + 1;
    return true;
  }

 private:
  std::string_view text_;
  std::size_t offset_ = 0;
};

bool read_size(std::string_view line, std::uint64_t& size) {
  if (line.size() > 1 && line.front() == '0') return false;
  const auto [end, status] = std::from_chars(line.data(), line.data() + line.size(), size);
  return status == std::errc() && end == line.data() + line.size();
}

bool read_root(std::string_view line, LogHash& root) {
  const Result<Bytes> bytes = parse_base64(line, Base64Padding::required);
  if (!bytes.ok() || bytes.value().size() != root.size()) return false;
  std::copy(bytes.value().begin(), bytes.value().end(), root.begin());
  return true;
}

}  // namespace

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  Lines lines(text);
  std::string_view line;
  if (!lines.next(line)) return malformed_at(0);
  checkpoint.origin = line;
  std::size_t start = lines.offset();
  if (!lines.next(line) || !read_size(line, checkpoint.size)) return malformed_at(start);
  start = lines.offset();
  if (!lines.next(line) || !read_root(line, checkpoint.root)) return malformed_at(start);
  while (!lines.at_end()) {
    if (!lines.next(line)) return malformed_at(lines.offset());
    checkpoint.extensions.emplace_back(line);
  }
  return checkpoint;
}

Result<Checkpoint> read_checkpoint_claims(std::string_view note) {
  // No line of a checkpoint is empty, so the first empty one ends it.
  const std::size_t end = note.find("\n\n");
  if (end == std::string_view::npos) return malformed_at(0);
  return parse_checkpoint(note.substr(0, end + 1));
}

std::string format_checkpoint(const Checkpoint& checkpoint) {
  std::string text = checkpoint.origin;
  text.append("\n").append(std::to_string(checkpoint.size)).append("\n");
  text.append(format_base64(checkpoint.root, Base64Padding::required)).append("\n");
  for (const std::string& extension : checkpoint.extensions) text.append(extension).append("\n");
  return text;
}

Result<std::string> sign_checkpoint(const Checkpoint& checkpoint, const SigningKey& key) {
  const std::string text = format_checkpoint(checkpoint);
  const Result<Checkpoint> readable = parse_checkpoint(text);
  if (!readable.ok() || readable.value() != checkpoint) return malformed_at(0);
  Result<std::string> note = sign_note(text, checkpoint.origin, key);
  if (!note.ok()) return malformed_at(0);
  return note;
}

Result<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin,
                                     std::span<const Ed25519PublicKey> keys) {
  std::vector<NoteKey> note_keys;
  for (const Ed25519PublicKey& key : keys) note_keys.push_back({std::string(origin), key});
  const Result<VerifiedNote> verified = verify_note(note, note_keys);
  if (!verified.ok()) {
    const bool malformed = verified.error().code == ErrorCode::note_malformed;
    return malformed ? malformed_at(0) : Error{ErrorCode::checkpoint_signature_wrong};
  }
  Result<Checkpoint> checkpoint = parse_checkpoint(verified.value().text);
  if (checkpoint.ok() && checkpoint.value().origin != origin) return malformed_at(0);
  return checkpoint;
}

}  // namespace landfall
