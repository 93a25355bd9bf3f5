#include "shared/submission/followed_links.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <vector>

#include "shared/submission/certificate.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::string_view kNext = "landfall.localhost/log-2";
constexpr std::string_view kThird = "landfall.localhost/log-3";

std::string link_from(std::string_view former, std::string_view origin, std::uint64_t size,
                      std::string_view linked_at = "2026-11-22T06:00:00Z") {
  const LogLink link{std::string(origin), std::string(former), size,
                     leaf_hash(bytes_of(std::string_view("tree"))), std::string(linked_at)};
  const auto certificate = [](const std::string& aud) {
    return sign_certificate({aud, CertificateRole::receipt, receipt_key().public_key(),
                             "2026-01-01T00:00:00Z", "2027-12-31T23:59:59Z", true},
                            agency_key())
        .value();
  };
  return sign_log_link(link, {link.origin, size, link.root, {}},
                       {certificate(link.origin), certificate(link.former)}, receipt_key())
      .value();
}

FollowedLinks follow(const std::vector<std::string>& kept,
                     const std::vector<std::string>& fetched) {
  const std::array roots = {AgencyRoot{agency_key().public_key(), RootStanding::own, "", "", ""}};
  return follow_log_links(kept, fetched, {roots, {}}).value();
}

TEST_CASE("a link that is no longer handed out goes on to be followed") {
  const std::string first = link_from(kAudience, kNext, 7);
  const std::string second = link_from(kNext, kThird, 5);

  const FollowedLinks followed = follow({first}, {second});

  CHECK_FALSE(followed.contradiction);
  CHECK(followed.texts == std::vector{first, second});
  CHECK(entries_continued(kAudience, kThird, followed.links) == 5);
}

TEST_CASE("a link signed again at another time is the one that was kept") {
  const std::string kept = link_from(kAudience, kNext, 7);

  const FollowedLinks followed =
      follow({kept}, {link_from(kAudience, kNext, 7, "2026-11-22T07:00:00Z")});

  CHECK_FALSE(followed.contradiction);
  CHECK(followed.texts == std::vector{kept});
}

TEST_CASE("a former log that went on in two ways is a contradiction, with both as evidence") {
  const std::string kept = link_from(kAudience, kNext, 7);
  const std::string other = link_from(kAudience, kNext, 3);

  CHECK(follow({kept}, {other}).contradiction == LinkContradiction{kept, other});
  CHECK(follow({}, {other, kept}).contradiction == LinkContradiction{other, kept});
}

TEST_CASE("a log that in the end continues itself is a contradiction") {
  const std::string first = link_from(kAudience, kNext, 7);
  const std::string second = link_from(kNext, kThird, 7);
  const std::string back = link_from(kThird, kAudience, 7);

  CHECK(follow({first, second}, {back}).contradiction == LinkContradiction{first, back});
}

TEST_CASE("a list that is too long, or holds what is not genuine, is refused as a whole") {
  const std::array roots = {AgencyRoot{agency_key().public_key(), RootStanding::own, "", "", ""}};
  const std::vector<std::string> many(kMaxLogLinks + 1, link_from(kAudience, kNext, 7));
  const std::vector<std::string> spoilt = {many.front(), "no link"};

  CHECK(follow_log_links({}, many, {roots, {}}).error().code == ErrorCode::too_large);
  CHECK_FALSE(follow_log_links({}, spoilt, {roots, {}}).ok());
  CHECK(follow_log_links(spoilt, {}, {roots, {}}).value().texts == std::vector{many.front()});
}

}  // namespace
}  // namespace landfall
