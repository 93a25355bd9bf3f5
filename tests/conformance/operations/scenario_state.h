// The state of an imported form, compared with what a scenario recorded of another engine.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SCENARIO_STATE_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SCENARIO_STATE_H_

#include <string>
#include <string_view>

#include "shared/codec/json.h"
#include "shared/form/engine.h"
#include "shared/form/package_sources.h"

namespace landfall::conformance {

// "/data/orx:meta/a[2]" as the engine writes it: "meta/a[2]".
[[nodiscard]] std::string engine_path(std::string_view ref);

class ScenarioState {
 public:
  ScenarioState(const Engine& engine, const PackageSources& sources, const std::string& language);

  // What differs from the recorded state of one node; empty when nothing does.
  [[nodiscard]] std::string compare(const std::string& ref, const Json& wanted) const;
  // The same for the one thing that an upstream test asserts.
  [[nodiscard]] std::string compare_asserted(std::string_view accessor, const std::string& ref,
                                             const Json& expected) const;

 private:
  [[nodiscard]] std::string compare_value(const std::string& path, std::string_view wanted) const;
  [[nodiscard]] std::string compare_count(const std::string& path, const Json& wanted) const;
  [[nodiscard]] std::string compare_choices(const std::string& path, const Json& wanted) const;
  [[nodiscard]] std::string text_of_key(const std::string& key) const;

  const Engine& engine_;
  Json texts_;
};

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_SCENARIO_STATE_H_
