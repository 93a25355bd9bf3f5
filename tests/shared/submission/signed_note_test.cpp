#include "shared/submission/signed_note.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

// The example of the specification.
constexpr std::string_view kNote =
    "This is an example message.\n\n\u2014 example.com/foo "
    "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM="
    "\n";
constexpr std::string_view kKey =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

NoteKey sample_note_key(std::string_view name, std::uint8_t number) {
  return {std::string(name), sample_key(number).public_key()};
}

ErrorCode refusal_of(std::string_view note, const std::vector<NoteKey>& keys) {
  const Result<VerifiedNote> verified = verify_note(note, keys);
  return verified.ok() ? ErrorCode::internal : verified.error().code;
}

TEST_CASE("a key is read and written as the specification prints it") {
  const Result<NoteKey> key = parse_note_key(kKey);

  REQUIRE(key.ok());
  CHECK(key.value().name == "example.com/foo");
  CHECK(note_key_id(key.value()) == 0x530d903a);
  CHECK(format_note_key(key.value()) == kKey);
  CHECK(parse_note_key("example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
            .error() == Error{ErrorCode::note_key_invalid});
  CHECK_FALSE(parse_note_key("").ok());
  CHECK_FALSE(parse_note_key("+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k").ok());
}

TEST_CASE("a note is verified with a known key, and others' signatures are passed over") {
  const std::string text = "line\n\nafter an empty line\n";
  const std::string first = sign_note(text, "a.example", sample_key(1)).value();
  const std::string second = sign_note(text, "b.example", sample_key(2)).value();
  const std::string both = first + second.substr(text.size() + 1);
  const std::vector<NoteKey> keys = {sample_note_key("b.example", 2)};

  const Result<VerifiedNote> note = verify_note(both, keys);

  REQUIRE(note.ok());
  CHECK(note.value().text == text);
  CHECK(note.value().verified == keys);
  CHECK(note.value().unknown == std::vector<std::string>{"a.example"});
}

TEST_CASE("a known key's wrong signature condemns the note even beside a right one") {
  const std::string text = "text\n";
  const std::string right = sign_note(text, "a.example", sample_key(1)).value();
  const std::string wrong = sign_note("other\n", "b.example", sample_key(2)).value();
  const std::string both = right + wrong.substr(7);

  CHECK(refusal_of(both, {sample_note_key("a.example", 1)}) == ErrorCode::internal);
  CHECK(refusal_of(both, {sample_note_key("a.example", 1), sample_note_key("b.example", 2)}) ==
        ErrorCode::note_signature_wrong);
}

TEST_CASE("a key counts under its own name only") {
  const std::string note = sign_note("text\n", "a.example", sample_key(1)).value();

  CHECK(refusal_of(note, {sample_note_key("b.example", 1)}) == ErrorCode::note_unsigned);
  CHECK(refusal_of(note, {sample_note_key("a.example", 2)}) == ErrorCode::note_unsigned);
  CHECK(refusal_of(note, {}) == ErrorCode::note_unsigned);
}

TEST_CASE("what is no note is refused") {
  const std::string good = sign_note("text\n", "a", sample_key(1)).value();
  const std::vector<NoteKey> keys = {sample_note_key("a", 1)};

  CHECK(refusal_of(good, keys) == ErrorCode::internal);
  CHECK(refusal_of("", keys) == ErrorCode::note_malformed);
  CHECK(refusal_of("text\n", keys) == ErrorCode::note_malformed);
  CHECK(refusal_of("text\n\n", keys) == ErrorCode::note_malformed);
  CHECK(refusal_of(good.substr(0, good.size() - 1), keys) == ErrorCode::note_malformed);
  CHECK(refusal_of(good + "\n", keys) == ErrorCode::note_malformed);
  CHECK(refusal_of(good + "more\n", keys) == ErrorCode::note_malformed);
  CHECK(refusal_of("te\txt" + good.substr(4), keys) == ErrorCode::note_malformed);
  CHECK(refusal_of("te\xffxt" + good.substr(4), keys) == ErrorCode::note_malformed);
}

TEST_CASE("a name with a space of any script, or a plus sign, signs nothing") {
  CHECK_FALSE(sign_note("text\n", "", sample_key(1)).ok());
  CHECK_FALSE(sign_note("text\n", "a b", sample_key(1)).ok());
  CHECK_FALSE(sign_note("text\n", "a\u3000b", sample_key(1)).ok());
  CHECK_FALSE(sign_note("text\n", "a+b", sample_key(1)).ok());
  CHECK_FALSE(sign_note("no line feed", "a", sample_key(1)).ok());
  CHECK(sign_note("text\n", "\u5165\u5883", sample_key(1)).ok());
}

TEST_CASE("sixteen signatures are taken and a flood of them is not") {
  const std::string text = "text\n";
  std::string note = sign_note(text, "a", sample_key(1)).value();
  const std::string line = sign_note(text, "b", sample_key(2)).value().substr(text.size() + 1);
  for (int i = 0; i < 20; ++i) note += line;
  std::string flood = note;
  for (int i = 0; i < 100; ++i) flood += line;
  const std::vector<NoteKey> keys = {sample_note_key("a", 1)};

  CHECK(refusal_of(note, keys) == ErrorCode::internal);
  CHECK(refusal_of(flood, keys) == ErrorCode::note_malformed);
}

TEST_CASE("the specification's example with another text is refused") {
  const std::vector<NoteKey> keys = {parse_note_key(kKey).value()};
  std::string changed(kNote);
  changed[0] = 't';

  CHECK(refusal_of(kNote, keys) == ErrorCode::internal);
  CHECK(refusal_of(changed, keys) == ErrorCode::note_signature_wrong);
}

}  // namespace
}  // namespace landfall
