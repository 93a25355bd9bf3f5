// What the first bytes of a picture say about it, without decoding it.

#ifndef LANDFALL_SHARED_FORM_PICTURE_HEADER_H_
#define LANDFALL_SHARED_FORM_PICTURE_HEADER_H_

#include <cstdint>
#include <optional>

#include "shared/base/bytes.h"

namespace landfall {

struct PictureHeader {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  bool is_cmyk = false;

  bool operator==(const PictureHeader&) const = default;
};

// Reads the frame header of a JPEG; nothing when `head` holds none.
// Source: ITU-T T.81 annex B.
[[nodiscard]] std::optional<PictureHeader> read_jpeg_header(ByteView head);

// Reads the IHDR chunk of a PNG; nothing when `head` holds none.
// Source: PNG specification section 11.2.2.
[[nodiscard]] std::optional<PictureHeader> read_png_header(ByteView head);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PICTURE_HEADER_H_
