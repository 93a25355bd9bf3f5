#include "tests/scenarios/scenario.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "tests/support/files.h"

namespace landfall {
namespace {

TEST_CASE("every scenario goes as its script says") {
  const std::filesystem::path folder =
      std::filesystem::path(LANDFALL_SOURCE_DIR) / "tests/scenarios";
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  int ran = 0;

  for (const std::filesystem::path& file : files) {
    INFO(file.filename().string());
    const Result<Json> script = parse_json(read_file(file));
    REQUIRE(script.ok());
    Scenario scenario(script.value());
    scenario.run();
    CHECK(scenario.steps() > 0);
    ++ran;
  }

  CHECK(ran == static_cast<int>(files.size()));
  CHECK(ran > 5);
}

}  // namespace
}  // namespace landfall
