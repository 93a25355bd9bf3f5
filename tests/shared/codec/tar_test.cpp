#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/tar.h"

namespace landfall {
namespace {

Bytes two_files() {
  return write_tar({{"manifest.jws", bytes_of("signed")}, {"parts/ab", bytes_of("sealed")}})
      .value();
}

// `archive` with the checksum of its first header made right again.
Bytes with_checksum(Bytes archive) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? 32u : archive[i];
  for (std::size_t i = 6; i-- > 0; sum /= 8) {
    archive[148 + i] = static_cast<std::uint8_t>('0' + sum % 8);
  }
  return archive;
}

Bytes with_text(Bytes archive, std::size_t offset, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    archive[offset + i] = static_cast<std::uint8_t>(text[i]);
  }
  return with_checksum(archive);
}

TEST_CASE("an archive that was written is read back in order") {
  const Bytes archive = two_files();

  const auto entries = parse_tar(archive, 10).value();

  REQUIRE(entries.size() == 2);
  CHECK(entries[0].name == "manifest.jws");
  CHECK(text_of(entries[0].data) == "signed");
  CHECK(entries[1].name == "parts/ab");
  CHECK(text_of(entries[1].data) == "sealed");
}

TEST_CASE("the same files give the same archive, a multiple of 512 bytes") {
  CHECK(two_files() == two_files());
  CHECK(two_files().size() == 6 * 512);
}

TEST_CASE("a header cut anywhere or changed by one bit is refused") {
  const Bytes archive = two_files();
  int count = 0;
  for (std::size_t i = 0; i < archive.size(); i += 61) {
    CHECK_FALSE(parse_tar(ByteView(archive).first(i), 10).ok());
    ++count;
  }
  for (std::size_t i = 0; i < 345; ++i) {
    Bytes changed = archive;
    changed[i] ^= 0x01;
    CHECK_FALSE(parse_tar(changed, 10).ok());
    ++count;
  }
  CHECK(count > 390);
}

TEST_CASE("names that could leave the folder are neither written nor read") {
  int count = 0;
  for (const char* name :
       {"../manifest", "/etc/passwd", "a/../../b", "./a", "a//b", "", "a\\b", "C:a", "a/"}) {
    CHECK_FALSE(write_tar_header(name, 0).ok());
    Bytes renamed = with_text(two_files(), 0, std::string(12, '\0'));
    renamed = with_text(renamed, 0, name);
    CHECK_FALSE(parse_tar(renamed, 10).ok());
    ++count;
  }
  CHECK(count == 9);
}

TEST_CASE("links, folders, extensions and long-name prefixes are refused") {
  int count = 0;
  for (const char* type : {"1", "2", "3", "5", "x", "g", "L"}) {
    const auto entries = parse_tar(with_text(two_files(), 156, type), 10);
    CHECK(entries.error() == Error{ErrorCode::tar_malformed, 156});
    ++count;
  }
  CHECK(parse_tar(with_text(two_files(), 345, "p"), 10).error().offset == 345);
  CHECK(count == 7);
}

TEST_CASE("a size beyond the archive is refused without reading beyond it") {
  const Bytes huge = with_text(two_files(), 124, "77777777777");

  CHECK(parse_tar(huge, 10).error() ==
        Error{ErrorCode::tar_malformed, static_cast<std::uint32_t>(huge.size())});
}

TEST_CASE("two files of one name, too many files and bytes behind the end are refused") {
  const Bytes twice = write_tar({{"a", bytes_of("1")}, {"a", bytes_of("2")}}).value();
  Bytes hidden = two_files();
  hidden.back() = 1;

  CHECK(parse_tar(twice, 10).error() == Error{ErrorCode::tar_malformed, 1024});
  CHECK(parse_tar(two_files(), 1).error().code == ErrorCode::too_large);
  CHECK_FALSE(parse_tar(hidden, 10).ok());
}

TEST_CASE("padding that is not zero is refused, because it could carry something") {
  Bytes archive = two_files();
  archive[512 + 20] = 'x';

  CHECK_FALSE(parse_tar(archive, 10).ok());
}

}  // namespace
}  // namespace landfall
