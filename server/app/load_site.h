// Reads the built portal from a folder into memory.

#ifndef LANDFALL_SERVER_APP_LOAD_SITE_H_
#define LANDFALL_SERVER_APP_LOAD_SITE_H_

#include <optional>
#include <string>

#include <vector>

#include "server/http/static_site.h"

namespace landfall {

// The names, with slashes and in ascending order, of the files that a server of `folder` serves:
// every regular file below it but "x.br" and "x.gz", which are encodings of "x". Symbolic links and
// names that begin with a dot are left out. nullopt when the folder cannot be read.
[[nodiscard]] std::optional<std::vector<std::string>> site_files(const std::string& folder);

// The files of site_files(), with their encodings. nullopt when the folder or a file cannot be
// read, or there is no index.html. An empty `folder` gives an empty site.
[[nodiscard]] std::optional<StaticSite> load_site(const std::string& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_LOAD_SITE_H_
