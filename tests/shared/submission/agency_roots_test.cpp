#include "shared/submission/agency_roots.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "shared/sealing/signed_document.h"
#include "shared/submission/index.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

// The agency's root keys, one after the other, and one that never was one.
constexpr std::uint8_t kFirst = 40;
constexpr std::uint8_t kSecond = 41;
constexpr std::uint8_t kThird = 42;
constexpr std::uint8_t kStranger = 60;

Ed25519PublicKey key_of(std::uint8_t number) { return sample_key(number).public_key(); }

std::string certificate(std::uint8_t signer, std::uint8_t key, CertificateRole role,
                        std::string_view not_before, std::string_view not_after,
                        std::string_view audience = kAudience) {
  return sign_certificate({std::string(audience), role, key_of(key), std::string(not_before),
                           std::string(not_after), false},
                          sample_key(signer))
      .value();
}

// From 2026 on, year by year: `from` hands over to `to` at the beginning of `year`, with a month in
// which both count.
std::vector<std::string> handover(std::uint8_t from, std::uint8_t to, int year) {
  const std::string at = std::to_string(year);
  return {certificate(from, to, CertificateRole::agency, at + "-01-01T00:00:00Z",
                      std::to_string(year + 10) + "-01-01T00:00:00Z"),
          certificate(to, from, CertificateRole::former, "2020-01-01T00:00:00Z",
                      at + "-02-01T00:00:00Z")};
}

std::vector<std::string> two_handovers() {
  std::vector<std::string> all = handover(kFirst, kSecond, 2026);
  for (const std::string& text : handover(kSecond, kThird, 2027)) all.push_back(text);
  return all;
}

struct Known {
  std::vector<Ed25519PublicKey> own;
  std::vector<std::string> certificates;
  std::optional<Ed25519PublicKey> current;
  std::vector<std::string> revoked;

  [[nodiscard]] Result<std::vector<AgencyRoot>> ask(std::string_view audience = kAudience) const {
    return agency_roots({own, current, certificates, audience, revoked});
  }
};

std::vector<AgencyRoot> roots_of(const Known& known, std::string_view audience = kAudience) {
  Result<std::vector<AgencyRoot>> roots = known.ask(audience);
  REQUIRE(roots.ok());
  return std::move(roots).value();
}

const AgencyRoot* find(const std::vector<AgencyRoot>& roots, std::uint8_t number) {
  const auto found = std::find_if(roots.begin(), roots.end(), [&](const AgencyRoot& root) {
    return root.key == key_of(number);
  });
  return found == roots.end() ? nullptr : &*found;
}

TEST_CASE("without certificates, a verifier's own root is the only one and counts at any time") {
  const std::vector<AgencyRoot> roots = roots_of({{key_of(kFirst)}, {}, {}, {}});

  REQUIRE(roots.size() == 1);
  CHECK(roots[0].key == key_of(kFirst));
  CHECK(roots[0].standing == RootStanding::own);
  CHECK(may_publish(roots[0]));
  CHECK(speaks_at(roots[0], "1970-01-01T00:00:00Z"));
}

TEST_CASE("an old build believes the root that its own one certified, from when it was certified") {
  const std::vector<AgencyRoot> roots =
      roots_of({{key_of(kFirst)}, handover(kFirst, kSecond, 2026), {}, {}});

  REQUIRE(find(roots, kSecond) != nullptr);
  const AgencyRoot& second = *find(roots, kSecond);
  CHECK(second.standing == RootStanding::successor);
  CHECK(second.certified_by == key_thumbprint(key_of(kFirst)));
  CHECK(may_publish(second));
  CHECK_FALSE(speaks_at(second, "2025-12-31T23:59:59Z"));
  CHECK(speaks_at(second, "2026-01-01T00:00:00Z"));
  CHECK(speaks_at(second, "2036-01-01T00:00:00Z"));
  CHECK_FALSE(speaks_at(second, "2036-01-01T00:00:01Z"));
}

