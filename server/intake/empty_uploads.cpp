#include "server/intake/empty_uploads.h"

#include <algorithm>
#include <map>
#include <utility>

namespace landfall {

std::vector<std::string> EmptyUploads::enter(EmptyUpload upload) {
  const std::lock_guard lock(mutex_);
  const std::string kid = upload.kid;
  oldest_first_.push_back(std::move(upload));
  const auto of_key = static_cast<std::size_t>(
      std::count_if(oldest_first_.begin(), oldest_first_.end(),
                    [&](const EmptyUpload& entry) { return entry.kid == kid; }));
  std::vector<std::string> too_many;
  if (of_key > bounds_.per_key) too_many.push_back(take_oldest_of_key(kid));
  if (oldest_first_.size() > bounds_.in_all) too_many.push_back(take_oldest_of_busiest_peer());
  return too_many;
}

void EmptyUploads::leave(std::string_view id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(oldest_first_, [&](const EmptyUpload& entry) { return entry.id == id; });
}

EmptyUploads::Share EmptyUploads::of_key(std::string_view kid) const {
  const std::lock_guard lock(mutex_);
  Share share;
  for (const EmptyUpload& entry : oldest_first_) {
    if (entry.kid != kid) continue;
    ++share.count;
    share.bytes += entry.length_bytes;
  }
  return share;
}

std::string EmptyUploads::take_oldest_of_key(std::string_view kid) {
  const auto oldest = std::find_if(oldest_first_.begin(), oldest_first_.end(),
                                   [&](const EmptyUpload& entry) { return entry.kid == kid; });
  return take(static_cast<std::size_t>(oldest - oldest_first_.begin()));
}

std::string EmptyUploads::take_oldest_of_busiest_peer() {
  std::map<std::string_view, std::size_t> counts;
  for (const EmptyUpload& entry : oldest_first_) ++counts[entry.peer];
  std::size_t most = 0;
  for (const auto& [peer, count] : counts) most = std::max(most, count);
  const auto oldest =
      std::find_if(oldest_first_.begin(), oldest_first_.end(),
                   [&](const EmptyUpload& entry) { return counts.at(entry.peer) == most; });
  return take(static_cast<std::size_t>(oldest - oldest_first_.begin()));
}

std::string EmptyUploads::take(std::size_t at) {
  const auto entry = oldest_first_.begin() + static_cast<std::ptrdiff_t>(at);
  std::string id = std::move(entry->id);
  oldest_first_.erase(entry);
  return id;
}

}  // namespace landfall
