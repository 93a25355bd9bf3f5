#include "server/http/chunked_body.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {
namespace {

// The next line without its CRLF; nullopt when it is too long or ends in anything else.
std::optional<std::string> read_line(const ReadBytes& read) {
  std::string line;
  char c = 0;
  while (line.size() <= kMaxChunkLineBytes && read(&c, 1) == 1) {
    if (c == '\n') {
      if (line.empty() || line.back() != '\r') return std::nullopt;
      line.pop_back();
      return line;
    }
    if (!line.empty() && line.back() == '\r') return std::nullopt;
    line += c;
  }
  return std::nullopt;
}

std::optional<std::size_t> parse_chunk_size(std::string_view line) {
  const std::string_view digits = line.substr(0, line.find(';'));
  constexpr std::size_t kMaxDigits = 8;
  if (digits.empty() || digits.size() > kMaxDigits || digits[0] == '-') return std::nullopt;
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 16);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return size;
}

SourceEnd read_data(const ReadBytes& read, std::size_t size,
                    const std::function<bool(ByteView)>& receive) {
  Bytes buffer(std::min<std::size_t>(size, std::size_t{64} << 10));
  while (size > 0) {
    const std::ptrdiff_t got =
        read(reinterpret_cast<char*>(buffer.data()), std::min(size, buffer.size()));
    if (got <= 0) return SourceEnd::broken;
    const auto count = static_cast<std::size_t>(got);
    if (!receive({buffer.data(), count})) return SourceEnd::refused;
    size -= count;
  }
  const std::optional<std::string> end = read_line(read);
  return end && end->empty() ? SourceEnd::complete : SourceEnd::broken;
}

SourceEnd pass_over_trailers(const ReadBytes& read) {
  for (int line = 0; line <= kMaxTrailerLines; ++line) {
    const std::optional<std::string> trailer = read_line(read);
    if (!trailer) return SourceEnd::broken;
    if (trailer->empty()) return SourceEnd::complete;
  }
  return SourceEnd::broken;
}

}  // namespace

SourceEnd read_chunked_body(const ReadBytes& read, const std::function<bool(ByteView)>& receive) {
  for (;;) {
    const std::optional<std::string> line = read_line(read);
    const std::optional<std::size_t> size = line ? parse_chunk_size(*line) : std::nullopt;
    if (!size) return SourceEnd::broken;
    if (*size == 0) return pass_over_trailers(read);
    const SourceEnd end = read_data(read, *size, receive);
    if (end != SourceEnd::complete) return end;
  }
}

}  // namespace landfall
