#include "shared/form/attachment.h"

#include <algorithm>
#include <utility>

#include "shared/form/picture_header.h"
#include "shared/identity/outcome.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::string_view kUnknown = "application/octet-stream";

struct Signature {
  std::size_t offset;
  std::string_view magic;
  std::string_view media_type;
};

constexpr std::string_view kPngMagic("\x89PNG\r\n\x1a\n", 8);

constexpr Signature kSignatures[] = {
    {0, "\xFF\xD8\xFF", "image/jpeg"},
    {0, kPngMagic, "image/png"},
    {0, "%PDF-", "application/pdf"},
    {0, "GIF87a", "image/gif"},
    {0, "GIF89a", "image/gif"},
    {0, std::string_view("II*\0", 4), "image/tiff"},
    {0, std::string_view("MM\0*", 4), "image/tiff"},
    {0, "BM", "image/bmp"},
    {0, "PK\x03\x04", "application/zip"},
    {0, "MZ", "application/x-msdownload"},
    {4, "ftypavif", "image/avif"},
    {4, "ftypavis", "image/avif"},
    {4, "ftypheic", "image/heic"},
    {4, "ftypheix", "image/heic"},
    {4, "ftyphevc", "image/heic"},
    {4, "ftyphevx", "image/heic"},
    {4, "ftypheim", "image/heic"},
    {4, "ftypheis", "image/heic"},
    {4, "ftypmif1", "image/heic"},
    {4, "ftypmsf1", "image/heic"},
    {4, "ftypM4A ", "audio/mp4"},
    {4, "ftypqt  ", "video/quicktime"},
    {4, "ftyp3g", "video/3gpp"},
    // After every brand with a name of its own: recorders put many others first.
    {4, "ftyp", "video/mp4"},
    {0, "ID3", "audio/mpeg"},
    {0, "\xFF\xFB", "audio/mpeg"},
    {0, "\xFF\xF3", "audio/mpeg"},
    {0, "\xFF\xF2", "audio/mpeg"},
    {0, "OggS", "audio/ogg"},
    {0, "#!AMR", "audio/amr"},
    {0, "\x1A\x45\xDF\xA3", "video/webm"},
};

// The extensions under which a type is known.
struct Extensions {
  std::string_view media_type;
  std::string_view names;  // with spaces around each
};

constexpr Extensions kExtensions[] = {
    {"image/jpeg", " jpg jpeg jpe jfif "},
    {"image/png", " png "},
    {"application/pdf", " pdf "},
    {"image/heic", " heic heif "},
    {"image/webp", " webp "},
    {"image/avif", " avif "},
    {"audio/mp4", " m4a mp4 "},
    {"audio/mpeg", " mp3 "},
    {"audio/ogg", " ogg oga opus "},
    {"audio/wav", " wav "},
    {"audio/amr", " amr "},
    {"video/webm", " webm weba "},
    // The same container holds sound alone, and phones then call it m4a.
    {"video/mp4", " mp4 m4v m4a "},
    {"video/quicktime", " mov qt "},
    {"video/3gpp", " 3gp 3gpp m4a "},
};

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lower(name.substr(dot + 1));
}

bool is_extension_of(std::string_view media_type, const std::string& extension) {
  for (const Extensions& known : kExtensions) {
    if (known.media_type != media_type) continue;
    return known.names.find(" " + extension + " ") != std::string_view::npos;
  }
  return false;
}

std::string joined(const std::vector<std::string>& items) {
  std::string text;
  for (const std::string& item : items) text += text.empty() ? item : ", " + item;
  return text;
}

bool contains(const std::vector<std::string>& items, std::string_view item) {
  return std::find(items.begin(), items.end(), item) != items.end();
}

class AttachmentChecker {
 public:
  AttachmentChecker(const AttachmentRule& rule, const AttachmentFacts& facts)
      : rule_(rule), facts_(facts) {
    verdict_.media_type = std::string(sniff_media_type(facts.head));
  }

