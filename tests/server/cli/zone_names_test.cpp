#include "server/cli/zone_names.h"

#include <doctest/doctest.h>

namespace landfall {
namespace {

TEST_CASE("a zone that is none is answered with what was probably meant") {
  CHECK(nearest_time_zone("Asia/Taipe") == "Asia/Taipei");
  CHECK(nearest_time_zone("taipei") == "Asia/Taipei");
  CHECK(nearest_time_zone("+08:00") == "UTC+08:00");
  CHECK(nearest_time_zone("Nowhere/X").empty());
  CHECK(nearest_time_zone("").empty());
}

}  // namespace
}  // namespace landfall
