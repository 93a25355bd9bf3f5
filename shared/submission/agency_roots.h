// Which root keys speak for the agency, from those a verifier has and the certificates between
// them.

#ifndef LANDFALL_SHARED_SUBMISSION_AGENCY_ROOTS_H_
#define LANDFALL_SHARED_SUBMISSION_AGENCY_ROOTS_H_

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/certificate.h"

namespace landfall {

// The file of the certificates, one a line, beside the index and beside the agency's key.
inline constexpr std::string_view kRootCertificatesName = "agency.certs";

// How many certificates may lie between a verifier's own root and another one, in each direction.
inline constexpr int kMaxRotations = 4;
inline constexpr std::size_t kMaxRootCertificates = 64;
inline constexpr std::size_t kMaxRootCertificatesBytes = std::size_t{64} << 10;

// own: the verifier has the key itself. successor: the newest known root, or one before it,
// certified it. former: the newest known root, or one that it certified so, says that it was one.
enum class RootStanding { own, successor, former };

// A root key and which of its statements count: those dated within [not_before, not_after], both
// inclusive; empty ends take any. `certified_by` is the kid of the root that vouches for it.
struct AgencyRoot {
  Ed25519PublicKey key{};
  RootStanding standing = RootStanding::own;
  std::string not_before;
  std::string not_after;
  std::string certified_by;

  bool operator==(const AgencyRoot&) const = default;
};

// What a verifier has. `own`: the root keys of its build, or that it was told. `current`: the key
// that signed the newest index it believes, absent before the first; from then on that key decides
// who comes after and who was before. `revoked`: that index's list.
struct RootTrust {
  std::span<const Ed25519PublicKey> own;
  std::optional<Ed25519PublicKey> current;
  std::span<const std::string> certificates;
  std::string_view audience;
  std::span<const std::string> revoked;
};

// The root keys that speak for the agency, the current ones first. A certificate counts when a root
// on the list signed it for `audience` and its time fits: a successor begins, and a former root
// ends, within the time of its signer. Others are passed over, for they prove nothing. What is
// revoked is neither on the list nor can it put anybody there.
//
// Errors:
//   too_large                 more than kMaxRootCertificates
//   certificate_not_genuine   no certificates lead from `own` forwards to `current`
[[nodiscard]] Result<std::vector<AgencyRoot>> agency_roots(const RootTrust& trust);

// True when a statement of the moment `at` counts that `root` signed.
[[nodiscard]] bool speaks_at(const AgencyRoot& root, std::string_view at);

// True when `root` may sign what the agency publishes now, as an index is: a former one may not.
[[nodiscard]] bool may_publish(const AgencyRoot& root);

// The lines of a file of certificates, without empty ones; nothing is believed yet.
//
// Errors:
//   too_large   longer than kMaxRootCertificatesBytes, or more than kMaxRootCertificates lines
[[nodiscard]] Result<std::vector<std::string>> parse_root_certificates(std::string_view text);

// The same, written.
[[nodiscard]] std::string write_root_certificates(std::span<const std::string> certificates);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_AGENCY_ROOTS_H_
