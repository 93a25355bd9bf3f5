#include "shared/submission/sealed_answers.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

VerifiedManifest verified_manifest() {
  return verify_manifest(sign_manifest(sample_manifest(), sample_key(1)).value(), kAudience)
      .value();
}

ErrorCode check_code(const SealedAnswers& answers) {
  const Result<Done> checked = check_sealed_answers(answers, verified_manifest());
  return checked.ok() ? ErrorCode::internal : checked.error().code;
}

bool is_refused(std::string_view plaintext) {
  const Result<SealedAnswers> answers = parse_sealed_answers(bytes_of(plaintext));
  return !answers.ok() && answers.error() == Error{ErrorCode::sealed_answers_malformed};
}

TEST_CASE("sealed answers come back as they were, findings and attachments with them") {
  SealedAnswers answers = sample_answers();
  answers.verdict = SubmissionVerdict::with_warnings;
  answers.findings = {{"person/name_zh", "A-01", {{"max", "20"}, {"min", "1"}}, Severity::warning}};

  const Result<BuiltAnswers> built = build_sealed_answers(answers);
  REQUIRE(built.ok());
  const Result<SealedAnswers> back = parse_sealed_answers(bytes_of(built.value().plaintext));

  REQUIRE(back.ok());
  CHECK(back.value().submission_id == answers.submission_id);
  CHECK(back.value().kid == answers.kid);
  CHECK(back.value().form == answers.form);
  CHECK(back.value().answers == answers.answers);
  CHECK(back.value().verdict == answers.verdict);
  CHECK(back.value().findings == answers.findings);
  CHECK(back.value().attachments == answers.attachments);
  CHECK(build_sealed_answers(back.value()).value().plaintext == built.value().plaintext);
}

TEST_CASE("the padded length says little of the answers' length") {
  std::size_t previous = 0;
  int lengths = 0;
  for (int i = 0; i < 1000; ++i) {
    SealedAnswers answers = sample_answers();
    answers.answers = {{"name", std::string(static_cast<std::size_t>(1000 + i), 'n')}};
    const std::size_t size = build_sealed_answers(answers).value().plaintext.size();
    if (size != previous) ++lengths;
    previous = size;
  }

  CHECK(lengths < 20);
}

TEST_CASE("padding is spaces to the agreed length and canonical JSON before them") {
  const std::string good = build_sealed_answers(sample_answers()).value().plaintext;
  std::string newline = good;
  newline.back() = '\n';
  const std::size_t text_size = good.find_last_not_of(' ') + 1;

  CHECK_FALSE(is_refused(good));
  CHECK(good.size() > text_size);
  CHECK(is_refused(good + " "));
  CHECK(is_refused(good.substr(0, text_size)));
  CHECK(is_refused(newline));
  CHECK(is_refused(" " + good.substr(0, good.size() - 1)));
  CHECK(is_refused(""));
  CHECK(is_refused(std::string(64, ' ')));
}

TEST_CASE("the commitment is SHA-256 of the salt and the canonical answers") {
  const SealedAnswers answers = sample_answers();
  Bytes bytes;
  for (std::uint8_t i = 0; i < 32; ++i) bytes.push_back(i);
  append(bytes, bytes_of("{\"person\":{\"children\":2,\"name_zh\":\"\u5f35\u4e09\"}}"));

  CHECK(build_sealed_answers(answers).value().commitment == format_hex(sha256(bytes)));
  CHECK(answers_commitment("AAEC", answers.answers).error().code ==
        ErrorCode::sealed_answers_malformed);
}

TEST_CASE("answers are bound to one submission, key, form, day, zone and verdict") {
  SealedAnswers id = sample_answers();
  id.submission_id.back() = '0';
  SealedAnswers kid = sample_answers();
  kid.kid = sample_key(2).kid();
  SealedAnswers form = sample_answers();
  form.form.digest = digest_of('0');
  SealedAnswers day = sample_answers();
  day.as_of = "2026-11-22";
  SealedAnswers zone = sample_answers();
  zone.time_zone = "Asia/Tokyo";
  SealedAnswers verdict = sample_answers();
  verdict.verdict = SubmissionVerdict::with_warnings;

  CHECK(check_code(sample_answers()) == ErrorCode::internal);
  CHECK(check_code(id) == ErrorCode::sealed_answers_not_bound);
  CHECK(check_code(kid) == ErrorCode::sealed_answers_not_bound);
  CHECK(check_code(form) == ErrorCode::sealed_answers_not_bound);
  CHECK(check_code(day) == ErrorCode::sealed_answers_not_bound);
  CHECK(check_code(zone) == ErrorCode::sealed_answers_not_bound);
  CHECK(check_code(verdict) == ErrorCode::sealed_answers_not_bound);
}

TEST_CASE("other answers or another salt break the commitment") {
  SealedAnswers other = sample_answers();
  other.answers["person"]["children"] = 3;
  SealedAnswers salt = sample_answers();
  salt.salt = "AQECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  CHECK(check_code(other) == ErrorCode::answers_commitment_differs);
  CHECK(check_code(salt) == ErrorCode::answers_commitment_differs);
}

TEST_CASE("the attachments are exactly the manifest's other parts") {
  SealedAnswers none = sample_answers();
  none.attachments.clear();
  SealedAnswers other = sample_answers();
  other.attachments[0].sealed_sha256 = digest_of('9');
  SealedAnswers twice = sample_answers();
  twice.attachments.push_back(twice.attachments[0]);

  CHECK(check_code(none) == ErrorCode::attachment_not_bound);
  CHECK(check_code(other) == ErrorCode::attachment_not_bound);
  CHECK(check_code(twice) == ErrorCode::attachment_not_bound);
}

TEST_CASE("an attachment comes back without its padding, and only as itself") {
  const Bytes file(1000, 'x');
  AttachmentEntry entry{"photo",       "p.jpg", "image/jpeg", 1000, format_hex(sha256(file)),
                        digest_of('b')};
  Bytes padded = file;
  padded.resize(static_cast<std::size_t>(padded_attachment_size(1000)));
  Bytes longer = padded;
  longer.push_back(0);
  Bytes dirty = file;
  dirty.resize(padded.size(), 1);
  Bytes changed = padded;
  changed.front() = 'y';

  REQUIRE(open_attachment(entry, padded).ok());
  CHECK(open_attachment(entry, padded).value().size() == 1000);
  CHECK(padded.size() > 1000);
  CHECK(open_attachment(entry, longer).error().code == ErrorCode::attachment_differs);
  CHECK(open_attachment(entry, dirty).error().code == ErrorCode::attachment_differs);
  CHECK(open_attachment(entry, changed).error().code == ErrorCode::attachment_differs);
  CHECK(open_attachment(entry, file).error().code == ErrorCode::attachment_differs);
}

}  // namespace
}  // namespace landfall
