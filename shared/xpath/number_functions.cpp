// Functions on numbers.

#include <array>
#include <cmath>
#include <limits>

#include "shared/text/decimal.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

Value call_number(Evaluator& e, const SyntaxNode& call) {
  if (call.count == 0) return e.number_of_node(e.focus().node);
  return e.number_argument(call, 0);
}

Value call_int(Evaluator& e, const SyntaxNode& call) {
  return std::trunc(e.number_argument(call, 0));
}

// Half away from zero on the shortest digits: 2.15 to one place is 2.2, as people round, although
// the double lies below. Places beyond the digits change nothing.
double round_to_places(double value, int places) {
  if (!std::isfinite(value) || value == 0) return value;
  const ShortestDecimal shortest = shortest_decimal(value);
  const int keep = shortest.point + places;  // digits that stay
  const int count = static_cast<int>(shortest.digits.size());
  if (keep >= count) return value;
  if (keep < 0) return 0;
  std::string digits = "0" + shortest.digits.substr(0, static_cast<std::size_t>(keep));
  if (shortest.digits[static_cast<std::size_t>(keep)] >= '5') {
    std::size_t at = digits.size() - 1;
    while (digits[at] == '9') digits[at--] = '0';
    ++digits[at];
  }
  const std::string text = (shortest.negative ? "-" : "") + digits + "e" + std::to_string(-places);
  const Result<double> rounded = parse_decimal(text);
  return rounded.ok() ? rounded.value() : value;
}

Value call_round(Evaluator& e, const SyntaxNode& call) {
  const double value = e.number_argument(call, 0);
  if (call.count == 1) {
    const double floor = std::floor(value);
    return value - floor >= 0.5 ? floor + 1 : floor;
  }
  const double places = e.number_argument(call, 1);
  if (std::isnan(places)) return kNaN;
  return round_to_places(value,
                         static_cast<int>(std::fmin(std::fmax(std::trunc(places), -400), 400)));
}

template <double (*kFunction)(double)>
Value call_math(Evaluator& e, const SyntaxNode& call) {
  return kFunction(e.number_argument(call, 0));
}

double square_root(double x) { return std::sqrt(x); }
double absolute(double x) { return std::fabs(x); }
double floor_of(double x) { return std::floor(x); }
double ceiling_of(double x) { return std::ceil(x); }

Value call_pi(Evaluator&, const SyntaxNode&) { return 3.14159265358979323846; }

// The numbers of every argument; a node-set gives one for each node.
std::vector<double> numbers_of(Evaluator& e, const SyntaxNode& call) {
  std::vector<double> numbers;
  for (std::uint32_t i = 0; i < call.count && !e.failed(); ++i) {
    const Value value = e.argument(call, i);
    if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
      for (const NodeId node : *nodes) numbers.push_back(e.number_of_node(node));
    } else {
      numbers.push_back(e.number_of(value));
    }
  }
  return numbers;
}

Value call_min(Evaluator& e, const SyntaxNode& call) {
  double least = kNaN;
  for (const double number : numbers_of(e, call)) {
    if (std::isnan(number)) return kNaN;
    if (std::isnan(least) || number < least) least = number;
  }
  return least;
}

Value call_max(Evaluator& e, const SyntaxNode& call) {
  double most = kNaN;
  for (const double number : numbers_of(e, call)) {
    if (std::isnan(number)) return kNaN;
    if (std::isnan(most) || number > most) most = number;
  }
  return most;
}

Value call_sum(Evaluator& e, const SyntaxNode& call) {
  double sum = 0;
  for (const NodeId node : e.nodes_argument(call, 0)) sum += e.number_of_node(node);
  return sum;
}

constexpr std::array kFunctions = {
    Function{"number", 0, 1, 0, FunctionInput::node, call_number},
    Function{"int", 1, 1, 0, FunctionInput::nothing, call_int},
    Function{"round", 1, 2, 0, FunctionInput::nothing, call_round},
    Function{"floor", 1, 1, 0, FunctionInput::nothing, call_math<floor_of>},
    Function{"ceiling", 1, 1, 0, FunctionInput::nothing, call_math<ceiling_of>},
    Function{"abs", 1, 1, 0, FunctionInput::nothing, call_math<absolute>},
    Function{"sqrt", 1, 1, 0, FunctionInput::nothing, call_math<square_root>},
    Function{"pi", 0, 0, 0, FunctionInput::nothing, call_pi},
    Function{"min", 1, kAnyNumber, 0, FunctionInput::nothing, call_min},
    Function{"max", 1, kAnyNumber, 0, FunctionInput::nothing, call_max},
    Function{"sum", 1, 1, 1, FunctionInput::nothing, call_sum},
};

}  // namespace

std::span<const Function> number_functions() { return kFunctions; }

}  // namespace landfall
