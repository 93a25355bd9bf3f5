#include "server/intake/new_vaults.h"

#include <algorithm>
#include <utility>

namespace landfall {

NewVaults::NewVaults(std::uint64_t most_per_peer, std::vector<std::string> unbound)
    : most_per_peer_(most_per_peer), unbound_(std::move(unbound)) {}

bool NewVaults::enter(const std::string& peer, Instant now) {
  if (std::find(unbound_.begin(), unbound_.end(), peer) != unbound_.end()) return true;
  const std::lock_guard lock(mutex_);
  const std::int64_t day = now.unix_seconds / 86400;
  if (day != day_) counts_.clear();
  day_ = day;
  std::uint64_t& count = counts_[peer];
  if (count >= most_per_peer_) return false;
  ++count;
  return true;
}

void NewVaults::leave(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  const auto entry = counts_.find(peer);
  // The day may have ended meanwhile, and a peer without a bound is not counted.
  if (entry == counts_.end()) return;
  if (entry->second > 0) --entry->second;
  if (entry->second == 0) counts_.erase(entry);
}

}  // namespace landfall
