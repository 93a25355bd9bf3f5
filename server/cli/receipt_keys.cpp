#include "server/cli/receipt_keys.h"

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

using Wanted = bool (*)(const AgencyRoot&);

// The index and who signed it; `wanted` says which roots will do.
Outcome<IndexByRoot> index_by_roots(std::string_view text, std::string_view what,
                                    const TrustedRoots& trust, Wanted wanted) {
  Outcome<std::vector<AgencyRoot>> roots = trust.speaking(claimed_audience(text));
  if (!roots.ok()) return roots.failure();
  Error refusal{ErrorCode::index_not_genuine};
  for (const AgencyRoot& root : roots.value()) {
    Result<Index> index = verify_index(text, {root.key, std::nullopt, 0});
    if (index.ok() && wanted(root) && speaks_at(root, index.value().issued)) {
      return IndexByRoot{std::move(index).value(), root};
    }
    if (!index.ok() && index.error().code != ErrorCode::index_not_genuine) refusal = index.error();
  }
  return refusal_of(refusal, what);
}

// The text of the file; what certifies root keys beside it is added to `trust`.
Outcome<std::string> load_with_certificates(const std::string& path, TrustedRoots& trust) {
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text;
  Outcome<std::vector<std::string>> beside = load_root_certificates(root_certificates_beside(path));
  if (!beside.ok()) return beside.failure();
  trust.add(beside.value());
  return std::string(trimmed(text.value()));
}

}  // namespace

Outcome<Index> believe_current_index(std::string_view text, std::string_view what,
                                     TrustedRoots& trust) {
  Outcome<IndexByRoot> found = index_by_roots(text, what, trust, may_publish);
  if (!found.ok()) return found.failure();
  trust.current = found.value().root.key;
  trust.revoked = found.value().index.revoked;
  return std::move(found.value().index);
}

Outcome<Index> load_current_index(const std::string& path, TrustedRoots& trust) {
  Outcome<std::string> text = load_with_certificates(path, trust);
  if (!text.ok()) return text.failure();
  return believe_current_index(text.value(), path, trust);
}

Outcome<Index> load_past_index(const std::string& path, TrustedRoots& trust) {
  Outcome<std::string> text = load_with_certificates(path, trust);
  if (!text.ok()) return text.failure();
  Outcome<IndexByRoot> found =
      index_by_roots(text.value(), path, trust, [](const AgencyRoot&) { return true; });
  if (!found.ok()) return found.failure();
  return std::move(found.value().index);
}

}  // namespace landfall
