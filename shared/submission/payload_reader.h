// Reads the members of a signed payload one by one, remembering the first that is wrong.

#ifndef LANDFALL_SHARED_SUBMISSION_PAYLOAD_READER_H_
#define LANDFALL_SHARED_SUBMISSION_PAYLOAD_READER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/codec/json.h"
#include "shared/sealing/keys.h"

namespace landfall {

// A strict object: every member that was asked for, of the right shape, and no other. After a wrong
// one the readers return empty values and ok() stays false, so that a caller reads everything and
// asks once.
class PayloadReader {
 public:
  // `object` must outlive the reader.
  explicit PayloadReader(const Json& object);

  // True when everything read so far was well-formed.
  [[nodiscard]] bool ok() const { return ok_; }

  // True when everything was well-formed and the object has no member besides those read.
  [[nodiscard]] bool complete() const;

  // Text for which `is_good` holds. The views point into the object.
  std::string_view text(std::string_view name, bool (*is_good)(std::string_view));
  std::string_view token(std::string_view name, std::size_t max_bytes);
  // Any UTF-8 text of at most `max_bytes`, empty included.
  std::string_view free_text(std::string_view name, std::size_t max_bytes);
  // 32 bytes in base64url.
  Ed25519PublicKey public_key(std::string_view name);
  bool boolean(std::string_view name);
  std::int64_t integer(std::string_view name, std::int64_t least, std::int64_t most);
  // An integer or null.
  std::optional<std::int64_t> integer_or_null(std::string_view name);

  // The member itself, for lists and objects; null, which holds nothing, when it is none.
  const Json& array(std::string_view name, std::size_t max_items);
  const Json& object(std::string_view name);

  // True when the member is there; it must then be read.
  [[nodiscard]] bool has(std::string_view name) const;

  // Makes ok() false when `good` is not.
  void check(bool good) { ok_ = ok_ && good; }

 private:
  const Json* take(std::string_view name);

  const Json& object_;
  const Json none_;
  std::size_t taken_ = 0;
  bool ok_ = true;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_PAYLOAD_READER_H_