TEST_CASE(
    "a new build believes what the replaced root signed in its time, and no new index by it") {
  const std::vector<AgencyRoot> roots = roots_of({{key_of(kThird)}, two_handovers(), {}, {}});

  REQUIRE(roots.size() == 3);
  CHECK(find(roots, kThird)->standing == RootStanding::own);
  for (const std::uint8_t number : {kFirst, kSecond}) {
    CHECK(find(roots, number)->standing == RootStanding::former);
    CHECK_FALSE(may_publish(*find(roots, number)));
  }
  CHECK(speaks_at(*find(roots, kSecond), "2027-02-01T00:00:00Z"));
  CHECK_FALSE(speaks_at(*find(roots, kSecond), "2027-02-01T00:00:01Z"));
  CHECK(speaks_at(*find(roots, kFirst), "2026-02-01T00:00:00Z"));
  CHECK_FALSE(speaks_at(*find(roots, kFirst), "2026-02-01T00:00:01Z"));
}

TEST_CASE(
    "a root that certifies a known one does not become one: only the known one could say so") {
  const std::vector<AgencyRoot> roots =
      roots_of({{key_of(kSecond)},
                {certificate(kStranger, kSecond, CertificateRole::agency, "2026-01-01T00:00:00Z",
                             "2036-01-01T00:00:00Z"),
                 certificate(kStranger, kStranger, CertificateRole::agency, "2026-01-01T00:00:00Z",
                             "2036-01-01T00:00:00Z")},
                {},
                {}});

  CHECK(roots.size() == 1);
}

TEST_CASE("four rotations are followed in each direction, and no fifth") {
  Known known;
  for (std::uint8_t n = 0; n < 12; ++n) {
    for (const std::string& text : handover(static_cast<std::uint8_t>(kFirst + n),
                                            static_cast<std::uint8_t>(kFirst + n + 1), 2026 + n)) {
      known.certificates.push_back(text);
    }
  }
  known.own = {key_of(kFirst + 6)};

  const std::vector<AgencyRoot> roots = roots_of(known);

  CHECK(roots.size() == 9);
  CHECK(find(roots, kFirst + 10) != nullptr);
  CHECK(find(roots, kFirst + 11) == nullptr);
  CHECK(find(roots, kFirst + 2) != nullptr);
  CHECK(find(roots, kFirst + 1) == nullptr);

  known.current = key_of(kFirst + 10);
  CHECK(find(roots_of(known), kFirst + 11) == nullptr);
  known.current = key_of(kFirst + 11);
  CHECK(known.ask().error().code == ErrorCode::certificate_not_genuine);
}

TEST_CASE("a certificate from outside its signer's time proves nothing") {
  const std::vector<std::string> first = handover(kFirst, kSecond, 2026);
  const std::string late = certificate(kSecond, kThird, CertificateRole::agency,
                                       "2036-01-01T00:00:01Z", "2050-01-01T00:00:00Z");
  const std::string early = certificate(kSecond, kThird, CertificateRole::agency,
                                        "2025-12-31T23:59:59Z", "2050-01-01T00:00:00Z");
  const std::string in_time = certificate(kSecond, kThird, CertificateRole::agency,
                                          "2036-01-01T00:00:00Z", "2050-01-01T00:00:00Z");
  const auto third_by = [&](const std::string& text) {
    return find(roots_of({{key_of(kFirst)}, {first[0], text}, {}, {}}), kThird) != nullptr;
  };

  CHECK_FALSE(third_by(late));
  CHECK_FALSE(third_by(early));
  CHECK(third_by(in_time));
}

TEST_CASE("a former root that ends outside its signer's time is none") {
  std::vector<std::string> certificates = handover(kSecond, kThird, 2027);
  certificates.push_back(certificate(kSecond, kFirst, CertificateRole::former,
                                     "2000-01-01T00:00:00Z", "2027-02-01T00:00:01Z"));

  CHECK(find(roots_of({{key_of(kThird)}, certificates, {}, {}}), kFirst) == nullptr);
  CHECK(find(roots_of({{key_of(kThird)}, certificates, {}, {}}), kSecond) != nullptr);
}

