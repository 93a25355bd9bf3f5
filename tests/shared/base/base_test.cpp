#include <doctest/doctest.h>

#include <array>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/error.h"
#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace landfall {
namespace {

TEST_CASE("an error code knows its wire name and its HTTP status") {
  CHECK(error_name(ErrorCode::too_large) == "too_large");
  CHECK(error_http_status(ErrorCode::too_large) == 413);
}

TEST_CASE("no two error codes share a wire name") {
  std::set<std::string_view> names;
  int count = 0;

#define LANDFALL_ERROR(name, http_status) \
  names.insert(#name);                    \
  ++count;
#include "shared/base/error_codes.def"
#include "shared/base/module_error_codes.def"
#include "shared/base/server_error_codes.def"
#undef LANDFALL_ERROR

  CHECK(count > 0);
  CHECK(names.size() == static_cast<std::size_t>(count));
}

TEST_CASE("a result holds either its value or the error that explains its absence") {
  Result<std::string> value = std::string("text");
  Result<std::string> failed = Error{ErrorCode::utf8_invalid, 7};

  CHECK(value.ok());
  CHECK(value.value() == "text");
  CHECK_FALSE(failed.ok());
  CHECK(failed.error() == Error{ErrorCode::utf8_invalid, 7});
}

TEST_CASE("a secret that was moved from holds zeros") {
  std::array<std::uint8_t, 4> bytes{1, 2, 3, 4};
  Secret<4> first{std::span<const std::uint8_t, 4>(bytes)};

  Secret<4> second = std::move(first);

  CHECK(second.view()[3] == 4);
  CHECK(first.view()[3] == 0);  // NOLINT(bugprone-use-after-move): what a move leaves is the point
}

TEST_CASE("equality in constant time compares length and every byte") {
  const Bytes a{1, 2, 3};
  const Bytes b{1, 2, 3};
  const Bytes c{1, 2, 4};
  const Bytes d{1, 2};

  CHECK(equal_in_constant_time(a, b));
  CHECK_FALSE(equal_in_constant_time(a, c));
  CHECK_FALSE(equal_in_constant_time(a, d));
}

}  // namespace
}  // namespace landfall
