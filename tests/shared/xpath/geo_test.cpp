#include <doctest/doctest.h>

#include "tests/shared/xpath/expressions.h"

namespace landfall {
namespace {

TEST_CASE("a degree of the equator is as long wherever it begins") {
  CHECK(text_of("distance('0 0;0 1')") == "111318.85");
  CHECK(text_of("distance('0 179.5', '0 -179.5')") == "111318.85");
  CHECK(text_of("distance('25.0330 121.5654')") == "0");
}

TEST_CASE("an area does not depend on where its border begins, nor on which way it runs") {
  CHECK(text_of("area('0 0;0 1;1 1;1 0')") == text_of("area('1 1;0 1;0 0;1 0;1 1')"));
  CHECK(text_of("area('0 0;0 1;1 1;1 0') > 12300000000") == "true");
}

TEST_CASE("what is no place has no distance, no area, and lies nowhere") {
  CHECK(text_of("distance('')") == "NaN");
  CHECK(text_of("distance('0 0;north')") == "NaN");
  CHECK(text_of("area('91 0;0 1;1 1')") == "NaN");
  CHECK(text_of("geofence('', '0 0;0 1;1 1;0 0')") == "false");
}

TEST_CASE("a place lies in a shape that ends where it begins") {
  CHECK(text_of("geofence('25.03 121.56', '25 121;25 122;26 122;26 121;25 121')") == "true");
  CHECK(text_of("geofence('24.99 121.56', '25 121;25 122;26 122;26 121;25 121')") == "false");
  CHECK(text_of("geofence('25.03 121.56', '25 121;25 122;26 122;26 121')") == "false");
}

}  // namespace
}  // namespace landfall
