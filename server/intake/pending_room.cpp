#include "server/intake/pending_room.h"

namespace landfall {

void PendingRoom::add(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  added_ += bytes;
}

void PendingRoom::release(std::uint64_t bytes) {
  const std::lock_guard lock(mutex_);
  released_ += bytes;
}

std::uint64_t PendingRoom::bytes() const {
  const std::lock_guard lock(mutex_);
  const std::uint64_t held = counted_ + added_;
  return held > released_ ? held - released_ : 0;
}

void PendingRoom::begin_count() {
  const std::lock_guard lock(mutex_);
  added_before_count_ = added_;
}

void PendingRoom::end_count(std::uint64_t counted_bytes) {
  const std::lock_guard lock(mutex_);
  counted_ = counted_bytes;
  added_ -= added_before_count_;
  added_before_count_ = 0;
  released_ = 0;
}

}  // namespace landfall
