// Form packages on disk: source folders with their texts, and published files.

#ifndef LANDFALL_SERVER_CLI_PACKAGE_FOLDER_H_
#define LANDFALL_SERVER_CLI_PACKAGE_FOLDER_H_

#include <string>

#include "server/cli/outcome.h"
#include "shared/base/bytes.h"
#include "shared/form/package_sources.h"
#include "shared/form/publish.h"

namespace landfall {

// The sources in `folder` (form.json, documents.json, workflow.json, fees.json; the last three
// may be missing) and the texts of every locale under `texts_folder` that has forms/<form-id>.json.
// An empty `texts_folder` means the i18n folder of the nearest folder above that has one.
//
// Fails with kExitCouldNot: unreadable.
[[nodiscard]] Outcome<PackageSources> load_package_sources(const std::string& folder,
                                                           const std::string& texts_folder);

// The published form of the package at `path`: a source folder is published, a file is taken as
// it is.
//
// Fails with kExitCouldNot: unreadable, or sources that lint finds fault with.
[[nodiscard]] Outcome<Bytes> load_package(const std::string& path, const std::string& texts_folder);

// SHA-256 of `bytes` in hex, as publish_package() wants it.
[[nodiscard]] std::string sha256_hex(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_PACKAGE_FOLDER_H_
