// Where connections wait for a request without holding a thread: until its headers are there.

#ifndef LANDFALL_SERVER_APP_WAITING_ROOM_H_
#define LANDFALL_SERVER_APP_WAITING_ROOM_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

#include "server/store/file_descriptor.h"

namespace landfall {

// A connection between two requests. The socket is owned by whoever holds this.
struct WaitingConnection {
  int socket = -1;
  std::string peer;
  std::size_t requests_left = 0;
};

// Thread rule: any thread. `ready` and `close` are called from several threads, with a lock held:
// they must not call back.
class WaitingRoom {
 public:
  struct Limits {
    std::chrono::milliseconds idle{};     // without a byte
    std::chrono::milliseconds headers{};  // from the first byte to the end of the headers
    std::size_t connections = 0;          // beyond it the one that waits longest is closed
  };
  using Receive = std::function<void(const WaitingConnection&)>;

  // `ready` takes over a connection whose next request has all its headers, or as much as could be
  // read ahead; `close` one that ended, waited too long, or had to make place.
  WaitingRoom(const Limits& limits, Receive ready, Receive close);
  ~WaitingRoom();
  WaitingRoom(const WaitingRoom&) = delete;
  WaitingRoom& operator=(const WaitingRoom&) = delete;

  // Takes a connection in; after stop(), and when there is no memory for it, it is closed.
  void enter(const WaitingConnection& connection);

  // Closes the connection of `peer` that waits longest; false when none of it waits.
  bool drop_oldest_of(const std::string& peer);

  // Closes all that wait. Nothing is ready after this.
  void stop();

 private:
  using Clock = std::chrono::steady_clock;
  struct Seat {
    WaitingConnection connection;
    std::uint64_t number = 0;  // in order of arrival
    Clock::time_point deadline;
    bool has_bytes = false;
  };
  using Seats = std::map<int, Seat>;

  void run();
  void look_at(int socket, std::uint32_t events);
  void close_late();
  void leave(Seats::iterator seat, const Receive& receive);
  Seats::iterator oldest_of(const std::string* peer);

  Limits limits_;
  Receive ready_;
  Receive close_;
  FileDescriptor poll_;
  FileDescriptor wake_;
  std::mutex mutex_;
  Seats seats_;
  std::uint64_t next_number_ = 0;
  bool is_stopped_ = false;
  std::thread thread_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_WAITING_ROOM_H_
