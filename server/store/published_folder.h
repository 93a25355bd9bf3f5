// The folder that `landfall package sign` writes: the signed index, packages and texts.

#ifndef LANDFALL_SERVER_STORE_PUBLISHED_FOLDER_H_
#define LANDFALL_SERVER_STORE_PUBLISHED_FOLDER_H_

#include <memory>
#include <mutex>
#include <string>

#include "server/intake/clock.h"
#include "server/intake/form_catalog.h"
#include "server/intake/published_files.h"
#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

// Index and files are read into memory and believed only with the agency's signature and their own
// digests. The index may be by a root that the one given here has handed over to, as the folder's
// agency.certs proves.
class PublishedFolder final : public FormCatalog, public PublishedFiles {
 public:
  // `clock` tells which fees are in force, and must outlive this.
  PublishedFolder(std::string folder, const Ed25519PublicKey& root, std::string audience,
                  const Clock& clock);
  ~PublishedFolder() override;

  // Reads the folder if its index or its certificates have changed since the last time. What was
  // published before stays in use when this fails.
  //
  // Errors:
  //   not_found            there is no index
  //   packages_unusable    a file it names is missing, damaged or another one
  //   index_malformed, index_not_genuine
  Result<Done> refresh();

  // True when the index in use declares the key `kid` invalid.
  [[nodiscard]] bool revokes(std::string_view kid) const;

  [[nodiscard]] bool is_published(std::string_view form_id, std::string_view version,
                                  std::string_view digest) const override;
  [[nodiscard]] std::optional<std::int64_t> fee_twd(std::string_view digest,
                                                    std::string_view fee_code) const override;
  [[nodiscard]] int case_kind(std::string_view form_id) const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> index() const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> root_certificates() const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> file(std::string_view digest) const override;

 private:
  struct Content;
  [[nodiscard]] std::shared_ptr<const Content> content() const;
  [[nodiscard]] Result<std::shared_ptr<const Content>> load(std::string index_text,
                                                            std::string certificates) const;

  std::string folder_;
  Ed25519PublicKey root_;
  std::string audience_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Content> content_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_STORE_PUBLISHED_FOLDER_H_
