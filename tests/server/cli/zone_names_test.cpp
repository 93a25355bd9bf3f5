#include "server/cli/zone_names.h"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>

#include "shared/xpath/date_time.h"

namespace landfall {
namespace {

TEST_CASE("the zones that are listed are those of the core's table, each of them taken") {
  std::ifstream file(LANDFALL_SOURCE_DIR "/shared/xpath/date_time.cpp");
  const std::string source{std::istreambuf_iterator<char>(file), {}};
  const std::size_t begin = source.find("kZones[] = {");
  REQUIRE(begin != std::string::npos);
  const std::string table = source.substr(begin, source.find("};", begin) - begin);

  std::size_t at = 0;
  for (const std::string_view name : time_zone_names()) {
    CAPTURE(name);
    CHECK(find_time_zone(name).has_value());
    at = table.find("{\"" + std::string(name) + "\"", at + 1);
    REQUIRE(at != std::string::npos);
  }
  CHECK(!time_zone_names().empty());
  CHECK(table.find("{\"", at + 1) == std::string::npos);
}

TEST_CASE("a zone that is none is answered with what was probably meant") {
  CHECK(nearest_time_zone("Asia/Taipe") == "Asia/Taipei");
  CHECK(nearest_time_zone("taipei") == "Asia/Taipei");
  CHECK(nearest_time_zone("+08:00") == "UTC+08:00");
  CHECK(nearest_time_zone("Nowhere/X").empty());
  CHECK(nearest_time_zone("").empty());
}

}  // namespace
}  // namespace landfall