TEST_CASE("certificates for another log, of another role or with any change count for nothing") {
  const std::vector<std::string> good = handover(kFirst, kSecond, 2026);
  const std::string elsewhere =
      certificate(kFirst, kSecond, CertificateRole::agency, "2026-01-01T00:00:00Z",
                  "2036-01-01T00:00:00Z", "other.example/log");
  Known known{{key_of(kFirst)}, {}, {}, {}};
  std::vector<std::string> wrong = {elsewhere, receipt_certificate(), good[1], "", "a.b.c"};
  for (const CertificateRole role : {CertificateRole::receipt, CertificateRole::desk}) {
    wrong.push_back(
        certificate(kFirst, kSecond, role, "2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z"));
  }
  for (std::size_t at = 0; at < good[0].size(); at += 11) {
    std::string changed = good[0];
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    wrong.push_back(changed);
  }
  std::size_t refused = 0;

  for (const std::string& text : wrong) {
    known.certificates = {text};
    if (roots_of(known).size() == 1) ++refused;
  }

  CHECK(refused == wrong.size());
  CHECK(refused > 30);
  known.certificates = {good[0]};
  CHECK(roots_of(known).size() == 2);
  CHECK(roots_of(known, "other.example/log").size() == 1);
  known.certificates = {elsewhere};
  CHECK(roots_of(known, "other.example/log").size() == 2);
}

TEST_CASE("no certificate of a root passes for one of a receipt key, nor the other way round") {
  const std::string root = handover(kFirst, kSecond, 2026)[0];
  const std::string former = handover(kSecond, kFirst, 2026)[1];
  const std::string receipt = certificate(kFirst, kSecond, CertificateRole::receipt,
                                          "2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z");

  CHECK(verify_root_certificate(root, key_of(kFirst), kAudience).ok());
  CHECK(verify_certificate(root, key_of(kFirst), kAudience).error().code ==
        ErrorCode::certificate_malformed);
  CHECK(verify_certificate(former, key_of(kFirst), kAudience).error().code ==
        ErrorCode::certificate_malformed);
  CHECK(verify_certificate(receipt, key_of(kFirst), kAudience).ok());
  CHECK(verify_root_certificate(receipt, key_of(kFirst), kAudience).error().code ==
        ErrorCode::certificate_malformed);
  CHECK(verify_root_certificate(root, key_of(kSecond), kAudience).error().code ==
        ErrorCode::certificate_not_genuine);
}

TEST_CASE("a circle of certificates ends, and puts each root on the list once") {
  std::vector<std::string> circle = handover(kFirst, kSecond, 2026);
  for (const std::string& text : handover(kSecond, kFirst, 2026)) circle.push_back(text);

  const std::vector<AgencyRoot> roots = roots_of({{key_of(kFirst)}, circle, {}, {}});

  CHECK(roots.size() == 2);
  CHECK(find(roots, kFirst)->standing == RootStanding::own);
}

TEST_CASE("a renewed certificate adds its time") {
  std::vector<std::string> certificates = handover(kFirst, kSecond, 2026);
  certificates.push_back(certificate(kFirst, kSecond, CertificateRole::agency,
                                     "2035-01-01T00:00:00Z", "2050-01-01T00:00:00Z"));

  const std::vector<AgencyRoot> roots = roots_of({{key_of(kFirst)}, certificates, {}, {}});

  CHECK(speaks_at(*find(roots, kSecond), "2026-01-01T00:00:00Z"));
  CHECK(speaks_at(*find(roots, kSecond), "2050-01-01T00:00:00Z"));
}

TEST_CASE("once an index by the newer root was believed, the older one names no other successor") {
  Known known{{key_of(kFirst)}, handover(kFirst, kSecond, 2026), key_of(kSecond), {}};
  known.certificates.push_back(certificate(kFirst, kStranger, CertificateRole::agency,
                                           "2026-01-01T00:00:00Z", "2036-01-01T00:00:00Z"));

  const std::vector<AgencyRoot> roots = roots_of(known);

  CHECK(roots.size() == 2);
  CHECK(may_publish(*find(roots, kSecond)));
  CHECK(find(roots, kFirst)->standing == RootStanding::former);
  CHECK_FALSE(speaks_at(*find(roots, kFirst), "2026-02-01T00:00:01Z"));
  CHECK(find(roots, kStranger) == nullptr);
}

