// The files of a portal, one by one, from a folder or from the server that serves it.

#ifndef LANDFALL_SERVER_CLI_SITE_SOURCE_H_
#define LANDFALL_SERVER_CLI_SITE_SOURCE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/cli/outcome.h"
#include "server/http/assets.h"
#include "shared/base/bytes.h"

namespace landfall {

class SiteSource {
 public:
  virtual ~SiteSource() = default;

  // The file at `path` as it comes when `coding` is asked for, decompressed; nothing where there is
  // none, or none in that coding. Compressed bytes that cannot be read come as they are, which no
  // list has. Fails with kExitCouldNot when that cannot be told.
  virtual Outcome<std::optional<Bytes>> read(const std::string& path, ContentCoding coding) = 0;

  // What is there, as far as it can be told. Fails with kExitCouldNot.
  virtual Outcome<std::vector<std::string>> names() = 0;
};

// The portal in `folder`, as `landfall serve --web` would serve it.
[[nodiscard]] std::unique_ptr<SiteSource> site_in_folder(std::string folder);

// The portal at `url`, which ends with a slash or has no path. Its names are those that a browser
// goes to by itself: "" (the entrance), index.html and sw.js.
[[nodiscard]] std::unique_ptr<SiteSource> site_at_url(std::string url);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_SITE_SOURCE_H_
