// What a tus client sends, for tests of uploads.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_TUS_CLIENT_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_TUS_CLIENT_H_

#include <string>
#include <string_view>

#include "server/http/api.h"
#include "shared/base/bytes.h"
#include "tests/server/support/exchange.h"

namespace landfall {

inline constexpr const char* kParts = "/api/v1/parts";
inline const std::string kVersion = "1.0.0";
inline const std::string kChunk = "application/offset+octet-stream";

std::string base64(std::string_view text);
std::string base64(const Bytes& bytes);

// Upload-Metadata that names the key and the digest of `bytes`.
std::string metadata_of(const std::string& kid, const std::string& bytes);

// Makes an upload of `length` bytes and returns its path.
std::string create(Api& api, std::size_t length, Fields more = {});

Fields patch_headers(std::size_t offset, Fields more = {});

// Checks that HEAD tells `offset`.
void check_offset(Api& api, const std::string& path, std::size_t offset);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_TUS_CLIENT_H_
