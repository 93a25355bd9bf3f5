// Evaluating an expression at a node.

#ifndef LANDFALL_SHARED_XPATH_EVALUATE_H_
#define LANDFALL_SHARED_XPATH_EVALUATE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/xpath/expression.h"
#include "shared/xpath/node_source.h"
#include "shared/xpath/value.h"

namespace landfall {

inline constexpr std::size_t kMaxEvaluationSteps = 5'000'000;
inline constexpr std::size_t kMaxTextBytes = 1u << 20;  // of any text made on the way

// What an evaluation depends on besides the expression. The references must outlive the call.
struct EvaluationContext {
  const NodeSource& nodes;
  NodeId node = kNoNode;    // where the expression is written: current()
  NodeId focus = kNoNode;   // "." where that is another node, as in a choice filter
  std::int64_t now_ms = 0;  // milliseconds since 1970-01-01T00:00:00Z
  TimeZone zone{};
  ReadObserver* observer = nullptr;
  std::size_t max_steps = kMaxEvaluationSteps;
  // Steps that several evaluations share, counted down by each; null where each has its own.
  std::size_t* pool = nullptr;
  Entropy* entropy = nullptr;  // for uuid(), random() and randomize() without a seed
};

// Evaluates `expression`. Deterministic: the same inputs give the same value in every build.
//
// Errors (offset = byte in the source of the construct at fault):
//   xpath_unknown_function, xpath_arity   a call that is reached and has no meaning
//   xpath_type        a text or number where nodes are needed
//   xpath_unbound     a ${name} that nothing answers to
//   entropy_short     a function that draws lots, in a context without entropy
//   xpath_budget      more steps than max_steps or than the pool has left, or a text of more than
//                     kMaxTextBytes
//   regex_*           a pattern that regex() cannot take
[[nodiscard]] Result<Value> evaluate(const Expression& expression,
                                     const EvaluationContext& context);

// The truth of the value, without making the value. Errors: as above.
[[nodiscard]] Result<bool> evaluate_truth(const Expression& expression,
                                          const EvaluationContext& context);

// The value as XPath's string(), number() and boolean() give it.
[[nodiscard]] std::string text_of_value(const Value& value, const EvaluationContext& context);
[[nodiscard]] double number_of_value(const Value& value, const EvaluationContext& context);
[[nodiscard]] bool truth_of_value(const Value& value, const EvaluationContext& context);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_EVALUATE_H_
