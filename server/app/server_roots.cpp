#include "server/app/server_roots.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <utility>

#include "shared/submission/checkpoint.h"
#include "shared/submission/log_link.h"

namespace landfall {

Result<std::vector<std::string>> stored_log_names(const Store& store, const std::string& origin) {
  const Result<LogHead> head = store.log_head();
  if (!head.ok()) return head.error();
  const Result<std::vector<std::string>> links = store.log_links();
  if (!links.ok()) return links.error();
  std::vector<std::string> names = {origin};
  Result<Checkpoint> now = read_checkpoint_claims(head.value().checkpoint);
  if (now.ok()) names.push_back(std::move(now.value().origin));
  for (const std::string& text : links.value()) {
    Result<LogLinkClaims> claims = read_log_link_claims(text);
    if (claims.ok()) names.push_back(std::move(claims.value().link.former));
  }
  return names;
}

std::vector<AgencyRoot> server_roots(const Ed25519PublicKey& root,
                                     std::span<const std::string> folders,
                                     std::span<const std::string> names) {
  std::vector<std::string> certificates;
  for (const std::string& folder : folders) {
    std::ifstream file(folder + "/" + std::string(kRootCertificatesName), std::ios::binary);
    if (folder.empty() || !file) continue;
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    Result<std::vector<std::string>> lines = parse_root_certificates(text);
    if (!lines.ok()) continue;
    for (std::string& line : lines.value()) certificates.push_back(std::move(line));
  }
  std::vector<AgencyRoot> roots = {{root, RootStanding::own, "", "", ""}};
  for (const std::string& name : names) {
    const Result<std::vector<AgencyRoot>> speaking =
        agency_roots({std::span(&root, 1), root, certificates, name, {}});
    if (!speaking.ok()) continue;
    for (const AgencyRoot& other : speaking.value()) {
      const bool is_known = std::find(roots.begin(), roots.end(), other) != roots.end();
      if (!is_known && other.key != root) roots.push_back(other);
    }
  }
  return roots;
}

}  // namespace landfall
