// Runs one script of tests/scenarios; see the folder's README for its steps.

#ifndef LANDFALL_TESTS_SCENARIOS_SCENARIO_H_
#define LANDFALL_TESTS_SCENARIOS_SCENARIO_H_

#include <map>
#include <string>

#include "shared/codec/json.h"
#include "shared/form/state_json.h"

namespace landfall {

// Checks with doctest; every failure names the step, from 1.
class Scenario {
 public:
  explicit Scenario(const Json& script);

  void run();
  [[nodiscard]] int steps() const { return steps_; }

 private:
  void open(const std::string& answers);
  void run_step(const Json& step);
  void apply(const Json& change);
  void refuse(const Json& step);
  void expect(const Json& expectations);
  void expect_member(const std::string& path, const std::string& member, const Json& wanted);
  void expect_mirror();

  const Json& script_;
  std::string package_bytes_;
  std::string as_of_;
  OpenForm form_;
  std::map<std::string, Json> mirror_;
  int steps_ = 0;
};

}  // namespace landfall

#endif  // LANDFALL_TESTS_SCENARIOS_SCENARIO_H_
