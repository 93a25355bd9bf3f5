#include "shared/submission/log_link.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::string_view kNext = "landfall.localhost/log-2";
constexpr std::string_view kThird = "landfall.localhost/log-3";

std::string certificate_for(std::string_view origin, const SigningKey& key = receipt_key(),
                            const SigningKey& root = agency_key(),
                            CertificateRole role = CertificateRole::receipt) {
  return sign_certificate({std::string(origin), role, key.public_key(), "2026-01-01T00:00:00Z",
                           "2027-12-31T23:59:59Z", true},
                          root)
      .value();
}

LogLink sample_link(std::string_view former = kAudience, std::string_view origin = kNext,
                    std::uint64_t size = 7) {
  return {std::string(origin), std::string(former), size,
          leaf_hash(bytes_of(std::string_view("tree"))), "2026-11-22T06:00:00Z"};
}

Checkpoint first_of(const LogLink& link) { return {link.origin, link.tree_size, link.root, {}}; }

std::string signed_link(const LogLink& link = sample_link()) {
  return sign_log_link(link, first_of(link),
                       {certificate_for(link.origin), certificate_for(link.former)}, receipt_key())
      .value();
}

const std::vector<AgencyRoot>& sample_roots() {
  static const std::vector<AgencyRoot> roots = {
      {agency_key().public_key(), RootStanding::own, "", "", ""}};
  return roots;
}

LogLinkTrust sample_trust() { return {sample_roots(), {}}; }

ErrorCode refusal_of(std::string_view text, const LogLinkTrust& trust = sample_trust()) {
  const Result<LogLink> link = verify_log_link(text, trust);
  return link.ok() ? ErrorCode::internal : link.error().code;
}

// The sample link's payload, changed and signed again by the receipt key.
template <typename Change>
std::string changed_link(Change change) {
  Json payload = payload_of(document_type::kLink, signed_link());
  change(payload);
  return signed_payload(document_type::kLink, payload, receipt_key());
}

TEST_CASE("a link is verified with the agency's root key and nothing else") {
  const Result<LogLink> link = verify_log_link(signed_link(), sample_trust());

  REQUIRE(link.ok());
  CHECK(link.value() == sample_link());
  const Result<LogLinkClaims> claims = read_log_link_claims(signed_link());
  REQUIRE(claims.ok());
  CHECK(claims.value().link == sample_link());
  CHECK(claims.value().kid == receipt_key().kid());
  const Ed25519PublicKey key = receipt_key().public_key();
  CHECK(verify_checkpoint(claims.value().checkpoint, kNext, std::span(&key, 1)).ok());
}

TEST_CASE("an empty log is linked like any other") {
  LogLink link = sample_link(kAudience, kNext, 0);
  link.root = tree_root({});

  CHECK(verify_log_link(signed_link(link), sample_trust()).ok());
}

TEST_CASE("a link of no entries says so of a log that holds many") {
  LogLink link = sample_link(kAudience, kNext, 0);
  link.root = tree_root({});
  const auto with_root = [&](const LogLink& of) {
    return refusal_of(sign_log_link(of, first_of(sample_link()),
                                    {certificate_for(kNext), certificate_for(kAudience)},
                                    receipt_key())
                          .value());
  };

  CHECK(with_root(link) == ErrorCode::internal);
  link.root = sample_link().root;
  CHECK(with_root(link) == ErrorCode::log_inconsistent);
}

TEST_CASE("a link with any character changed is refused") {
  const std::string good = signed_link();
  std::size_t refused = 0;
  for (std::size_t i = 0; i < good.size(); i += 3) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (refusal_of(changed) != ErrorCode::internal) ++refused;
  }

  CHECK(refused == (good.size() + 2) / 3);
}

TEST_CASE("a link counts only by a key that the agency certified for both logs") {
  const SigningKey stranger = sample_key(9);
  const LogLink link = sample_link();
  const auto by = [&](const std::string& certificate, const std::string& former,
                      const SigningKey& key) {
    return refusal_of(sign_log_link(link, first_of(link), {certificate, former}, key).value());
  };
  const std::string good = certificate_for(kNext);
  const std::string good_former = certificate_for(kAudience);

  // Certified by somebody else, for one log only, as a desk's key, or another key for each log.
  CHECK(by(certificate_for(kNext, stranger, stranger), good_former, stranger) ==
        ErrorCode::receipt_certificate_wrong);
  CHECK(by(good, certificate_for(kAudience, receipt_key(), stranger), receipt_key()) ==
        ErrorCode::receipt_certificate_wrong);
  CHECK(by(good, good, receipt_key()) == ErrorCode::receipt_certificate_wrong);
  CHECK(by(good_former, good_former, receipt_key()) == ErrorCode::receipt_certificate_wrong);
  CHECK(by(certificate_for(kNext, receipt_key(), agency_key(), CertificateRole::desk), good_former,
           receipt_key()) == ErrorCode::receipt_certificate_wrong);
  CHECK(by(certificate_for(kNext, stranger), good_former, stranger) ==
        ErrorCode::receipt_certificate_wrong);
  CHECK(by(good, good_former, stranger) == ErrorCode::jws_key_wrong);
}

TEST_CASE("the two certificates of a link may be by different roots that speak at its time") {
  const SigningKey next_root = sample_key(8);
  const std::string text =
      sign_log_link(sample_link(), first_of(sample_link()),
                    {certificate_for(kNext, receipt_key(), next_root), certificate_for(kAudience)},
                    receipt_key())
          .value();
  std::vector<AgencyRoot> roots = {
      {next_root.public_key(), RootStanding::own, "", "", ""},
      {agency_key().public_key(), RootStanding::former, "", "2026-12-31T00:00:00Z", ""}};

  CHECK(verify_log_link(text, {roots, {}}).ok());
  CHECK(refusal_of(text) == ErrorCode::receipt_certificate_wrong);
  roots[1].not_after = "2026-11-01T00:00:00Z";
  CHECK(refusal_of(text, {roots, {}}) == ErrorCode::receipt_certificate_wrong);
}

