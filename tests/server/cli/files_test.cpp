// Files are read within bounds and written whole or not at all.

#include "server/cli/files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "server/cli/output_file.h"
#include "server/cli/terminal.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

// A folder of its own for one test, gone afterwards.
class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "landfall-cli-XXXXXX").string();
    REQUIRE(::mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] std::size_t count() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }

 private:
  fs::path path_;
};

std::string content_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void put(const std::string& path, const std::string& content) {
  std::ofstream(path, std::ios::binary) << content;
}

mode_t mode_of(const std::string& path) {
  struct stat status{};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 0777U;
}

TEST_CASE("a saved file has exactly the bytes given, and nothing else is left in its folder") {
  const Folder folder;
  const std::string content(200'000, 'x');

  Outcome<Done> saved =
      save_file(folder.file("a"), bytes_of(content), Readers::everybody, Existing::replaced);

  CHECK(saved.ok());
  CHECK(content_of(folder.file("a")) == content);
  CHECK(folder.count() == 1);
}

TEST_CASE("a secret is readable by its owner only, whatever the umask") {
  const Folder folder;
  const mode_t before = ::umask(0);

  Outcome<Done> saved =
      save_file(folder.file("key"), bytes_of("s"), Readers::owner_only, Existing::kept);
  ::umask(before);

  CHECK(saved.ok());
  CHECK(mode_of(folder.file("key")) == 0600);
}

TEST_CASE("an existing file is replaced only where that is wanted") {
  const Folder folder;
  put(folder.file("a"), "old");

  Outcome<Done> kept =
      save_file(folder.file("a"), bytes_of("new"), Readers::everybody, Existing::kept);
  const std::string after_kept = content_of(folder.file("a"));
  Outcome<Done> replaced =
      save_file(folder.file("a"), bytes_of("new"), Readers::everybody, Existing::replaced);

  CHECK_FALSE(kept.ok());
  CHECK(after_kept == "old");
  CHECK(replaced.ok());
  CHECK(content_of(folder.file("a")) == "new");
  CHECK(folder.count() == 1);
}

TEST_CASE("a file that is not committed leaves the old content and no trace") {
  const Folder folder;
  put(folder.file("a"), "old");

  {
    Outcome<OutputFile> file =
        OutputFile::open(folder.file("a"), Readers::everybody, Existing::replaced);
    REQUIRE(file.ok());
    CHECK(file.value().write(bytes_of("half of the new")).ok());
  }

  CHECK(content_of(folder.file("a")) == "old");
  CHECK(folder.count() == 1);
}

TEST_CASE("writing through a symbolic link replaces the file behind it") {
  const Folder folder;
  put(folder.file("real"), "old");
  fs::create_symlink(folder.file("real"), folder.file("link"));

  Outcome<Done> saved =
      save_file(folder.file("link"), bytes_of("new"), Readers::everybody, Existing::replaced);

  CHECK(saved.ok());
  CHECK(fs::is_symlink(folder.file("link")));
  CHECK(content_of(folder.file("real")) == "new");
}

TEST_CASE("a path that is no plain file is written to as it is") {
  Outcome<Done> saved =
      save_file("/dev/null", bytes_of("x"), Readers::everybody, Existing::replaced);

  CHECK(saved.ok());
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("a folder and a missing folder cannot be written as a file") {
  const Folder folder;

  CHECK_FALSE(
      save_file(folder.file(""), bytes_of("x"), Readers::everybody, Existing::replaced).ok());
  CHECK_FALSE(
      save_file(folder.file("no/a"), bytes_of("x"), Readers::everybody, Existing::replaced).ok());
}

TEST_CASE("a file is loaded up to its bound and refused beyond it") {
  const Folder folder;
  put(folder.file("a"), std::string(1000, 'x'));

  CHECK(load_file(folder.file("a"), 1000).value().size() == 1000);
  Outcome<Bytes> beyond = load_file(folder.file("a"), 999);
  REQUIRE_FALSE(beyond.ok());
  CHECK(beyond.failure().exit_code == kExitCouldNot);
}

TEST_CASE("an endless input is refused at the bound") {
  CHECK_FALSE(load_file("/dev/zero", 1'000'000).ok());
}

TEST_CASE("an empty file is loaded as no bytes") {
  const Folder folder;
  put(folder.file("a"), "");

  Outcome<Bytes> bytes = load_file(folder.file("a"));

  REQUIRE(bytes.ok());
  CHECK(bytes.value().empty());
}

TEST_CASE("a folder and a missing file cannot be loaded") {
  const Folder folder;

  CHECK_FALSE(load_file(folder.file("")).ok());
  CHECK_FALSE(load_file(folder.file("missing")).ok());
}

TEST_CASE("lines are taken without their ends, blank lines and comments") {
  const std::vector<std::string> lines =
      meaningful_lines("# a comment\r\n\r\n  one \r\ntwo\n\n#three\nfour");

  CHECK(lines == std::vector<std::string>{"one", "two", "four"});
}

TEST_CASE("control characters make content binary, tabs and line ends do not") {
  CHECK_FALSE(looks_binary(bytes_of("陳大文\tCHAN\r\n")));
  CHECK(looks_binary(bytes_of("\x1b[2J")));
  CHECK(looks_binary(bytes_of(std::string_view("a\0b", 3))));
}

TEST_CASE("characters that could deceive a reader of JSON are written as escapes") {
  CHECK(visible_json("{\"name\":\"陳 \xe2\x80\xae gpj.exe\"}") ==
        "{\"name\":\"陳 \\u202e gpj.exe\"}");
  CHECK(visible_json("\"\xc2\x9b"
                     "31m\x7f\"") == "\"\\u009b31m\\u007f\"");
  CHECK(visible_json("\"\xf0\xa0\xae\xb7 é\"") == "\"\xf0\xa0\xae\xb7 é\"");
}

}  // namespace
}  // namespace landfall
