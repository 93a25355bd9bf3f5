// What an operation could not do: a code and a place, and nothing the person typed.

#ifndef LANDFALL_SHARED_BASE_ERROR_H_
#define LANDFALL_SHARED_BASE_ERROR_H_

#include <cstdint>
#include <string_view>

namespace landfall {

enum class ErrorCode : std::uint16_t {
#define LANDFALL_ERROR(name, http_status) name,
#include "shared/base/error_codes.def"
#include "shared/base/module_error_codes.def"
#include "shared/base/server_error_codes.def"
#undef LANDFALL_ERROR
};

// Holds no user text, so it may be logged and sent. `offset` is a byte position in the input where
// the code's documentation says so, and 0 otherwise.
struct Error {
  ErrorCode code = ErrorCode::internal;
  std::uint32_t offset = 0;

  bool operator==(const Error&) const = default;
};

// The wire name of `code`, as its list has it.
[[nodiscard]] std::string_view error_name(ErrorCode code);

// The HTTP status that goes with `code`.
[[nodiscard]] int error_http_status(ErrorCode code);

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_ERROR_H_
