#include "tests/server/support/tus_client.h"

#include "server/intake/digest.h"
#include "shared/codec/base64.h"

namespace landfall {

std::string base64(std::string_view text) {
  return format_base64(bytes_of(text), Base64Padding::required);
}

std::string base64(const Bytes& bytes) { return format_base64(bytes, Base64Padding::required); }

std::string metadata_of(const std::string& kid, const std::string& bytes) {
  return "kid " + base64(kid) + ",sha256 " + base64(sha256_hex_of(bytes_of(bytes)));
}

std::string create(Api& api, std::size_t length, Fields more) {
  Fields headers = {{"Tus-Resumable", kVersion}, {"Upload-Length", std::to_string(length)}};
  headers.insert(headers.end(), more.begin(), more.end());
  const Exchange exchange{"POST", kParts, headers, std::nullopt, 201, {{"Upload-Offset", "0"}}, ""};
  return header_of(exchange.run(api), "Location");
}

Fields patch_headers(std::size_t offset, Fields more) {
  Fields headers = {{"Tus-Resumable", kVersion},
                    {"Content-Type", kChunk},
                    {"Upload-Offset", std::to_string(offset)}};
  headers.insert(headers.end(), more.begin(), more.end());
  return headers;
}

void check_offset(Api& api, const std::string& path, std::size_t offset) {
  Exchange{"HEAD",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           200,
           {{"Upload-Offset", std::to_string(offset)}, {"Cache-Control", "no-store"}},
           ""}
      .run(api);
}

}  // namespace landfall
