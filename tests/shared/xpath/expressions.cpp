#include "tests/shared/xpath/expressions.h"

#include <utility>

#include "shared/form/json_nodes.h"
#include "shared/xpath/evaluate.h"

namespace landfall {
namespace {

std::string described(Error error) {
  return "error " + std::string(error_name(error.code)) + " at " + std::to_string(error.offset);
}

// The same bytes in every run.
class CountingEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(++state_ * 2654435761U >> 24);
  }

 private:
  std::uint32_t state_ = 0;
};

struct Evaluated {
  std::string text;
  std::size_t type = 0;
};

Evaluated evaluated(std::string_view source, std::string_view tree, std::string_view zone_name,
                    std::string_view now) {
  Result<Expression> expression = parse_expression(source);
  if (!expression.ok()) return {described(expression.error()), 99};
  const Result<Json> json = parse_json(tree);
  Result<JsonNodes> nodes = JsonNodes::of(json.value());
  nodes.value().bind(expression.value());
  EvaluationContext context{nodes.value(), nodes.value().context_node()};
  CountingEntropy entropy;
  context.entropy = &entropy;
  context.zone = *find_time_zone(zone_name);
  context.now_ms = parse_date_time(now, context.zone)->milliseconds;
  const Result<Value> value = evaluate(expression.value(), context);
  if (!value.ok()) return {described(value.error()), 99};
  return {text_of_value(value.value(), context), value.value().index()};
}

}  // namespace

std::string text_of(std::string_view expression, std::string_view tree, std::string_view zone,
                    std::string_view now) {
  return evaluated(expression, tree, zone, now).text;
}

std::string type_of(std::string_view expression, std::string_view tree) {
  constexpr const char* kTypes[] = {"nodes", "number", "text", "boolean", "date"};
  const Evaluated value = evaluated(expression, tree, "Asia/Taipei", "2026-11-21T12:00:00+08:00");
  return value.type < 5 ? kTypes[value.type] : value.text;
}

std::string problem_of(std::string_view expression) {
  const Result<Expression> parsed = parse_expression(expression);
  if (!parsed.ok()) return described(parsed.error());
  const Result<Done> problem = find_call_problem(parsed.value());
  return problem.ok() ? "none" : described(problem.error());
}

}  // namespace landfall
