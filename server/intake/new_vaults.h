// How many vaults each peer has made today: a bound on what one stranger can fill.

#ifndef LANDFALL_SERVER_INTAKE_NEW_VAULTS_H_
#define LANDFALL_SERVER_INTAKE_NEW_VAULTS_H_

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/intake/clock.h"

namespace landfall {

// Kept in memory for a day in UTC and then forgotten; never stored, never logged. Thread rule: any
// thread.
class NewVaults {
 public:
  // `most_per_peer` binds all peers but `unbound` (proxies in front, and this machine).
  NewVaults(std::uint64_t most_per_peer, std::vector<std::string> unbound);

  // Counts one more vault of `peer`; false, and nothing counted, when it had its share today.
  [[nodiscard]] bool enter(const std::string& peer, Instant now);

  // Takes one back that came to nothing. REQUIRES: enter() was true.
  void leave(const std::string& peer);

 private:
  std::uint64_t most_per_peer_;
  std::vector<std::string> unbound_;
  std::mutex mutex_;
  std::int64_t day_ = 0;
  std::map<std::string, std::uint64_t> counts_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_NEW_VAULTS_H_
