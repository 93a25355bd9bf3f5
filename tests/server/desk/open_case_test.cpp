// The desk opens what was signed, and nothing else.

#include "server/desk/open_case.h"

#include <doctest/doctest.h>

#include <vector>

#include "tests/server/desk/received_sample.h"

namespace landfall {
namespace {

Result<OpenedCase> opened_by(const ReceivedSample& sample, std::uint8_t identity = 7) {
  std::vector<X25519Identity> identities;
  identities.push_back(office_identity(identity));
  return open_case(sample.received, sample.store, identities);
}

ErrorCode code_of(const Result<OpenedCase>& opened) {
  return opened.ok() ? ErrorCode::internal : opened.error().code;
}

Result<Bytes> photo_of(const ReceivedSample& sample) {
  std::vector<X25519Identity> identities;
  identities.push_back(office_identity());
  const Result<OpenedCase> opened = opened_by(sample);
  REQUIRE(opened.ok());
  return open_case_attachment(opened.value(), opened.value().answers.attachments.front(),
                              sample.store, identities);
}

TEST_CASE("a case is opened with the case office's identity, its photo without padding") {
  const ReceivedSample sample = received_sample();

  const Result<OpenedCase> opened = opened_by(sample);
  const Result<Bytes> photo = photo_of(sample);

  REQUIRE(opened.ok());
  CHECK(find_member(opened.value().answers.answers, "person") != nullptr);
  CHECK(opened.value().manifest.manifest.parts.size() == 2);
  REQUIRE(photo.ok());
  CHECK(photo.value() == sample_photo());
}

TEST_CASE("the right one of several identities is found") {
  const ReceivedSample sample = received_sample();
  std::vector<X25519Identity> identities;
  identities.push_back(office_identity(8));
  identities.push_back(office_identity(7));

  CHECK(open_case(sample.received, sample.store, identities).ok());
}

TEST_CASE("another office's identity opens nothing") {
  CHECK(code_of(opened_by(received_sample(), 8)) == ErrorCode::envelope_unreadable);
}

TEST_CASE("sealed answers signed by somebody else are not theirs") {
  CHECK(code_of(opened_by(received_sample(2))) == ErrorCode::sealed_answers_not_bound);
}

TEST_CASE("a part that was exchanged in the store is refused, though sealed to the same office") {
  ReceivedSample sample = received_sample();

  sample.store.parts[sample.answers_part] = sealed_to_office(bytes_of("{}"), 9);

  CHECK(code_of(opened_by(sample)) == ErrorCode::part_digest_mismatch);
}

TEST_CASE("a part that grew or shrank in the store is refused") {
  ReceivedSample longer = received_sample();
  ReceivedSample shorter = received_sample();

  longer.store.parts[longer.answers_part].push_back(0);
  shorter.store.parts[shorter.answers_part].pop_back();

  CHECK(code_of(opened_by(longer)) == ErrorCode::part_digest_mismatch);
  CHECK(code_of(opened_by(shorter)) == ErrorCode::part_digest_mismatch);
}

TEST_CASE("a part that is not in the store is told") {
  ReceivedSample sample = received_sample();

  sample.store.parts.erase(sample.photo_part);
  const Result<Bytes> photo = photo_of(sample);

  REQUIRE_FALSE(photo.ok());
  CHECK(photo.error().code == ErrorCode::not_found);
}

TEST_CASE("a manifest changed in the database is not opened") {
  ReceivedSample sample = received_sample();

  char& last = sample.received.manifest[sample.received.manifest.size() - 10];
  last = last == 'A' ? 'B' : 'A';

  CHECK(code_of(opened_by(sample)) == ErrorCode::manifest_signature_wrong);
}

TEST_CASE("an attachment that is not the file the answers name is refused") {
  const ReceivedSample sample = received_sample();
  std::vector<X25519Identity> identities;
  identities.push_back(office_identity());
  const Result<OpenedCase> opened = opened_by(sample);
  REQUIRE(opened.ok());
  AttachmentEntry entry = opened.value().answers.attachments.front();

  entry.sha256 = std::string(64, '0');
  const Result<Bytes> other = open_case_attachment(opened.value(), entry, sample.store, identities);
  entry.sealed_sha256 = std::string(64, '0');
  const Result<Bytes> none = open_case_attachment(opened.value(), entry, sample.store, identities);

  REQUIRE_FALSE(other.ok());
  CHECK(other.error().code == ErrorCode::attachment_differs);
  REQUIRE_FALSE(none.ok());
  CHECK(none.error().code == ErrorCode::attachment_not_bound);
}

}  // namespace
}  // namespace landfall
