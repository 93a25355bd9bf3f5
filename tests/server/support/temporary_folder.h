// A folder of a test's own that is gone when the test ends.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_TEMPORARY_FOLDER_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_TEMPORARY_FOLDER_H_

#include <string>

namespace landfall {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// How many regular files lie below `folder`.
[[nodiscard]] int count_files(const std::string& folder);

void save_text(const std::string& path, const std::string& text);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_TEMPORARY_FOLDER_H_
