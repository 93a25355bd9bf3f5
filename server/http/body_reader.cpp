#include "server/http/body_reader.h"

namespace landfall {

Result<std::string> read_body(const HttpRequest& request, std::size_t max_bytes) {
  std::string body;
  if (request.body == nullptr) return body;
  if (request.body->declared_bytes().value_or(0) > max_bytes) return Error{ErrorCode::too_large};
  const SourceEnd end = request.body->read([&](ByteView piece) {
    if (piece.size() > max_bytes - body.size()) return false;
    body.append(text_of(piece));
    return true;
  });
  if (end == SourceEnd::complete) return body;
  return end == SourceEnd::refused ? Error{ErrorCode::too_large} : source_error(end);
}

}  // namespace landfall
