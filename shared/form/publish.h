// Publishing: a package's sources become one canonical file and one text bundle a locale.

#ifndef LANDFALL_SHARED_FORM_PUBLISH_H_
#define LANDFALL_SHARED_FORM_PUBLISH_H_

#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/form/package_sources.h"

namespace landfall {

// SHA-256 as 64 lower-case hex digits. A parameter because this folder holds no cryptography.
using DigestHex = std::string (*)(ByteView);

struct TextBundle {
  std::string locale;
  std::string digest;
  std::string bytes;  // canonical JSON {key: ICU message}
};

struct PublishedPackage {
  std::string form_id;
  std::string version;
  std::string digest;
  std::string bytes;  // canonical JSON, format "landfall-package/1"
  std::vector<TextBundle> texts;
};

// Publishes `sources`: the same sources give the same bytes on every machine.
//
// Errors: package_malformed when lint_package() would find an error (call it for the list), json_*
// with the offset in the offending source.
[[nodiscard]] Result<PublishedPackage> publish_package(const PackageSources& sources,
                                                       DigestHex digest);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PUBLISH_H_
