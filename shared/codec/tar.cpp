#include "shared/codec/tar.h"

#include <algorithm>
#include <cstring>
#include <set>

namespace landfall {
namespace {

// A field of the ustar header.
struct Field {
  std::size_t offset;
  std::size_t size;
};
constexpr Field kName{0, 100};
constexpr Field kMode{100, 8};
constexpr Field kOwner{108, 8};
constexpr Field kGroup{116, 8};
constexpr Field kSize{124, 12};
constexpr Field kTime{136, 12};
constexpr Field kChecksum{148, 8};
constexpr std::size_t kTypeOffset = 156;
constexpr Field kMagic{257, 8};
constexpr Field kPrefix{345, 155};
constexpr std::string_view kUstar("ustar\00000", 8);
constexpr std::uint64_t kMaxSizeBytes = (std::uint64_t{1} << 33) - 1;

Error refused(std::size_t offset) {
  return Error{ErrorCode::tar_malformed, static_cast<std::uint32_t>(offset)};
}

bool is_all_zero(ByteView bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

// Relative, printable ASCII, and no step that a file system could follow out of the folder.
bool is_safe_name(std::string_view name) {
  if (name.empty() || name.size() > kName.size) return false;
  for (std::size_t start = 0; start <= name.size();) {
    const std::size_t end = std::min(name.find('/', start), name.size());
    const std::string_view step = name.substr(start, end - start);
    if (step.empty() || step == "." || step == "..") return false;
    start = end + 1;
  }
  return std::all_of(name.begin(), name.end(),
                     [](char c) { return c > ' ' && c <= '~' && c != '\\' && c != ':'; });
}

// Octal digits, then only NUL and spaces; some writers put spaces in front, too.
std::optional<std::uint64_t> parse_octal(ByteView block, Field field) {
  std::string_view text = text_of(block.subspan(field.offset, field.size));
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::size_t digits = std::min(text.find_first_not_of("01234567"), text.size());
  if (digits == 0) return {};
  if (text.substr(digits).find_first_not_of(std::string_view("\0 ", 2)) != std::string_view::npos) {
    return {};
  }
  std::uint64_t value = 0;
  for (const char c : text.substr(0, digits)) value = value * 8 + static_cast<unsigned>(c - '0');
  return value;
}

void put_octal(Bytes& block, Field field, std::uint64_t value) {
  for (std::size_t i = field.size - 1; i-- > 0;) {
    block[field.offset + i] = static_cast<std::uint8_t>('0' + (value & 7));
    value >>= 3;
  }
}

void put_text(Bytes& block, Field field, std::string_view text) {
  std::copy(text.begin(), text.end(), block.begin() + static_cast<std::ptrdiff_t>(field.offset));
}

// The sum of all bytes with the checksum's own field taken as spaces.
std::uint64_t checksum_of(ByteView block) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < block.size(); ++i) {
    const bool own = i >= kChecksum.offset && i < kChecksum.offset + kChecksum.size;
    sum += own ? std::uint8_t{' '} : block[i];
  }
  return sum;
}

std::size_t padding_after(std::uint64_t size_bytes) {
  return static_cast<std::size_t>((kTarBlockBytes - size_bytes % kTarBlockBytes) % kTarBlockBytes);
}

}  // namespace

std::size_t TarHeader::padding_bytes() const { return padding_after(size_bytes); }

Result<std::optional<TarHeader>> parse_tar_header(ByteView block) {
  if (block.size() != kTarBlockBytes) return refused(block.size());
  if (is_all_zero(block)) return std::optional<TarHeader>();
  if (text_of(block.subspan(kMagic.offset, kMagic.size)) != kUstar) return refused(kMagic.offset);
  if (parse_octal(block, kChecksum) != checksum_of(block)) return refused(kChecksum.offset);
  // '0' is a plain file, NUL its old spelling; everything else could surprise whoever unpacks it.
  const std::uint8_t type = block[kTypeOffset];
  if (type != '0' && type != 0) return refused(kTypeOffset);
  if (block[kPrefix.offset] != 0) return refused(kPrefix.offset);

  TarHeader header;
  const std::string_view name = text_of(block.subspan(kName.offset, kName.size));
  header.name = name.substr(0, name.find('\0'));
  if (!is_safe_name(header.name)) return refused(kName.offset);
  const std::optional<std::uint64_t> size = parse_octal(block, kSize);
  if (!size || *size > kMaxSizeBytes) return refused(kSize.offset);
  header.size_bytes = *size;
  return std::optional<TarHeader>(std::move(header));
}

Result<std::vector<TarEntry>> parse_tar(ByteView archive, std::size_t max_entries) {
  std::vector<TarEntry> entries;
  std::set<std::string_view> names;
  std::size_t at = 0;
  for (;;) {
    if (archive.size() - at < kTarBlockBytes) return refused(at);
    const auto header = parse_tar_header(archive.subspan(at, kTarBlockBytes));
    if (!header.ok()) return refused(at + header.error().offset);
    if (!header.value()) break;
    if (entries.size() == max_entries) {
      return Error{ErrorCode::too_large, static_cast<std::uint32_t>(at)};
    }
    const TarHeader& found = *header.value();
    const std::size_t data_start = at + kTarBlockBytes;
    const std::uint64_t room = archive.size() - data_start;
    if (found.size_bytes > room || found.padding_bytes() > room - found.size_bytes) {
      return refused(archive.size());
    }
    const auto size_bytes = static_cast<std::size_t>(found.size_bytes);
    const ByteView data = archive.subspan(data_start, size_bytes);
    const std::string_view name = text_of(archive.subspan(at, found.name.size()));
    if (!names.insert(name).second) return refused(at);
    at = data_start + size_bytes;
    if (!is_all_zero(archive.subspan(at, found.padding_bytes()))) return refused(at);
    at += found.padding_bytes();
    entries.push_back({name, data});
  }
  // The end mark is two blocks; more zeros may fill the last record, hidden bytes may not.
  const ByteView rest = archive.subspan(at);
  if (rest.size() < 2 * kTarBlockBytes || rest.size() % kTarBlockBytes != 0) {
    return refused(archive.size());
  }
  if (!is_all_zero(rest)) return refused(at);
  return entries;
}

Result<Bytes> write_tar_header(std::string_view name, std::uint64_t size_bytes) {
  if (!is_safe_name(name)) return refused(kName.offset);
  if (size_bytes > kMaxSizeBytes) return refused(kSize.offset);
  Bytes block(kTarBlockBytes, 0);
  put_text(block, kName, name);
  put_octal(block, kMode, 0644);
  put_octal(block, kOwner, 0);
  put_octal(block, kGroup, 0);
  put_octal(block, kSize, size_bytes);
  put_octal(block, kTime, 0);
  block[kTypeOffset] = '0';
  put_text(block, kMagic, kUstar);
  // Six digits, NUL, space: the one field with its own layout.
  put_octal(block, {kChecksum.offset, 7}, checksum_of(block));
  block[kChecksum.offset + 7] = ' ';
  return block;
}

Result<Bytes> write_tar(const std::vector<TarEntry>& entries) {
  Bytes archive;
  for (const TarEntry& entry : entries) {
    const Result<Bytes> header = write_tar_header(entry.name, entry.data.size());
    if (!header.ok()) return header.error();
    append(archive, header.value());
    append(archive, entry.data);
    archive.resize(archive.size() + padding_after(entry.data.size()), 0);
  }
  archive.resize(archive.size() + 2 * kTarBlockBytes, 0);
  return archive;
}

}  // namespace landfall
