#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/entropy.h"
#include "shared/base/invariant.h"
#include "shared/form/json_nodes.h"
#include "shared/text/utf8.h"
#include "shared/xpath/evaluate.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kSteps = 20'000;

constexpr const char* kTree =
    R"({"@node":"/data/m[2]/v","data":{"a":"3","empty":"","day":"2026-11-21","yes":true,)"
    R"("many":"x y z","place":"25.03 121.56 0 0","zone":"Asia/Taipei","名":"臺灣",)"
    R"("m":[{"v":"1","k":"x"},{"v":"2","k":"y","n":[{"w":"5"},{"w":"6"}]},{"v":"3"}]},)"
    R"("@instances":{"post":{"item":[{"name":"TPE","label":"Taipei"},{"name":"RGN"}]}}})";

class CountingEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(++state_ * 2654435761U >> 24);
  }

 private:
  std::uint32_t state_ = 0;
};

JsonNodes& tree() {
  static const Result<Json> json = parse_json(kTree);
  static JsonNodes nodes = JsonNodes::of(json.value()).value();
  return nodes;
}

// The value as a text that tells types and every conversion apart, or the error without its place.
std::string described(const Expression& expression, bool checked) {
  CountingEntropy entropy;
  EvaluationContext context{tree(), tree().context_node()};
  context.zone = *find_time_zone("America/New_York");
  context.now_ms = 1'772'000'000'000;
  context.max_steps = kSteps;
  context.entropy = &entropy;
  const Result<Value> value = evaluate(expression, context);
  if (!value.ok()) {
    const Error error = value.error();
    require(error.offset <= expression.source.size(), "an error lies within the expression");
    require(!checked || (error.code != ErrorCode::xpath_unknown_function &&
                         error.code != ErrorCode::xpath_arity),
            "what was checked calls what exists, with as many arguments as it takes");
    return std::string(error_name(error.code));
  }
  const std::string text = text_of_value(value.value(), context);
  require(text.size() <= 2 * kMaxTextBytes, "a text is bounded");
  const double number = number_of_value(value.value(), context);
  return std::to_string(value.value().index()) + text + "|" + format_xpath_number(number) +
         (truth_of_value(value.value(), context) ? "|true" : "|false");
}

}  // namespace

// Parsing is total, values are the same each time, and brackets around the whole change nothing.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view source = text_of({data, size});
  Result<Expression> expression = parse_expression(source);
  if (!expression.ok()) {
    require(expression.error().offset <= size, "an error lies within the expression");
    return 0;
  }
  require(is_utf8(source), "an expression is well-formed text");
  const Result<Done> problem = find_call_problem(expression.value());
  require(problem.ok() || problem.error().offset <= size, "a problem lies within the expression");

  tree().bind(expression.value());
  const std::string once = described(expression.value(), problem.ok());
  require(once == described(expression.value(), problem.ok()), "a value is the same each time");
  Result<Expression> bracketed = parse_expression("(" + std::string(source) + ")");
  if (!bracketed.ok()) {
    const ErrorCode code = bracketed.error().code;
    require(code == ErrorCode::xpath_too_deep || code == ErrorCode::xpath_too_large,
            "brackets are refused by a limit alone");
    return 0;
  }
  tree().bind(bracketed.value());
  const std::string again = described(bracketed.value(), problem.ok());
  require(once == again || once == "xpath_budget", "brackets change nothing");
  return 0;
}