  AttachmentVerdict run() {
    if (facts_.size == 0) {
      find(finding_code::file_empty);
      return std::move(verdict_);
    }
    check_size();
    if (check_type()) {
      check_extension();
      if (verdict_.media_type == "application/pdf") {
        check_pdf();
      } else if (verdict_.media_type.compare(0, 6, "image/") == 0) {
        check_picture();
      }
    }
    return std::move(verdict_);
  }

 private:
  void find(std::string_view code, FindingParams params = {}) {
    verdict_.findings.push_back(error_finding(code, params));
  }

  void check_size() {
    if (rule_.max_bytes == 0 || facts_.size <= rule_.max_bytes) return;
    find(finding_code::file_too_large, {{"max", format_size(rule_.max_bytes)},
                                        {"max_bytes", std::to_string(rule_.max_bytes)},
                                        {"size", std::to_string(facts_.size)}});
  }

  bool check_type() {
    if (contains(rule_.media_types, verdict_.media_type)) return true;
    if (verdict_.media_type == "image/heic") {
      find(finding_code::file_type_heic);
    } else if (verdict_.media_type == "image/webp") {
      find(finding_code::file_type_webp);
    } else if (verdict_.media_type == "image/avif") {
      find(finding_code::file_type_avif);
    } else {
      find(finding_code::file_type_not_accepted,
           {{"found", verdict_.media_type}, {"accepted", joined(rule_.extensions)}});
    }
    return false;
  }

  void check_extension() {
    const std::string extension = extension_of(facts_.file_name);
    if (is_extension_of(verdict_.media_type, extension) &&
        (rule_.extensions.empty() || contains(rule_.extensions, extension))) {
      return;
    }
    find(finding_code::file_extension_disagrees,
         {{"extension", extension}, {"found", verdict_.media_type}});
  }

  void check_picture() {
    const bool is_jpeg = verdict_.media_type == "image/jpeg";
    const std::optional<PictureHeader> header =
        is_jpeg ? read_jpeg_header(facts_.head) : read_png_header(facts_.head);
    // Who decoded the picture knows its size better than its header does.
    const bool measured = facts_.width && facts_.height;
    if (!header && !measured) {
      find(finding_code::file_damaged);
      return;
    }
    if (header && header->is_cmyk) find(finding_code::image_cmyk);
    const std::uint32_t width = measured ? *facts_.width : header->width;
    const std::uint32_t height = measured ? *facts_.height : header->height;
    check_pixels(width, height);
  }

  void check_pixels(std::uint32_t width, std::uint32_t height) {
    const std::string w = std::to_string(width);
    const std::string h = std::to_string(height);
    if (width < rule_.min_width || height < rule_.min_height || width == 0 || height == 0) {
      find(finding_code::image_too_few_pixels, {{"min_width", std::to_string(rule_.min_width)},
                                                {"min_height", std::to_string(rule_.min_height)},
                                                {"width", w},
                                                {"height", h}});
    }
    if (rule_.max_side > 0 && std::max(width, height) > rule_.max_side) {
      find(finding_code::image_too_many_pixels,
           {{"max_side", std::to_string(rule_.max_side)}, {"width", w}, {"height", h}});
    }
    if (rule_.aspect_width == 0) return;
    // |w/h − a/b| ≤ t % of a/b, in whole numbers.
    const std::int64_t left = std::int64_t{width} * rule_.aspect_height;
    const std::int64_t right = std::int64_t{height} * rule_.aspect_width;
    const std::int64_t difference = left > right ? left - right : right - left;
    if (difference * 100 > right * rule_.aspect_tolerance_percent) {
      find(finding_code::image_wrong_shape, {{"ratio_width", std::to_string(rule_.aspect_width)},
                                             {"ratio_height", std::to_string(rule_.aspect_height)},
                                             {"width", w},
                                             {"height", h}});
    }
  }

