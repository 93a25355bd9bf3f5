#include "server/app/connections.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

namespace landfall {

std::string peer_of_address(std::string_view address) {
  const std::string text(address.substr(0, address.find('%')));
  in6_addr parsed{};
  if (inet_pton(AF_INET6, text.c_str(), &parsed) != 1) return text;
  std::array<char, INET6_ADDRSTRLEN> written{};
  if (IN6_IS_ADDR_V4MAPPED(&parsed)) {
    inet_ntop(AF_INET, &parsed.s6_addr[12], written.data(), written.size());
    return written.data();
  }
  if (IN6_IS_ADDR_LOOPBACK(&parsed)) return text;
  std::fill(parsed.s6_addr + 8, parsed.s6_addr + 16, std::uint8_t{0});
  inet_ntop(AF_INET6, &parsed, written.data(), written.size());
  return std::string(written.data()) + "/64";
}

Connections::Connections(std::size_t most_per_peer, const std::vector<std::string>& unbound)
    : most_per_peer_(most_per_peer) {
  for (const std::string& address : unbound) unbound_.push_back(peer_of_address(address));
}

bool Connections::enter(int number, const std::string& peer) {
  const bool is_bound = std::find(unbound_.begin(), unbound_.end(), peer) == unbound_.end();
  const std::lock_guard lock(mutex_);
  const auto known = counts_.find(peer);
  if (is_bound && known != counts_.end() && known->second >= most_per_peer_) return false;
  ++counts_[peer];
  peers_[number] = peer;
  return true;
}

void Connections::leave(int number) {
  const std::lock_guard lock(mutex_);
  const auto entry = peers_.find(number);
  if (entry == peers_.end()) return;
  const auto count = counts_.find(entry->second);
  if (--count->second == 0) counts_.erase(count);
  peers_.erase(entry);
}

void Connections::end_reading() const { shut(SHUT_RD); }

void Connections::end_all() const { shut(SHUT_RDWR); }

void Connections::shut(int how) const {
  const std::lock_guard lock(mutex_);
  for (const auto& [number, peer] : peers_) shutdown(number, how);
}

}  // namespace landfall