TEST_CASE("a withheld certificate of the build's own root locks nobody out, but it stays retired") {
  const std::vector<AgencyRoot> roots =
      roots_of({{key_of(kFirst)}, {handover(kFirst, kSecond, 2026)[0]}, key_of(kSecond), {}});

  REQUIRE(find(roots, kFirst) != nullptr);
  CHECK_FALSE(may_publish(*find(roots, kFirst)));
}

TEST_CASE("a revoked root counts for nothing, nor does whoever only it vouches for") {
  const std::vector<std::string> revoked = {key_thumbprint(key_of(kSecond))};
  const Known new_build{{key_of(kThird)}, two_handovers(), {}, revoked};
  const Known old_build{{key_of(kFirst)}, two_handovers(), key_of(kThird), revoked};
  const Known own_revoked{
      {key_of(kFirst)}, two_handovers(), key_of(kThird), {key_thumbprint(key_of(kFirst))}};

  CHECK(roots_of(new_build).size() == 1);
  CHECK(find(roots_of(new_build), kThird) != nullptr);
  // The way from the build's own root led over it, and still leads on.
  CHECK(find(roots_of(old_build), kThird) != nullptr);
  CHECK(find(roots_of(old_build), kSecond) == nullptr);
  CHECK(find(roots_of(own_revoked), kFirst) == nullptr);
  CHECK(find(roots_of(own_revoked), kSecond) != nullptr);
}

TEST_CASE("an index by the replaced root is refused after the rotation, whatever its serial") {
  Known known{{key_of(kFirst)}, handover(kFirst, kSecond, 2026), {}, {}};
  const auto accepts = [&](const std::string& text, std::uint64_t min_serial) {
    for (const AgencyRoot& root : roots_of(known)) {
      if (!may_publish(root)) continue;
      const Result<Index> index = verify_index(text, {root.key, kAudience, min_serial});
      if (index.ok() && speaks_at(root, index.value().issued)) return true;
    }
    return false;
  };
  Index newer = sample_index();
  newer.serial = 1000;
  const std::string by_old = sign_index(sample_index(), sample_key(kFirst)).value();
  const std::string by_old_newer = sign_index(newer, sample_key(kFirst)).value();
  newer.serial = 8;
  const std::string by_new = sign_index(newer, sample_key(kSecond)).value();

  CHECK(accepts(by_old, 7));
  CHECK(accepts(by_new, 7));
  CHECK_FALSE(accepts(by_new, 9));
  known.current = key_of(kSecond);
  CHECK(accepts(by_new, 8));
  CHECK_FALSE(accepts(by_old, 0));
  CHECK_FALSE(accepts(by_old_newer, 8));
}

TEST_CASE("files of certificates are read line by line and bounded") {
  const std::vector<std::string> both = handover(kFirst, kSecond, 2026);

  CHECK(parse_root_certificates(write_root_certificates(both)).value() == both);
  CHECK(parse_root_certificates(both[0] + "\r\n\r\n\n" + both[1]).value() == both);
  CHECK(parse_root_certificates(both[0] + "\r\r\n" + both[1] + "\r").value() == both);
  CHECK(parse_root_certificates("").value().empty());
  const std::string many(2 * kMaxRootCertificates, '\n');
  CHECK(parse_root_certificates(many).value().empty());
  std::string lines;
  for (std::size_t n = 0; n < kMaxRootCertificates; ++n) lines += "a\n";
  CHECK(parse_root_certificates(lines).value().size() == kMaxRootCertificates);
  CHECK(parse_root_certificates(lines + "a").error().code == ErrorCode::too_large);
  CHECK(parse_root_certificates(std::string(kMaxRootCertificatesBytes + 1, '\n')).error().code ==
        ErrorCode::too_large);
  CHECK(Known{{key_of(kFirst)}, std::vector<std::string>(65, "a"), {}, {}}.ask().error().code ==
        ErrorCode::too_large);
}

}  // namespace
}  // namespace landfall
