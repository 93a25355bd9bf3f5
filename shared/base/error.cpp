#include "shared/base/error.h"

#include <array>
#include <cstddef>

namespace landfall {
namespace {

struct ErrorRow {
  std::string_view name;
  int http_status;
};

constexpr std::array kRows = {
#define LANDFALL_ERROR(name, http_status) ErrorRow{#name, http_status},
#include "shared/base/error_codes.def"
#undef LANDFALL_ERROR
};

const ErrorRow& row_of(ErrorCode code) { return kRows[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view error_name(ErrorCode code) { return row_of(code).name; }

int error_http_status(ErrorCode code) { return row_of(code).http_status; }

}  // namespace landfall
