// How many bytes strangers hold here: counted now and then, kept up in between.

#ifndef LANDFALL_SERVER_INTAKE_PENDING_ROOM_H_
#define LANDFALL_SERVER_INTAKE_PENDING_ROOM_H_

#include <cstdint>
#include <mutex>

namespace landfall {

// Never below what is really there, as long as bytes are added after they were written and
// released before they are removed; too high at times, until the next count.
//
// Thread rule: any thread; one count at a time.
class PendingRoom {
 public:
  void add(std::uint64_t bytes);
  void release(std::uint64_t bytes);

  [[nodiscard]] std::uint64_t bytes() const;

  // Around a count of what is there: what is added meanwhile stays added, what is released
  // meanwhile may have been counted and is not taken off.
  void begin_count();
  void end_count(std::uint64_t counted_bytes);

 private:
  mutable std::mutex mutex_;
  std::uint64_t counted_ = 0;
  std::uint64_t added_ = 0;  // since the last count
  std::uint64_t added_before_count_ = 0;
  std::uint64_t released_ = 0;  // since the last count
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_PENDING_ROOM_H_
