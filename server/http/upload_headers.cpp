#include "server/http/upload_headers.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "server/http/limits.h"
#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

bool is_metadata_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(),
                                     [](char c) { return c > ' ' && c < 0x7f && c != ','; });
}

bool is_thumbprint(std::string_view text) {
  const Result<Bytes> bytes = parse_base64url(text);
  return bytes.ok() && bytes.value().size() == 32;
}

}  // namespace

Result<std::uint64_t> parse_byte_count(std::string_view text) {
  std::int64_t value = 0;
  const char* end = text.data() + text.size();
  const bool is_digits = !text.empty() && text[0] >= '0' && text[0] <= '9';
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (!is_digits || error != std::errc() || stop != end) return Error{ErrorCode::header_malformed};
  return static_cast<std::uint64_t>(value);
}

Result<UploadMetadata> parse_upload_metadata(std::string_view text) {
  constexpr Error kMalformed{ErrorCode::upload_metadata_malformed};
  if (text.size() > kMaxUploadMetadataBytes) return kMalformed;
  UploadMetadata metadata;
  std::set<std::string_view> seen;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view pair = text.substr(0, comma);
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    // Clients write ", " as often as ",", and the example in the protocol has no space.
    while (!pair.empty() && pair.front() == ' ') pair.remove_prefix(1);
    const std::size_t space = pair.find(' ');
    const std::string_view key = pair.substr(0, space);
    const std::string_view encoded =
        space == std::string_view::npos ? std::string_view() : pair.substr(space + 1);
    const Result<Bytes> value = parse_base64(encoded, Base64Padding::required);
    if (!is_metadata_key(key) || !seen.insert(key).second || !value.ok()) return kMalformed;
    if (key == "kid") metadata.kid = text_of(value.value());
    if (key == "sha256") metadata.sha256 = text_of(value.value());
  }
  if (!metadata.kid.empty() && !is_thumbprint(metadata.kid)) return kMalformed;
  if (!metadata.sha256.empty() && !is_sha256_hex(metadata.sha256)) return kMalformed;
  return metadata;
}

Result<UploadChunk::Checksum> parse_upload_checksum(std::string_view text) {
  constexpr Error kMalformed{ErrorCode::upload_checksum_malformed};
  if (text.size() > kMaxUploadChecksumBytes) return kMalformed;
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return kMalformed;
  const std::string_view algorithm = text.substr(0, space);
  Result<Bytes> value = parse_base64(text.substr(space + 1), Base64Padding::required);
  if (!value.ok()) return kMalformed;
  UploadChunk::Checksum checksum{DigestKind::sha256, std::move(value).value()};
  if (algorithm == "sha1") {
    checksum.kind = DigestKind::sha1;
  } else if (algorithm != "sha256") {
    return kMalformed;
  }
  const std::size_t wanted = checksum.kind == DigestKind::sha256 ? 32 : 20;
  if (checksum.value.size() != wanted) return kMalformed;
  return checksum;
}

}  // namespace landfall
