// Whether a file may be attached: its type by content, its size, its pixels, its pages.

#ifndef LANDFALL_SHARED_FORM_ATTACHMENT_H_
#define LANDFALL_SHARED_FORM_ATTACHMENT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/finding.h"

namespace landfall {

// A rule of documents.json (P1, D1 …). Zero and empty mean: no such limit.
struct AttachmentRule {
  std::string name;
  std::vector<std::string> media_types;
  std::vector<std::string> extensions;  // lower-case, no dot
  std::uint64_t max_bytes = 0;
  std::uint32_t max_files = 1;
  std::uint32_t min_width = 0;
  std::uint32_t min_height = 0;
  std::uint32_t max_side = 0;
  std::uint32_t aspect_width = 0;  // wanted ratio, e.g. 7:9
  std::uint32_t aspect_height = 0;
  std::uint32_t aspect_tolerance_percent = 0;
  std::uint32_t max_pages = 0;  // of a PDF
};

// What the caller knows about a file. `head` and `tail` are its first and last bytes.
struct AttachmentFacts {
  std::string_view file_name;
  std::uint64_t size = 0;
  std::optional<std::uint32_t> width;  // measured by the decoder; else read from the head
  std::optional<std::uint32_t> height;
  ByteView head;
  ByteView tail;
};

struct AttachmentVerdict {
  std::string media_type;  // by content; "application/octet-stream" when not recognised
  std::vector<Finding> findings;
};

// The media type that the first bytes of a file show, by magic number: JPEG, PNG, PDF, HEIC, AVIF,
// WebP, GIF, TIFF, BMP, ZIP, Windows executable, and what phones record (MP4, QuickTime, 3GPP,
// WebM, MP3, Ogg, WAV, AMR); "application/octet-stream" for anything else. A container that may
// hold sound or film counts as film unless it says otherwise. Source: domain.md 3.0.2 ("type is
// decided by content"), the formats' own signatures.
[[nodiscard]] std::string_view sniff_media_type(ByteView head);

// The extension, without a dot, under which files of `media_type` are usually kept; empty for a
// type that sniff_media_type() does not give or that no rule can accept.
[[nodiscard]] std::string_view usual_extension(std::string_view media_type);

// A limit for people to read: "512 KB", "2 MB", "1.5 MB".
[[nodiscard]] std::string format_size(std::uint64_t bytes);

// Checks a file against `rule`.
//
// Findings: file_empty · file_too_large {max, max_bytes, size} · file_type_heic, file_type_webp,
// file_type_avif (the page converts these) · file_type_not_accepted {found, accepted} ·
// file_extension_disagrees {extension, found} · file_damaged (a picture's header or a PDF's end
// cannot be read) · image_too_few_pixels {min_width, min_height, width, height} ·
// image_too_many_pixels {max_side, width, height} · image_wrong_shape {…} · image_cmyk ·
// pdf_encrypted · pdf_too_many_pages {max_pages, pages}.
[[nodiscard]] AttachmentVerdict check_attachment(const AttachmentRule& rule,
                                                 const AttachmentFacts& facts);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ATTACHMENT_H_
