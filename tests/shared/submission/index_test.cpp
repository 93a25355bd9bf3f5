#include "shared/submission/index.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/sealing/signed_document.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

IndexTrust sample_trust() { return {agency_key().public_key(), kAudience, 7}; }

ErrorCode refusal_of(std::string_view text, const IndexTrust& trust = sample_trust()) {
  const Result<Index> index = verify_index(text, trust);
  return index.ok() ? ErrorCode::internal : index.error().code;
}

TEST_CASE("an index comes back as the agency signed it") {
  const std::string text = sign_index(sample_index(), agency_key()).value();

  const Result<Index> index = verify_index(text, sample_trust());

  REQUIRE(index.ok());
  CHECK(index.value() == sample_index());
}

TEST_CASE("a phone without an audience takes it from the index it trusts") {
  IndexTrust trust = sample_trust();
  trust.audience.reset();

  CHECK(verify_index(sign_index(sample_index(), agency_key()).value(), trust).value().aud ==
        kAudience);
}

TEST_CASE("an index of another key or audience is not genuine, and an older one is a rollback") {
  const std::string good = sign_index(sample_index(), agency_key()).value();
  Index older = sample_index();
  older.serial = 6;
  Index elsewhere = sample_index();
  elsewhere.aud = "other/log";

  CHECK(refusal_of(sign_index(sample_index(), sample_key(1)).value()) ==
        ErrorCode::index_not_genuine);
  CHECK(refusal_of(sign_index(elsewhere, agency_key()).value()) == ErrorCode::index_not_genuine);
  CHECK(refusal_of(sign_index(older, agency_key()).value()) == ErrorCode::index_rollback);
  CHECK(refusal_of(good) == ErrorCode::internal);
}

TEST_CASE("an expired index still verifies, and says that it is expired") {
  const Index index =
      verify_index(sign_index(sample_index(), agency_key()).value(), sample_trust()).value();

  CHECK_FALSE(is_expired(index, "2026-12-01T00:00:00Z"));
  CHECK(is_expired(index, "2026-12-01T00:00:01Z"));
}

TEST_CASE("one seals to the recipients that are valid at the time") {
  const Index index = sample_index();

  CHECK(recipients_at(index.case_office, "2026-10-01T00:00:00Z").size() == 1);
  CHECK(recipients_at(index.case_office, "2026-11-20T00:00:00Z").size() == 2);
  CHECK(recipients_at(index.case_office, "2026-12-20T00:00:00Z").front() == sample_recipient(3));
  CHECK(recipients_at(index.case_office, "2025-01-01T00:00:00Z").empty());
  CHECK(recipients_at(index.helpdesk, "2026-11-20T00:00:00Z").empty());
}

TEST_CASE("an index says what it must and nothing else") {
  const Json payload = index_json(sample_index());
  std::size_t refused = 0;
  for (const auto& [name, value] : payload.items()) {
    if (name == "aud") continue;
    Json shorter = payload;
    shorter.erase(name);
    const std::string text = signed_payload(document_type::kIndex, shorter, agency_key());
    if (refusal_of(text) == ErrorCode::index_malformed) ++refused;
  }
  Json more = payload;
  more["recipients"]["everybody"] = Json::array();
  Json recipient = payload;
  recipient["recipients"]["case_office"][0]["recipient"] = "age1";
  Json kid = payload;
  kid["revoked"][0] = "k1";

  CHECK(refused == payload.size() - 1);
  CHECK(refusal_of(signed_payload(document_type::kIndex, more, agency_key())) ==
        ErrorCode::index_malformed);
  CHECK(refusal_of(signed_payload(document_type::kIndex, recipient, agency_key())) ==
        ErrorCode::index_malformed);
  CHECK(refusal_of(signed_payload(document_type::kIndex, kid, agency_key())) ==
        ErrorCode::index_malformed);
  CHECK(refusal_of("") == ErrorCode::index_malformed);
}

}  // namespace
}  // namespace landfall
