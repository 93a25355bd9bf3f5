// The connections that are open: who has how many, and how to end them all.

#ifndef LANDFALL_SERVER_APP_CONNECTIONS_H_
#define LANDFALL_SERVER_APP_CONNECTIONS_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// What counts as one peer: an IPv4 address, also when mapped into IPv6; of IPv6 the first 64 bits,
// because whoever has one address there has them all. Other text is returned as it is.
[[nodiscard]] std::string peer_of_address(std::string_view address);

// Thread rule: any thread.
class Connections {
 public:
  // `most_per_peer` binds all peers but `unbound` (addresses of proxies in front, and our own).
  Connections(std::size_t most_per_peer, const std::vector<std::string>& unbound);

  // Takes the connection `number` (of its socket) in; false when its peer has too many.
  [[nodiscard]] bool enter(int number, const std::string& peer);

  // Strikes it off. REQUIRES: enter() was true, and the socket is not closed yet.
  void leave(int number);

  // Shuts every connection down for reading, or for both ways: whoever waits for bytes goes on.
  void end_reading() const;
  void end_all() const;

 private:
  void shut(int how) const;

  std::size_t most_per_peer_;
  std::vector<std::string> unbound_;
  mutable std::mutex mutex_;
  std::map<int, std::string> peers_;
  std::map<std::string, std::size_t> counts_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_CONNECTIONS_H_
