// Files that tests read: those of the repository, and the vectors beside it.

#ifndef LANDFALL_TESTS_SUPPORT_FILES_H_
#define LANDFALL_TESTS_SUPPORT_FILES_H_

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace landfall {

// The whole file; empty when it cannot be read.
inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

// A file of the repository, by its path from the root.
inline std::string read_source(const std::string& path) {
  return read_file(std::filesystem::path(LANDFALL_SOURCE_DIR) / path);
}

// The folder of vectors: LANDFALL_VECTORS, or ../shared/vectors beside the repository.
inline std::filesystem::path vectors_folder() {
  const char* given = std::getenv("LANDFALL_VECTORS");
  if (given != nullptr) return given;
  return std::filesystem::path(LANDFALL_SOURCE_DIR) / "../shared/vectors";
}

}  // namespace landfall

#endif  // LANDFALL_TESTS_SUPPORT_FILES_H_
