#include "shared/submission/manifest.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "shared/sealing/signed_document.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

ErrorCode refusal_of(const Json& payload) {
  const Result<Manifest> manifest = parse_manifest(payload);
  return manifest.ok() ? ErrorCode::internal : manifest.error().code;
}

// The sample's payload with one member replaced.
Json with(std::string_view name, Json value) {
  Json payload = manifest_json(sample_manifest());
  payload[std::string(name)] = std::move(value);
  return payload;
}

TEST_CASE("a signed manifest comes back as it was, with its key's name and its digest") {
  const std::string text = sign_manifest(sample_manifest(), sample_key(1)).value();

  const Result<VerifiedManifest> verified = verify_manifest(text, kAudience);

  REQUIRE(verified.ok());
  CHECK(verified.value().manifest == sample_manifest());
  CHECK(verified.value().kid == sample_key(1).kid());
  CHECK(verified.value().digest == document_digest(text));
  CHECK(sign_manifest(sample_manifest(), sample_key(1)).value() == text);
}

TEST_CASE("what is optional may be absent and what is null stays null") {
  Manifest manifest = sample_manifest();
  manifest.clock_offset_ms.reset();
  manifest.supersedes = digest_of('e');
  manifest.fee_code.clear();
  manifest.verdict = SubmissionVerdict::with_warnings;

  const Result<Manifest> back = parse_manifest(manifest_json(manifest));

  REQUIRE(back.ok());
  CHECK(back.value() == manifest);
}

TEST_CASE("every member must be there, and no other") {
  const Json payload = manifest_json(sample_manifest());
  std::size_t refused = 0;

  for (const auto& [name, value] : payload.items()) {
    Json shorter = payload;
    shorter.erase(name);
    if (refusal_of(shorter) == ErrorCode::manifest_malformed) ++refused;
  }

  CHECK(payload.size() == 14);
  CHECK(refused == payload.size());
  CHECK(refusal_of(with("note", "more")) == ErrorCode::manifest_malformed);
}

TEST_CASE("every member must have its shape") {
  const std::vector<std::pair<std::string, Json>> wrong = {
      {"aud", "two words"},
      {"submission_id", "019ab3c4-5d6e-4f80-9a1b-2c3d4e5f6071"},
      {"form", {{"id", "x"}, {"version", "1"}}},
      {"engine", ""},
      {"as_of", "2026-02-30"},
      {"time_zone", 8},
      {"sealed_at", "2026-11-21"},
      {"clock_offset_ms", 1.5},
      {"sign_key", "short"},
      {"age_recipient", "age1"},
      {"verdict", "incomplete"},
      {"answers_commitment", std::string(64, 'F')},
      {"fee_code", "a b"},
      {"supersedes", nullptr},
      {"parts", Json::array()},
  };
  std::size_t refused = 0;

  for (const auto& [name, value] : wrong) {
    if (refusal_of(with(name, value)) == ErrorCode::manifest_malformed) ++refused;
  }

  CHECK(refused == wrong.size());
}

TEST_CASE("the answers come first and once, no digest twice, no size out of bounds") {
  const Json answers = {{"role", "answers"}, {"sha256", digest_of('1')}, {"size", 10}};
  const Json attachment = {{"role", "attachment"}, {"sha256", digest_of('2')}, {"size", 10}};
  const Json same_digest = {{"role", "attachment"}, {"sha256", digest_of('1')}, {"size", 10}};
  const Json second_answers = {{"role", "answers"}, {"sha256", digest_of('3')}, {"size", 10}};
  const Json empty = {{"role", "attachment"}, {"sha256", digest_of('4')}, {"size", 0}};
  const Json huge = {{"role", "attachment"}, {"sha256", digest_of('4')}, {"size", 4294967296}};
  const Json role = {{"role", "other"}, {"sha256", digest_of('4')}, {"size", 1}};
  Json many = Json::array({answers});
  for (std::size_t i = 0; i < kMaxManifestParts; ++i) {
    many.push_back({{"role", "attachment"},
                    {"sha256", std::string(62, '5') + std::to_string(10 + i % 90)},
                    {"size", 1}});
  }

  CHECK(refusal_of(with("parts", Json::array({answers, attachment}))) == ErrorCode::internal);
  CHECK(refusal_of(with("parts", Json::array({attachment, answers}))) ==
        ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", Json::array({answers, same_digest}))) ==
        ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", Json::array({answers, second_answers}))) ==
        ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", Json::array({answers, empty}))) == ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", Json::array({answers, huge}))) == ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", Json::array({answers, role}))) == ErrorCode::manifest_malformed);
  CHECK(refusal_of(with("parts", many)) == ErrorCode::manifest_malformed);
}

TEST_CASE("what would be refused is not signed") {
  Manifest manifest = sample_manifest();
  manifest.as_of = "yesterday";

  CHECK(sign_manifest(manifest, sample_key(1)).error() == Error{ErrorCode::manifest_malformed});
}

TEST_CASE("a manifest under another key, for another log or of another type is named as such") {
  const Json payload = manifest_json(sample_manifest());
  const std::string other_key = signed_payload(document_type::kSubmission, payload, sample_key(2));
  const std::string other_type = signed_payload(document_type::kMessage, payload, sample_key(1));
  const std::string good = sign_manifest(sample_manifest(), sample_key(1)).value();
  const std::string other =
      signed_payload(document_type::kSubmission, with("fee_code", "another"), sample_key(1));
  const std::string mixed = other.substr(0, other.rfind('.')) + good.substr(good.rfind('.'));

  CHECK(verify_manifest(other_key, kAudience).error().code == ErrorCode::manifest_key_wrong);
  CHECK(verify_manifest(other_type, kAudience).error().code == ErrorCode::jws_type_wrong);
  CHECK(verify_manifest(good, "other/log").error().code == ErrorCode::audience_mismatch);
  CHECK(verify_manifest(mixed, kAudience).error().code == ErrorCode::manifest_signature_wrong);
  CHECK(verify_manifest("", kAudience).error().code == ErrorCode::jws_malformed);
}

TEST_CASE("a part is found by digest and size") {
  const Manifest manifest = sample_manifest();

  CHECK(find_part(manifest, digest_of('b'), 90000).value().role == PartRole::attachment);
  CHECK(find_part(manifest, digest_of('b'), 1).error().code == ErrorCode::part_size_mismatch);
  CHECK(find_part(manifest, digest_of('9'), 90000).error().code == ErrorCode::part_not_in_manifest);
}

}  // namespace
}  // namespace landfall
