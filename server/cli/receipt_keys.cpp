#include "server/cli/receipt_keys.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/root_rotation.h"
#include "server/cli/verification.h"
#include "shared/submission/verdict.h"

namespace landfall {
namespace {

struct IndexByRoot {
  Index index;
  AgencyRoot root;
};

// The index and who signed it; `wanted` says which roots will do.
Outcome<IndexByRoot> load_by_roots(const std::string& path, TrustedRoots& trust,
                                   bool (*wanted)(const AgencyRoot&)) {
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  Outcome<std::vector<std::string>> beside = load_root_certificates(root_certificates_beside(path));
  if (!beside.ok()) return beside.failure();
  for (std::string& certificate : beside.value()) {
    const std::vector<std::string>& known = trust.certificates;
    if (std::find(known.begin(), known.end(), certificate) == known.end()) {
      trust.certificates.push_back(std::move(certificate));
    }
  }
  const std::string_view index_text = trimmed(text.value());
  Outcome<std::vector<AgencyRoot>> roots = trust.speaking(claimed_audience(index_text));
  if (!roots.ok()) return roots.failure();
  Error refusal{ErrorCode::index_not_genuine};
  for (const AgencyRoot& root : roots.value()) {
    Result<Index> index = verify_index(index_text, {root.key, std::nullopt, 0});
    if (index.ok() && wanted(root) && speaks_at(root, index.value().issued)) {
      return IndexByRoot{std::move(index).value(), root};
    }
    if (!index.ok() && index.error().code != ErrorCode::index_not_genuine) refusal = index.error();
  }
  return refusal_of(refusal, path);
}

}  // namespace

Outcome<Index> load_index(const std::string& path, const Ed25519PublicKey& root) {
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  IndexTrust trust;
  trust.root = root;
  Result<Index> index = verify_index(trimmed(text.value()), trust);
  if (!index.ok()) return refusal_of(index.error(), path);
  return std::move(index).value();
}

Outcome<Index> load_current_index(const std::string& path, TrustedRoots& trust) {
  Outcome<IndexByRoot> found = load_by_roots(path, trust, may_publish);
  if (!found.ok()) return found.failure();
  trust.current = found.value().root.key;
  trust.revoked = found.value().index.revoked;
  return std::move(found.value().index);
}

Outcome<Index> load_past_index(const std::string& path, TrustedRoots& trust) {
  Outcome<IndexByRoot> found = load_by_roots(path, trust, [](const AgencyRoot&) { return true; });
  if (!found.ok()) return found.failure();
  return std::move(found.value().index);
}

}  // namespace landfall
