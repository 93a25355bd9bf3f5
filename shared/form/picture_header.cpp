#include "shared/form/picture_header.h"

#include <cstddef>

namespace landfall {
namespace {

std::uint32_t read_u16(ByteView bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at] << 8 | bytes[at + 1]);
}

std::uint32_t read_u32(ByteView bytes, std::size_t at) {
  return read_u16(bytes, at) << 16 | read_u16(bytes, at + 2);
}

// Start-of-frame markers: C0 to CF without DHT, JPG and DAC.
bool is_frame(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

bool has_no_length(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
}

}  // namespace

std::optional<PictureHeader> read_jpeg_header(ByteView head) {
  std::size_t at = 2;
  while (at + 4 <= head.size()) {
    if (head[at] != 0xFF) return std::nullopt;
    const std::uint8_t marker = head[at + 1];
    if (marker == 0xFF || has_no_length(marker)) {
      at += marker == 0xFF ? 1 : 2;
      continue;
    }
    const std::uint32_t length = read_u16(head, at + 2);
    if (length < 2 || marker == 0xD9 || marker == 0xDA) return std::nullopt;
    if (is_frame(marker)) {
      if (length < 8 || at + 10 > head.size()) return std::nullopt;
      const std::uint8_t components = head[at + 9];
      return PictureHeader{read_u16(head, at + 7), read_u16(head, at + 5), components == 4};
    }
    at += 2 + length;
  }
  return std::nullopt;
}

std::optional<PictureHeader> read_png_header(ByteView head) {
  constexpr std::size_t kIhdr = 8;
  if (head.size() < kIhdr + 16) return std::nullopt;
  if (text_of(head.subspan(kIhdr + 4, 4)) != "IHDR") return std::nullopt;
  return PictureHeader{read_u32(head, kIhdr + 8), read_u32(head, kIhdr + 12), false};
}

}  // namespace landfall