  // A PDF's trailer and page tree are looked at where they lie uncompressed; a compressed one is
  // left for the case office, which can unpack it.
  void check_pdf() {
    const std::string_view head = text_of(facts_.head);
    const std::string_view tail = text_of(facts_.tail);
    if (tail.find("%%EOF") == std::string_view::npos) {
      find(finding_code::file_damaged);
      return;
    }
    if (tail.find("/Encrypt") != std::string_view::npos ||
        head.find("/Encrypt") != std::string_view::npos) {
      find(finding_code::pdf_encrypted);
    }
    const std::uint32_t pages = std::max(most_pages(head), most_pages(tail));
    if (rule_.max_pages > 0 && pages > rule_.max_pages) {
      find(finding_code::pdf_too_many_pages,
           {{"max_pages", std::to_string(rule_.max_pages)}, {"pages", std::to_string(pages)}});
    }
  }

  // The greatest /Count of a page tree node in the bytes; 0 when there is none.
  static std::uint32_t most_pages(std::string_view bytes) {
    constexpr std::string_view kPages = "/Type/Pages";
    constexpr std::string_view kSpacedPages = "/Type /Pages";
    std::uint32_t most = 0;
    for (const std::string_view mark : {kPages, kSpacedPages}) {
      for (std::size_t at = bytes.find(mark); at != std::string_view::npos;
           at = bytes.find(mark, at + 1)) {
        most = std::max(most, count_near(bytes, at));
      }
    }
    return most;
  }

  // "/Count 12" in the dictionary around `at`; its members may come in any order.
  static std::uint32_t count_near(std::string_view bytes, std::size_t at) {
    const std::size_t begin = bytes.rfind("<<", at);
    const std::size_t end = std::min(bytes.find(">>", at), bytes.size());
    if (begin == std::string_view::npos) return 0;
    const std::string_view dictionary = bytes.substr(begin, end - begin);
    std::size_t digit = dictionary.find("/Count");
    if (digit == std::string_view::npos) return 0;
    digit += 6;
    while (digit < dictionary.size() && dictionary[digit] == ' ') ++digit;
    std::uint32_t count = 0;
    while (digit < dictionary.size() && is_ascii_digit(dictionary[digit]) && count < 1000000) {
      count = count * 10 + static_cast<std::uint32_t>(dictionary[digit++] - '0');
    }
    return count;
  }

  const AttachmentRule& rule_;
  const AttachmentFacts& facts_;
  AttachmentVerdict verdict_;
};

}  // namespace

std::string_view sniff_media_type(ByteView head) {
  const std::string_view text = text_of(head);
  for (const Signature& signature : kSignatures) {
    if (text.size() >= signature.offset + signature.magic.size() &&
        text.substr(signature.offset, signature.magic.size()) == signature.magic) {
      return signature.media_type;
    }
  }
  if (text.size() >= 12 && text.substr(0, 4) == "RIFF") {
    if (text.substr(8, 4) == "WEBP") return "image/webp";
    if (text.substr(8, 4) == "WAVE") return "audio/wav";
  }
  return kUnknown;
}

std::string_view usual_extension(std::string_view media_type) {
  for (const Extensions& known : kExtensions) {
    if (known.media_type != media_type) continue;
    const std::string_view names = known.names.substr(1);
    return names.substr(0, names.find(' '));
  }
  return {};
}

std::string format_size(std::uint64_t bytes) {
  if (bytes < 1'000'000) return std::to_string((bytes + 1023) / 1024) + " KB";
  const std::uint64_t tenths = bytes / 100'000;
  const std::string fraction = tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10);
  return std::to_string(tenths / 10) + fraction + " MB";
}

AttachmentVerdict check_attachment(const AttachmentRule& rule, const AttachmentFacts& facts) {
  return AttachmentChecker(rule, facts).run();
}

}  // namespace landfall
