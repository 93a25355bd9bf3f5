// tus 1.0.0 over ReceiveParts: creation, creation-with-upload, checksum, expiration, termination.

#ifndef LANDFALL_SERVER_HTTP_TUS_H_
#define LANDFALL_SERVER_HTTP_TUS_H_

#include <cstdint>
#include <string_view>

#include "server/http/message.h"
#include "server/intake/receive_parts.h"

namespace landfall {

// The method that counts: X-HTTP-Method-Override when it is there.
// Source: tus 1.0.0, X-HTTP-Method-Override.
[[nodiscard]] std::string effective_upload_method(const HttpRequest& request);

class Tus {
 public:
  // `base_path` is the collection's path, without a slash at its end.
  Tus(ReceiveParts& parts, std::uint64_t max_upload_bytes, std::string_view base_path)
      : parts_(parts), max_upload_bytes_(max_upload_bytes), base_path_(base_path) {}

  [[nodiscard]] HttpResponse options() const;
  [[nodiscard]] HttpResponse create(const HttpRequest& request);

  // HEAD, PATCH or DELETE of the upload `id`, as effective_upload_method() says.
  [[nodiscard]] HttpResponse on_upload(const HttpRequest& request, std::string_view id);

 private:
  [[nodiscard]] HttpResponse head(std::string_view id);
  [[nodiscard]] HttpResponse patch(const HttpRequest& request, std::string_view id);
  [[nodiscard]] HttpResponse remove(std::string_view id);

  ReceiveParts& parts_;
  std::uint64_t max_upload_bytes_;
  std::string_view base_path_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_HTTP_TUS_H_
