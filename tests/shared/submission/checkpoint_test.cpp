#include "shared/submission/checkpoint.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/submission/signed_note.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::string_view kRoot = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

std::string text_with(std::string_view size, std::string_view rest = "") {
  return "example.com/log\n" + std::string(size) + "\n" + std::string(kRoot) + "\n" +
         std::string(rest);
}

Checkpoint sample_checkpoint() {
  Checkpoint checkpoint;
  checkpoint.origin = kAudience;
  checkpoint.size = 3;
  return checkpoint;
}

TEST_CASE("a checkpoint is read and written as it stands") {
  const std::string text = text_with("20852163", "more\nlines\n");

  const Result<Checkpoint> checkpoint = parse_checkpoint(text);

  REQUIRE(checkpoint.ok());
  CHECK(checkpoint.value().origin == "example.com/log");
  CHECK(checkpoint.value().size == 20852163);
  CHECK(checkpoint.value().extensions == std::vector<std::string>{"more", "lines"});
  CHECK(format_checkpoint(checkpoint.value()) == text);
}

TEST_CASE("a size is a number without sign or leading zero that fits in 64 bits") {
  CHECK(parse_checkpoint(text_with("0")).ok());
  CHECK(parse_checkpoint(text_with("18446744073709551615")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("18446744073709551616")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("00")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("01")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("+1")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("-1")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("1 ")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("")).ok());
}

TEST_CASE("every line ends, none is empty, and the root has 32 bytes") {
  const std::string good = text_with("1");
  CHECK(parse_checkpoint(good).ok());
  CHECK_FALSE(parse_checkpoint("").ok());
  CHECK_FALSE(parse_checkpoint(good.substr(0, good.size() - 1)).ok());
  CHECK_FALSE(parse_checkpoint("\n" + good).ok());
  CHECK_FALSE(parse_checkpoint(text_with("1", "\n")).ok());
  CHECK_FALSE(parse_checkpoint(text_with("1", "last")).ok());
  CHECK_FALSE(parse_checkpoint("o\n1\nYmFuYW5hcw==\n").ok());
  CHECK(parse_checkpoint("o\n1\n*\n").error() == Error{ErrorCode::checkpoint_malformed, 4});
}

TEST_CASE("a signed checkpoint is believed from its log's key under its log's name") {
  const std::string note = sign_checkpoint(sample_checkpoint(), receipt_key()).value();
  const std::vector<Ed25519PublicKey> keys = {sample_key(1).public_key(),
                                              receipt_key().public_key()};
  const std::vector<Ed25519PublicKey> others = {sample_key(1).public_key()};

  CHECK(verify_checkpoint(note, kAudience, keys).value() == sample_checkpoint());
  CHECK(verify_checkpoint(note, kAudience, others).error().code ==
        ErrorCode::checkpoint_signature_wrong);
  CHECK(verify_checkpoint(note, "other/log", keys).error().code ==
        ErrorCode::checkpoint_signature_wrong);
  CHECK(verify_checkpoint("", kAudience, keys).error().code == ErrorCode::checkpoint_malformed);
}

TEST_CASE("a log cannot sign for another origin") {
  Checkpoint other = sample_checkpoint();
  other.origin = "other/log";
  const std::string note = sign_note(format_checkpoint(other), kAudience, receipt_key()).value();
  const std::vector<Ed25519PublicKey> keys = {receipt_key().public_key()};

  CHECK(verify_checkpoint(note, kAudience, keys).error().code == ErrorCode::checkpoint_malformed);
}

TEST_CASE("a witness's signature beside the log's changes nothing") {
  const Checkpoint checkpoint = sample_checkpoint();
  const std::string text = format_checkpoint(checkpoint);
  const std::string note =
      sign_checkpoint(checkpoint, receipt_key()).value() +
      sign_note(text, "witness.example", sample_key(5)).value().substr(text.size() + 1);
  const std::vector<Ed25519PublicKey> keys = {receipt_key().public_key()};

  CHECK(verify_checkpoint(note, kAudience, keys).ok());
}

TEST_CASE("an origin that cannot be a key's name is not signed") {
  Checkpoint spaced = sample_checkpoint();
  spaced.origin = "two words";
  Checkpoint broken = sample_checkpoint();
  broken.origin = "two\nlines";

  CHECK_FALSE(sign_checkpoint(spaced, receipt_key()).ok());
  CHECK_FALSE(sign_checkpoint(broken, receipt_key()).ok());
}

}  // namespace
}  // namespace landfall
