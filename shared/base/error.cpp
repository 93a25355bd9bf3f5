#include "shared/base/error.h"

#include <cstddef>

namespace landfall {
namespace {

// One after another, which takes a third of the bytes that a view of each would.
constexpr std::string_view kNames =
#define LANDFALL_ERROR(name, http_status) #name " "
#include "shared/base/error_codes.def"
#if !defined(__EMSCRIPTEN__) || \
    defined(LANDFALL_SIDE_MODULE)  // wasm/{vault,trust} compile their own
#include "shared/base/module_error_codes.def"
#endif
#ifndef __EMSCRIPTEN__  // bytes on every phone that none of its calls can answer
#include "shared/base/server_error_codes.def"
#endif
#undef LANDFALL_ERROR
    ;

constexpr std::uint16_t kHttpStatuses[] = {
#define LANDFALL_ERROR(name, http_status) http_status,
#include "shared/base/error_codes.def"
#include "shared/base/module_error_codes.def"
#include "shared/base/server_error_codes.def"
#undef LANDFALL_ERROR
};

}  // namespace

std::string_view error_name(ErrorCode code) {
  std::string_view names = kNames;
  for (auto left = static_cast<std::size_t>(code); left > 0; --left) {
    names.remove_prefix(names.find(' ') + 1);
  }
  return names.substr(0, names.find(' '));
}

int error_http_status(ErrorCode code) { return kHttpStatuses[static_cast<std::size_t>(code)]; }

}  // namespace landfall
