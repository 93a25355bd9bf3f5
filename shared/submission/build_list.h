// The signed list of a build: what each file of the portal must be, in the agency's word.

#ifndef LANDFALL_SHARED_SUBMISSION_BUILD_LIST_H_
#define LANDFALL_SHARED_SUBMISSION_BUILD_LIST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

// Where the list lies in the folder that it lists, and on the server that serves it.
inline constexpr std::string_view kBuildListName = "build.jws";

inline constexpr std::size_t kMaxBuildFiles = 10000;
inline constexpr std::int64_t kMaxBuildFileBytes = std::int64_t{64} << 20;

// One file: its path below the site's root, without a leading slash; size and SHA-256 (lower-case
// hexadecimal) of its bytes before any compression.
struct BuildFile {
  std::string path;
  std::uint64_t size = 0;
  std::string sha256;

  bool operator==(const BuildFile&) const = default;
};

// The payload of a `landfall-build`; `files` in ascending order of their paths, each once.
struct BuildList {
  std::string aud;
  std::string issued;
  bool development = false;
  std::vector<BuildFile> files;

  bool operator==(const BuildList&) const = default;
};

// True for a path that a list may hold: steps of A-Z a-z 0-9 . _ - + :, none of them empty, "." or
// "..", at most 300 bytes in all.
[[nodiscard]] bool is_site_path(std::string_view path);

// Signs a list with the agency's root key.
//
// Errors:
//   json_shape   a field verify_build_list would refuse
[[nodiscard]] Result<std::string> sign_build_list(const BuildList& list, const SigningKey& root);

// Verifies a list. `audience` absent takes any.
//
// Errors:
//   json_shape   a field of another shape, no file, or files out of order
//   and those of parse_document and check_document
[[nodiscard]] Result<BuildList> verify_build_list(std::string_view text,
                                                  const Ed25519PublicKey& root,
                                                  std::optional<std::string_view> audience);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_BUILD_LIST_H_
