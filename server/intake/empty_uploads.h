// Uploads that were announced and got no byte yet: who made them, and which has to go first.

#ifndef LANDFALL_SERVER_INTAKE_EMPTY_UPLOADS_H_
#define LANDFALL_SERVER_INTAKE_EMPTY_UPLOADS_H_

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

struct EmptyUpload {
  std::string id;
  std::string kid;   // may be empty
  std::string peer;  // where the request came from; never stored, never logged
  std::uint64_t length_bytes = 0;
};

// Thread rule: any thread.
class EmptyUploads {
 public:
  struct Bounds {
    std::size_t per_key = 0;
    std::size_t in_all = 0;
  };
  explicit EmptyUploads(const Bounds& bounds) : bounds_(bounds) {}

  // Takes `upload` in. Returns the ids that are too many now, no longer listed: the oldest of its
  // key, then the oldest of the peer that has the most. So one peer pushes out its own.
  [[nodiscard]] std::vector<std::string> enter(EmptyUpload upload);

  // Strikes `id` off, when it is there: bytes have come, or it is gone.
  void leave(std::string_view id);

  struct Share {
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;  // announced
  };
  [[nodiscard]] Share of_key(std::string_view kid) const;

 private:
  std::string take_oldest_of_key(std::string_view kid);
  std::string take_oldest_of_busiest_peer();
  std::string take(std::size_t at);

  Bounds bounds_;
  mutable std::mutex mutex_;
  std::vector<EmptyUpload> oldest_first_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_EMPTY_UPLOADS_H_
