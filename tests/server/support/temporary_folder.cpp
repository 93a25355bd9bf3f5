#include "tests/server/support/temporary_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "shared/base/invariant.h"

namespace landfall {

TemporaryFolder::TemporaryFolder() {
  path_ = (std::filesystem::temp_directory_path() / "landfall-test-XXXXXX").string();
  require(mkdtemp(path_.data()) != nullptr, "a temporary folder can be made");
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  std::filesystem::remove_all(path_, error);
}

int count_files(const std::string& folder) {
  int count = 0;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error)) {
    if (entry.is_regular_file()) ++count;
  }
  return count;
}

void save_text(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

}  // namespace landfall
