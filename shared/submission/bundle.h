// The hand-carried submission: one tar with the manifest first and then its parts.

#ifndef LANDFALL_SHARED_SUBMISSION_BUNDLE_H_
#define LANDFALL_SHARED_SUBMISSION_BUNDLE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/submission/manifest.h"

namespace landfall {

inline constexpr std::string_view kBundleManifestName = "manifest.jws";

// One part of a bundle, pointing into the archive.
struct BundlePart {
  std::string_view sha256;
  ByteView bytes;
};

struct Bundle {
  std::string_view manifest;
  std::vector<BundlePart> parts;
};

// The name of a part inside a bundle: "parts/<sha256>".
[[nodiscard]] std::string bundle_part_name(std::string_view sha256);

// The digest in a part's name; nothing for any other name.
[[nodiscard]] std::optional<std::string_view> parse_bundle_part_name(std::string_view name);

// Writes a bundle.
//
// Errors: those of write_tar.
[[nodiscard]] Result<Bytes> write_bundle(std::string_view manifest,
                                         std::span<const ByteView> parts);

// Reads a bundle: manifest.jws first, then parts whose digests are their names.
//
// Errors:
//   bundle_malformed       another file, order or name
//   part_digest_mismatch    a part whose bytes have another digest
//   and those of parse_tar
[[nodiscard]] Result<Bundle> parse_bundle(ByteView archive);

// Checks that a bundle's parts are the manifest's, all of them and no other.
//
// Errors:
//   part_not_in_manifest, part_size_mismatch   as find_part
//   parts_missing                    a listed part is not there
[[nodiscard]] Result<Done> check_bundle(const Bundle& bundle, const Manifest& manifest);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_BUNDLE_H_
