// The signed index and the published packages and texts, as bytes to hand out.

#ifndef LANDFALL_SERVER_INTAKE_PUBLISHED_FILES_H_
#define LANDFALL_SERVER_INTAKE_PUBLISHED_FILES_H_

#include <memory>
#include <string>
#include <string_view>

namespace landfall {

// One file and its compressed siblings, empty where there is none.
struct PublishedFile {
  std::string identity;
  std::string brotli;
  std::string gzip;
  std::string sha256;  // of `identity`, hex
};

// Thread rule: any thread; what is published may change between two calls.
class PublishedFiles {
 public:
  virtual ~PublishedFiles() = default;

  // The signed index, a compact JWS. Null when nothing is published.
  [[nodiscard]] virtual std::shared_ptr<const PublishedFile> index() const = 0;

  // The certificates between the agency's root keys, one a line, for whoever does not know the one
  // that signed the index. Null when there are none.
  [[nodiscard]] virtual std::shared_ptr<const PublishedFile> root_certificates() const = 0;

  // The package or texts whose SHA-256 is `digest`. Null when the index's folder has none.
  [[nodiscard]] virtual std::shared_ptr<const PublishedFile> file(
      std::string_view digest) const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_PUBLISHED_FILES_H_
