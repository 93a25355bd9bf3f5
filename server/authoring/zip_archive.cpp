#include "server/authoring/zip_archive.h"

#include <zip.h>

#include <array>
#include <utility>

namespace landfall {
namespace {

struct PartCloser {
  void operator()(zip_file_t* part) const { zip_fclose(part); }
};

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const { zip_discard(archive); }

std::optional<ZipArchive> ZipArchive::open(ByteView bytes) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr ? nullptr : zip_open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr && source != nullptr) zip_source_free(source);
  zip_error_fini(&error);
  if (archive == nullptr) return std::nullopt;
  ZipArchive opened(archive);
  const zip_int64_t entries = zip_get_num_entries(archive, 0);
  if (entries < 0 || static_cast<std::size_t>(entries) > kMaxZipEntries) return std::nullopt;
  return opened;
}

ZipArchive::Trouble ZipArchive::read(std::string_view name, std::string& to) {
  to.clear();
  const zip_int64_t index =
      zip_name_locate(archive_.get(), std::string(name).c_str(), ZIP_FL_NOCASE);
  if (index < 0) return Trouble::absent;
  const auto place = static_cast<zip_uint64_t>(index);
  zip_stat_t facts;
  zip_stat_init(&facts);
  if (zip_stat_index(archive_.get(), place, 0, &facts) != 0) return Trouble::damaged;
  const bool is_encrypted =
      (facts.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && facts.encryption_method != ZIP_EM_NONE;
  if (is_encrypted) return Trouble::encrypted;
  const std::unique_ptr<zip_file_t, PartCloser> part(zip_fopen_index(archive_.get(), place, 0));
  if (!part) return Trouble::damaged;
  std::array<char, 65536> piece;
  while (true) {
    const zip_int64_t count = zip_fread(part.get(), piece.data(), piece.size());
    if (count < 0) return Trouble::damaged;
    if (count == 0) return Trouble::none;
    total_ += static_cast<std::size_t>(count);
    to.append(piece.data(), static_cast<std::size_t>(count));
    if (to.size() > kMaxZipPartBytes || total_ > kMaxZipTotalBytes) {
      to.clear();
      return Trouble::too_large;
    }
  }
}

}  // namespace landfall
