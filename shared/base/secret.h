// Bytes that must not outlive their use: move-only, wiped when dropped, never printable.

#ifndef LANDFALL_SHARED_BASE_SECRET_H_
#define LANDFALL_SHARED_BASE_SECRET_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace landfall {

// Overwrites `bytes` with zeros in a way the compiler may not leave out.
void wipe(std::span<std::uint8_t> bytes);

// True when both hold the same bytes; takes the same time wherever they differ.
[[nodiscard]] bool equal_in_constant_time(std::span<const std::uint8_t> a,
                                          std::span<const std::uint8_t> b);

template <std::size_t kSize>
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::span<const std::uint8_t, kSize> bytes) {
    for (std::size_t i = 0; i < kSize; ++i) bytes_[i] = bytes[i];
  }
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) {
      bytes_ = other.bytes_;
      wipe(other.bytes_);
    }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(bytes_); }

  [[nodiscard]] std::span<const std::uint8_t, kSize> view() const { return bytes_; }
  [[nodiscard]] std::span<std::uint8_t, kSize> fill() { return bytes_; }

 private:
  std::array<std::uint8_t, kSize> bytes_{};
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_SECRET_H_
