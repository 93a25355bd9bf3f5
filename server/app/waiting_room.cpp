#include "server/app/waiting_room.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "shared/base/invariant.h"

namespace landfall {
namespace {

// How far ahead a request is looked at; longer headers go on in a thread, under a deadline there.
constexpr std::size_t kLookAheadBytes = 32768;
// How exact the deadlines are.
constexpr int kRoundMilliseconds = 250;

enum class Ahead { ended, incomplete, complete };

Ahead look_ahead(int socket) {
  thread_local std::array<char, kLookAheadBytes> buffer;
  const ssize_t got = recv(socket, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
  if (got < 0) {
    return errno == EAGAIN || errno == EINTR ? Ahead::incomplete : Ahead::ended;
  }
  if (got == 0) return Ahead::ended;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(got));
  const bool is_full = bytes.size() == buffer.size();
  return is_full || bytes.find("\r\n\r\n") != std::string_view::npos ? Ahead::complete
                                                                     : Ahead::incomplete;
}

}  // namespace

WaitingRoom::WaitingRoom(const Limits& limits, Receive ready, Receive close)
    : limits_(limits),
      ready_(std::move(ready)),
      close_(std::move(close)),
      poll_(epoll_create1(EPOLL_CLOEXEC)),
      wake_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = wake_.number();
  require(epoll_ctl(poll_.number(), EPOLL_CTL_ADD, wake_.number(), &event) == 0,
          "connections can be waited for");
  thread_ = std::thread([this] { run(); });
}

WaitingRoom::~WaitingRoom() {
  stop();
  thread_.join();
}

void WaitingRoom::enter(const WaitingConnection& connection) {
  const std::lock_guard lock(mutex_);
  if (!is_stopped_ && seats_.size() >= limits_.connections) leave(oldest_of(nullptr), close_);
  // Edge-triggered: each arrival of bytes is looked at once, so a slow sender costs little.
  epoll_event event{};
  event.events = EPOLLIN | EPOLLRDHUP | EPOLLET;
  event.data.fd = connection.socket;
  if (is_stopped_ || epoll_ctl(poll_.number(), EPOLL_CTL_ADD, connection.socket, &event) != 0) {
    close_(connection);
    return;
  }
  seats_[connection.socket] = {connection, next_number_++, Clock::now() + limits_.idle, false};
}

bool WaitingRoom::drop_oldest_of(const std::string& peer) {
  const std::lock_guard lock(mutex_);
  const auto seat = oldest_of(&peer);
  if (seat == seats_.end()) return false;
  leave(seat, close_);
  return true;
}

void WaitingRoom::stop() {
  const std::lock_guard lock(mutex_);
  is_stopped_ = true;
  while (!seats_.empty()) leave(seats_.begin(), close_);
  const std::uint64_t one = 1;
  static_cast<void>(write(wake_.number(), &one, sizeof one) == sizeof one);
}

void WaitingRoom::run() {
  std::array<epoll_event, 256> events;
  for (;;) {
    const int count = epoll_wait(poll_.number(), events.data(), static_cast<int>(events.size()),
                                 kRoundMilliseconds);
    const std::lock_guard lock(mutex_);
    if (is_stopped_) return;
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      look_at(event.data.fd, event.events);
    }
    close_late();
  }
}

void WaitingRoom::look_at(int socket, std::uint32_t events) {
  const auto seat = seats_.find(socket);
  if (seat == seats_.end()) return;
  const Ahead ahead = look_ahead(socket);
  // Nothing more will come: what is there is answered, even when it is not a whole request.
  const bool is_last = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
  if (ahead == Ahead::ended) {
    leave(seat, close_);
  } else if (ahead == Ahead::complete || is_last) {
    leave(seat, ready_);
  } else if (!seat->second.has_bytes) {
    seat->second.has_bytes = true;
    seat->second.deadline = Clock::now() + limits_.headers;
  }
}

void WaitingRoom::close_late() {
  const auto now = Clock::now();
  for (auto seat = seats_.begin(); seat != seats_.end();) {
    const auto current = seat++;
    if (current->second.deadline <= now) leave(current, close_);
  }
}

// `receive` may close the socket, so it leaves the poll before.
void WaitingRoom::leave(Seats::iterator seat, const Receive& receive) {
  const WaitingConnection connection = std::move(seat->second.connection);
  seats_.erase(seat);
  epoll_ctl(poll_.number(), EPOLL_CTL_DEL, connection.socket, nullptr);
  receive(connection);
}

WaitingRoom::Seats::iterator WaitingRoom::oldest_of(const std::string* peer) {
  auto oldest = seats_.end();
  for (auto seat = seats_.begin(); seat != seats_.end(); ++seat) {
    if (peer != nullptr && seat->second.connection.peer != *peer) continue;
    if (oldest == seats_.end() || seat->second.number < oldest->second.number) oldest = seat;
  }
  return oldest;
}

}  // namespace landfall
