// Files served as they are: precompressed, with validators, in the encoding the client takes.

#ifndef LANDFALL_SERVER_HTTP_ASSETS_H_
#define LANDFALL_SERVER_HTTP_ASSETS_H_

#include <memory>
#include <string>
#include <string_view>

#include "server/http/message.h"

namespace landfall {

// One file and its compressed siblings, null where there is none.
struct Asset {
  std::shared_ptr<const std::string> identity;
  std::shared_ptr<const std::string> brotli;
  std::shared_ptr<const std::string> gzip;
  std::string content_type;
  std::string etag;  // a token without quotes, the same for all encodings
  std::string cache_control;
};

enum class ContentCoding { identity, gzip, brotli };

// True when `accept_encoding` (the header's value; empty when absent) takes `coding`: named or by
// "*", and not with q=0. Source: RFC 9110 section 12.5.3.
[[nodiscard]] bool accepts_coding(std::string_view accept_encoding, ContentCoding coding);

// True when `if_none_match` (the header's value; empty when absent) is "*" or names `etag`, which
// is without quotes. The comparison is the weak one. Source: RFC 9110 section 13.1.2.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag);

// The answer to a GET or HEAD of `asset`: 304 when If-None-Match names it, else the best encoding
// the client takes. Both carry the same headers but for Content-Encoding, which is only with the
// bytes that have it. Ranges are not offered. The asset's strings are shared, not copied.
[[nodiscard]] HttpResponse serve_asset(const Asset& asset, const HttpRequest& request);

// The Content-Type of a file by its name's ending.
[[nodiscard]] std::string_view media_type_of(std::string_view file_name);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_ASSETS_H_
