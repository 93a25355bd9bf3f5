// ZipArchive: reads parts of a ZIP archive in memory, within bounds.

#ifndef LANDFALL_SERVER_AUTHORING_ZIP_ARCHIVE_H_
#define LANDFALL_SERVER_AUTHORING_ZIP_ARCHIVE_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"

struct zip;

namespace landfall {

inline constexpr std::size_t kMaxZipEntries = 5000;
inline constexpr std::size_t kMaxZipPartBytes = std::size_t{64} << 20;    // one part, unpacked
inline constexpr std::size_t kMaxZipTotalBytes = std::size_t{160} << 20;  // all parts read

// Nothing is ever written to disk: a part's name is only looked up, so it leads nowhere.
class ZipArchive {
 public:
  enum class Trouble { none, absent, encrypted, too_large, damaged };

  // Opens `bytes`, which must outlive the archive. Nothing when they are no ZIP archive, or one of
  // more than kMaxZipEntries entries.
  [[nodiscard]] static std::optional<ZipArchive> open(ByteView bytes);

  // Unpacks the part `name` (letters in any case). The bounds count what comes out, whatever the
  // archive's directory says.
  [[nodiscard]] Trouble read(std::string_view name, std::string& to);

 private:
  struct Closer {
    void operator()(zip* archive) const;
  };
  explicit ZipArchive(zip* archive) : archive_(archive) {}

  std::unique_ptr<zip, Closer> archive_;
  std::size_t total_ = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_AUTHORING_ZIP_ARCHIVE_H_