TEST_CASE("a link by a revoked key, or of a time when its key was not valid, proves nothing") {
  const std::vector<std::string> revoked = {receipt_key().kid()};
  LogLink early = sample_link();
  early.linked_at = "2025-12-31T23:59:59Z";

  CHECK(refusal_of(signed_link(), {sample_roots(), revoked}) == ErrorCode::receipt_key_revoked);
  CHECK(refusal_of(signed_link(early)) == ErrorCode::receipt_key_not_valid);
}

TEST_CASE("the checkpoint inside a link is the first of its origin and of the same tree") {
  const auto with_checkpoint = [](const Checkpoint& checkpoint, const SigningKey& key) {
    return changed_link(
        [&](Json& payload) { payload["checkpoint"] = sign_checkpoint(checkpoint, key).value(); });
  };
  const LogLink link = sample_link();
  LogHash other = link.root;
  other[0] ^= 1;

  CHECK(refusal_of(with_checkpoint({link.origin, 8, link.root, {}}, receipt_key())) ==
        ErrorCode::log_inconsistent);
  CHECK(refusal_of(with_checkpoint({link.origin, 7, other, {}}, receipt_key())) ==
        ErrorCode::log_inconsistent);
  CHECK(refusal_of(with_checkpoint({link.former, 7, link.root, {}}, receipt_key())) ==
        ErrorCode::checkpoint_signature_wrong);
  CHECK(refusal_of(with_checkpoint({link.origin, 7, link.root, {}}, sample_key(9))) ==
        ErrorCode::checkpoint_signature_wrong);
  CHECK(refusal_of(changed_link([](Json& payload) { payload["checkpoint"] = "x"; })) ==
        ErrorCode::checkpoint_malformed);
}

TEST_CASE("a link says what it must and nothing else") {
  const std::vector<std::string> wrong = {
      changed_link([](Json& payload) { payload["note"] = ""; }),
      changed_link([](Json& payload) { payload["former"]["note"] = ""; }),
      changed_link([](Json& payload) { payload.erase("linked_at"); }),
      changed_link([](Json& payload) { payload["linked_at"] = "2026-11-22"; }),
      changed_link([](Json& payload) { payload["former"].erase("root"); }),
      changed_link([](Json& payload) { payload["former"]["tree_size"] = -1; }),
      changed_link([](Json& payload) { payload["former"]["origin"] = kNext; }),
      changed_link([](Json& payload) { payload["former"] = nullptr; })};
  std::size_t refused = 0;
  for (const std::string& text : wrong) {
    if (refusal_of(text) == ErrorCode::json_shape) ++refused;
  }

  CHECK(refused == wrong.size());
  CHECK(refusal_of(std::string(kMaxLogLinkBytes + 1, 'x')) == ErrorCode::json_shape);
  CHECK(refusal_of(receipt_certificate()) == ErrorCode::jws_type_wrong);
}

TEST_CASE(
    "links are believed together only where each log has one successor and none is a circle") {
  const std::string first = signed_link();
  const std::string second = signed_link(sample_link(kNext, kThird, 9));
  const std::string rival = signed_link(sample_link(kAudience, kThird, 5));
  const std::string back = signed_link(sample_link(kThird, kAudience, 9));
  const auto of = [](const std::vector<std::string>& texts) {
    return verify_log_links(texts, sample_trust());
  };

  REQUIRE(of({second, first}).ok());
  CHECK(of({second, first}).value().size() == 2);
  CHECK(of({}).ok());
  CHECK(of({first, rival}).error().code == ErrorCode::log_inconsistent);
  CHECK(of({first, first}).error().code == ErrorCode::log_inconsistent);
  CHECK(of({first, second, back}).error().code == ErrorCode::log_inconsistent);
  CHECK(of({first, "x"}).error().code == ErrorCode::jws_malformed);
  CHECK(of(std::vector<std::string>(kMaxLogLinks + 1, first)).error().code == ErrorCode::too_large);
}

TEST_CASE("an entry is held below the smallest size on the way to the log of today") {
  const std::vector<LogLink> links = {sample_link(kAudience, kNext, 7),
                                      sample_link(kNext, kThird, 5)};

  CHECK(entries_continued(kThird, kThird, links) == kAllLogEntries);
  CHECK(entries_continued(kNext, kThird, links) == 5);
  CHECK(entries_continued(kAudience, kThird, links) == 5);
  CHECK(entries_continued(kAudience, kNext, links) == 7);
  CHECK_FALSE(entries_continued(kThird, kNext, links).has_value());
  CHECK_FALSE(entries_continued("elsewhere", kThird, links).has_value());

  CHECK(standing_of_entry(kAudience, 4, kThird, links) == EntryStanding::held);
  CHECK(standing_of_entry(kAudience, 5, kThird, links) == EntryStanding::lost);
  CHECK(standing_of_entry(kThird, 1000, kThird, links) == EntryStanding::held);
  CHECK(standing_of_entry("elsewhere", 0, kThird, links) == EntryStanding::foreign);
}

TEST_CASE("following links that go round ends") {
  const std::vector<LogLink> links = {sample_link(kAudience, kNext), sample_link(kNext, kAudience)};

  CHECK_FALSE(entries_continued(kAudience, kThird, links).has_value());
}

}  // namespace
}  // namespace landfall
