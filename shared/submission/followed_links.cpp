#include "shared/submission/followed_links.h"

#include <algorithm>
#include <utility>

namespace landfall {
namespace {

bool says_the_same(const LogLink& one, const LogLink& other) {
  return one.former == other.former && one.origin == other.origin &&
         one.tree_size == other.tree_size && one.root == other.root;
}

// The place among `links` of what `added` cannot be true beside; nullopt where it can.
std::optional<std::size_t> contradicted_by(const LogLink& added, std::span<const LogLink> links) {
  const auto of_one_log = std::find_if(
      links.begin(), links.end(), [&](const LogLink& link) { return link.former == added.former; });
  if (of_one_log != links.end()) return static_cast<std::size_t>(of_one_log - links.begin());
  // A log that leads back to the one it continues.
  if (!entries_continued(added.origin, added.former, links)) return std::nullopt;
  const auto next = std::find_if(links.begin(), links.end(),
                                 [&](const LogLink& link) { return link.former == added.origin; });
  return static_cast<std::size_t>(next - links.begin());
}

void add(FollowedLinks& followed, LogLink link, const std::string& text) {
  const auto same = [&](const LogLink& known) { return says_the_same(known, link); };
  if (followed.contradiction || std::any_of(followed.links.begin(), followed.links.end(), same)) {
    return;
  }
  if (const auto at = contradicted_by(link, followed.links)) {
    followed.contradiction.emplace(followed.texts[*at], text);
    return;
  }
  followed.links.push_back(std::move(link));
  followed.texts.push_back(text);
}

}  // namespace

Result<FollowedLinks> follow_log_links(std::span<const std::string> kept,
                                       std::span<const std::string> fetched,
                                       const LogLinkTrust& trust) {
  if (kept.size() > kMaxLogLinks || fetched.size() > kMaxLogLinks) {
    return Error{ErrorCode::too_large};
  }
  FollowedLinks followed;
  for (const std::string& text : kept) {
    Result<LogLink> link = verify_log_link(text, trust);
    if (link.ok()) add(followed, std::move(link).value(), text);
  }
  for (const std::string& text : fetched) {
    Result<LogLink> link = verify_log_link(text, trust);
    if (!link.ok()) return link.error();
    add(followed, std::move(link).value(), text);
  }
  return followed;
}

}  // namespace landfall
