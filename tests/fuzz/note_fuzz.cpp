// Signed notes and the checkpoints in them: the input is a text, signed here, and further signature
// lines behind ours.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/signed_note.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::string_view kName = "log.example";

const SigningKey& signing_key() {
  static const SigningKey kKey{Secret<32>()};
  return kKey;
}

const std::vector<NoteKey>& note_keys() {
  static const std::vector<NoteKey> kKeys = {{std::string(kName), signing_key().public_key()}};
  return kKeys;
}

void check_checkpoint(std::string_view text, std::string_view note) {
  const Result<Checkpoint> checkpoint = parse_checkpoint(text);
  require(checkpoint.ok() || checkpoint.error().offset <= text.size(),
          "an offset lies in its input");
  const Ed25519PublicKey key = signing_key().public_key();
  const Result<Checkpoint> verified = verify_checkpoint(note, kName, {&key, 1});
  if (!checkpoint.ok()) {
    require(!verified.ok(), "what is signed is still looked at");
    return;
  }
  require(format_checkpoint(checkpoint.value()) == text, "a checkpoint has one form");
  require(verified.ok() == (checkpoint.value().origin == kName), "it is of the log it names");
}

// Lines of other signers take nothing away and prove nothing.
void check_more_lines(const std::string& note, std::string_view text, std::string_view lines) {
  const std::string longer = note + std::string(lines);
  const Result<VerifiedNote> verified = verify_note(longer, note_keys());
  if (!verified.ok()) return;
  // Behind an empty line in what was added, a longer text would have to be signed.
  require(verified.value().text == text, "a text stays");
  require(verified.value().verified == note_keys(), "one key signed, counted once");
}

void check_change(std::string note, std::size_t place) {
  place %= note.size();
  note[place] = static_cast<char>(note[place] ^ 1);
  const Result<VerifiedNote> verified = verify_note(note, note_keys());
  require(!verified.ok(), "a change is noticed");
}

}  // namespace

// One byte for the place of a change, then the text; behind a zero byte, lines to add.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input = text_of({data + 1, size - 1});
  require(!verify_note(input, note_keys()).ok(), "no note is signed by chance");
  const Result<NoteKey> key = parse_note_key(input);
  if (key.ok()) require(format_note_key(key.value()) == input, "a note key has one form");
  const std::string_view text = input.substr(0, input.find('\0'));
  const Result<std::string> note = sign_note(text, kName, signing_key());
  if (!note.ok()) return 0;
  const Result<VerifiedNote> verified = verify_note(note.value(), note_keys());
  require(verified.ok() && verified.value().text == text, "what was signed verifies");
  check_checkpoint(text, note.value());
  check_change(note.value(), data[0] * std::size_t{3});
  if (text.size() < input.size()) {
    check_more_lines(note.value(), text, input.substr(text.size() + 1));
  }
  return 0;
}
