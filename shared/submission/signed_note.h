// Signed notes (C2SP signed-note): a text and its Ed25519 signatures, by name and key id.

#ifndef LANDFALL_SHARED_SUBMISSION_SIGNED_NOTE_H_
#define LANDFALL_SHARED_SUBMISSION_SIGNED_NOTE_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

inline constexpr std::size_t kMaxNoteBytes = std::size_t{64} << 10;
inline constexpr std::size_t kMaxNoteSignatures = 100;

// A key that signs notes under a name.
struct NoteKey {
  std::string name;
  Ed25519PublicKey key{};

  bool operator==(const NoteKey&) const = default;
};

// The key's id: first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ key), big-endian.
[[nodiscard]] std::uint32_t note_key_id(const NoteKey& key);

// Reads "name+hash+base64(0x01 ‖ key)".
//
// Errors:
//   note_key_invalid   another shape or algorithm, or an id that is not the key's
[[nodiscard]] Result<NoteKey> parse_note_key(std::string_view text);

[[nodiscard]] std::string format_note_key(const NoteKey& key);

// Signs `text`, which must end in a line feed, as `name`.
//
// Errors:
//   note_malformed   the text or name is not one a note may have
[[nodiscard]] Result<std::string> sign_note(std::string_view text, std::string_view name,
                                            const SigningKey& key);

// `text` includes its final line feed. `verified` are the known keys whose signature held, each
// once; `unknown` the names of the other signatures, which prove nothing.
struct VerifiedNote {
  std::string text;
  std::vector<NoteKey> verified;
  std::vector<std::string> unknown;
};

// Verifies a note with `keys`: at least one must have signed, and none of them wrongly.
//
// Errors:
//   note_malformed         not a note; longer than kMaxNoteBytes; more than kMaxNoteSignatures
//   note_signature_wrong   a known key's signature does not hold
//   note_unsigned          no signature by a known key
// Source: C2SP signed-note.md. Vectors: merkle-tlog/notes.json.
[[nodiscard]] Result<VerifiedNote> verify_note(std::string_view note,
                                               std::span<const NoteKey> keys);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_SIGNED_NOTE_H_
