// Requests and responses as plain values: no sockets, no HTTP library.

#ifndef LANDFALL_SERVER_HTTP_MESSAGE_H_
#define LANDFALL_SERVER_HTTP_MESSAGE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/intake/byte_source.h"
#include "server/intake/stored_bytes.h"

namespace landfall {

// Header fields in order. Names compare without regard to case (RFC 9110 section 5.1).
class HeaderFields {
 public:
  HeaderFields() = default;
  HeaderFields(std::initializer_list<std::pair<std::string, std::string>> fields)
      : fields_(fields) {}

  // The first value of `name`; nullopt when it is absent.
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;
  [[nodiscard]] std::size_t count(std::string_view name) const;

  void add(std::string name, std::string value);
  // Replaces every field of that name.
  void set(std::string_view name, std::string value);

  [[nodiscard]] auto begin() const { return fields_.begin(); }
  [[nodiscard]] auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// `path` is decoded and without the query; `body` is null when the request has none.
struct HttpRequest {
  std::string method;
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;
  HeaderFields headers;
  ByteSource* body = nullptr;
  std::string peer = {};  // where it came from, for fair shares; never stored, never logged

  // The only value of a query parameter; nullopt when it is absent or given twice.
  [[nodiscard]] std::optional<std::string_view> query_value(std::string_view name) const;

  // The media type of Content-Type, lower case, without parameters; empty when absent.
  [[nodiscard]] std::string media_type() const;
};

// `shared_body` serves bytes that others hold too, `stored_body` bytes too many to hold; each is
// used when it is not null.
struct HttpResponse {
  int status = 200;
  HeaderFields headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;
  std::shared_ptr<const StoredBytes> stored_body = nullptr;
  std::string_view route = "none";  // the pattern that matched: a literal, for the log

  [[nodiscard]] std::string_view body_view() const {
    return shared_body != nullptr ? std::string_view(*shared_body) : std::string_view(body);
  }
};

// True when the two differ at most in the case of ASCII letters.
[[nodiscard]] bool equals_ignoring_case(std::string_view a, std::string_view b);

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_MESSAGE_H_
