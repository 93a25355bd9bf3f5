#include "shared/submission/agency_roots.h"

#include <algorithm>
#include <utility>

namespace landfall {
namespace {

// A root on the way, and how many certificates lie before it.
struct Step {
  AgencyRoot root;
  int rotations = 0;
};

using Steps = std::vector<Step>;

bool is_revoked(const Ed25519PublicKey& key, std::span<const std::string> revoked) {
  return std::find(revoked.begin(), revoked.end(), key_thumbprint(key)) != revoked.end();
}

Steps::iterator find_step(Steps& steps, const Ed25519PublicKey& key) {
  return std::find_if(steps.begin(), steps.end(),
                      [&](const Step& step) { return step.root.key == key; });
}

// Whether the certificate is of this direction, and of a time at which its signer speaks.
bool fits(const Certificate& certificate, const AgencyRoot& signer, RootStanding standing) {
  if (standing == RootStanding::successor) {
    return certificate.role == CertificateRole::agency && speaks_at(signer, certificate.not_before);
  }
  return certificate.role == CertificateRole::former && speaks_at(signer, certificate.not_after);
}

void add(Steps& steps, const Step& signer, const Certificate& certificate, RootStanding standing) {
  const auto known = find_step(steps, certificate.key);
  const int rotations = signer.rotations + 1;
  if (known == steps.end()) {
    steps.push_back({{certificate.key, standing, certificate.not_before, certificate.not_after,
                      key_thumbprint(signer.root.key)},
                     rotations});
    return;
  }
  // A certificate that was renewed: both times count. Whoever is on the list by another way stays
  // as it is, which is also what ends a circle.
  if (known->root.standing != standing || known->rotations != rotations) return;
  known->root.not_before = std::min(known->root.not_before, certificate.not_before);
  known->root.not_after = std::max(known->root.not_after, certificate.not_after);
}

// Follows the certificates from `start` in one direction; the answer begins with `start`.
Steps follow(Steps start, const RootTrust& trust, RootStanding standing,
             std::span<const std::string> revoked) {
  Steps steps = std::move(start);
  for (std::size_t at = 0; at < steps.size(); ++at) {
    const Step signer = steps[at];
    if (signer.rotations == kMaxRotations || is_revoked(signer.root.key, revoked)) continue;
    for (const std::string& text : trust.certificates) {
      const Result<Certificate> certificate =
          verify_root_certificate(text, signer.root.key, trust.audience);
      if (certificate.ok() && fits(certificate.value(), signer.root, standing)) {
        add(steps, signer, certificate.value(), standing);
      }
    }
  }
  return steps;
}

Steps own_steps(const RootTrust& trust) {
  Steps steps;
  for (const Ed25519PublicKey& key : trust.own) {
    if (find_step(steps, key) == steps.end()) steps.push_back({{key, {}, "", "", ""}, 0});
  }
  return steps;
}

// Adds those that are not on the list yet.
void append(std::vector<AgencyRoot>& roots, const Steps& steps,
            std::span<const std::string> revoked) {
  for (const Step& step : steps) {
    const bool is_listed = std::any_of(roots.begin(), roots.end(), [&](const AgencyRoot& root) {
      return root.key == step.root.key;
    });
    if (!is_listed && !is_revoked(step.root.key, revoked)) roots.push_back(step.root);
  }
}

}  // namespace

Result<std::vector<AgencyRoot>> agency_roots(const RootTrust& trust) {
  if (trust.certificates.size() > kMaxRootCertificates) return Error{ErrorCode::too_large};
  Steps newest = own_steps(trust);
  if (trust.current) {
    // What was revoked since may lie on the way there: the way is a matter of the past.
    Steps known = follow(std::move(newest), trust, RootStanding::successor, {});
    const auto current = find_step(known, *trust.current);
    if (current == known.end()) return Error{ErrorCode::certificate_not_genuine};
    newest = {*current};
  }
  std::vector<AgencyRoot> roots;
  append(roots, follow(newest, trust, RootStanding::successor, trust.revoked), trust.revoked);
  for (Step& step : newest) step.rotations = 0;
  append(roots, follow(newest, trust, RootStanding::former, trust.revoked), trust.revoked);
  // The build's own root counts on where nobody says until when, so that a certificate that is
  // withheld locks nobody out; but it publishes nothing any more, and vouches for nobody.
  Steps own = own_steps(trust);
  for (Step& step : own) step.root.standing = RootStanding::former;
  append(roots, own, trust.revoked);
  return roots;
}

bool speaks_at(const AgencyRoot& root, std::string_view at) {
  return (root.not_before.empty() || root.not_before <= at) &&
         (root.not_after.empty() || at <= root.not_after);
}

bool may_publish(const AgencyRoot& root) { return root.standing != RootStanding::former; }

Result<std::vector<std::string>> parse_root_certificates(std::string_view text) {
  if (text.size() > kMaxRootCertificatesBytes) return Error{ErrorCode::too_large};
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    while (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.emplace_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (lines.size() > kMaxRootCertificates) return Error{ErrorCode::too_large};
  return lines;
}

std::string write_root_certificates(std::span<const std::string> certificates) {
  std::string text;
  for (const std::string& certificate : certificates) text.append(certificate).push_back('\n');
  return text;
}

}  // namespace landfall
