// Functions that compute() answers: numbers beyond arithmetic, places, digests, base64.

#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

#include "shared/functions/compute.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

void append_number(std::string& arguments, double value) {
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  arguments.append(bytes, sizeof(value));
}

// Nothing once the evaluation has failed, be it because nobody is there to answer.
std::optional<std::string> computed(Evaluator& e, const SyntaxNode& call, Computation what,
                                    std::string_view arguments) {
  if (e.failed()) return std::nullopt;
  std::optional<std::string> answer = compute(what, arguments);
  if (!answer) e.fail(ErrorCode::functions_needed, call);
  return answer;
}

double computed_number(Evaluator& e, const SyntaxNode& call, Computation what,
                       std::string_view arguments) {
  const std::optional<std::string> answer = computed(e, call, what, arguments);
  double value = kNaN;
  if (answer && answer->size() == sizeof(value)) std::memcpy(&value, answer->data(), sizeof(value));
  return value;
}

template <Computation kWhat>
Value call_numbers(Evaluator& e, const SyntaxNode& call) {
  std::string arguments;
  for (std::uint32_t i = 0; i < call.count; ++i)
    append_number(arguments, e.number_argument(call, i));
  return computed_number(e, call, kWhat, arguments);
}

// The places of all arguments; each node of a node-set adds its own.
template <Computation kWhat>
Value call_places(Evaluator& e, const SyntaxNode& call) {
  std::string places;
  for (std::uint32_t i = 0; i < call.count && !e.failed(); ++i) {
    const Value value = e.argument(call, i);
    if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
      for (const NodeId node : *nodes) places += e.text_of_node(node) + ";";
    } else {
      places += e.text_of(value) + ";";
    }
  }
  if (!e.spend(places.size() / 16)) return kNaN;
  return computed_number(e, call, kWhat, places);
}

// geofence(place, shape)
Value call_geofence(Evaluator& e, const SyntaxNode& call) {
  const std::string place = e.text_argument(call, 0);
  const std::string shape = e.text_argument(call, 1);
  if (!e.spend(shape.size() / 16)) return false;
  std::string arguments;
  append_number(arguments, static_cast<double>(place.size()));
  return computed_number(e, call, Computation::geofence, arguments + place + shape) == 1;
}

// digest(text, algorithm, encoding): in base64 unless "hex" is asked for.
Value call_digest(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::optional<DigestKind> kind = find_digest(e.text_argument(call, 1));
  const std::string encoding = call.count > 2 ? e.text_argument(call, 2) : "base64";
  if (!kind || (encoding != "hex" && encoding != "base64")) {
    e.fail(ErrorCode::xpath_type, e.syntax_of_argument(call, kind ? 2 : 1));
    return std::string();
  }
  if (!e.spend(text.size() / 8)) return std::string();
  return digest_in(e, call, *kind, encoding == "hex" ? DigestForm::hexadecimal : DigestForm::base64,
                   text);
}

// Empty when the text is no base64.
Value call_base64_decode(Evaluator& e, const SyntaxNode& call) {
  return computed(e, call, Computation::base64_decode, e.text_argument(call, 0))
      .value_or(std::string());
}

constexpr Function computed_function(std::string_view name, std::uint8_t least, std::uint8_t most,
                                     Value (*body)(Evaluator&, const SyntaxNode&)) {
  return {name, least, most, 0, FunctionInput::nothing, body, false, false, kFunctionsModule};
}

constexpr std::array kFunctions = {
    computed_function("log", 1, 1, call_numbers<Computation::log>),
    computed_function("log10", 1, 1, call_numbers<Computation::log10>),
    computed_function("exp", 1, 1, call_numbers<Computation::exp>),
    computed_function("exp10", 1, 1, call_numbers<Computation::exp10>),
    computed_function("sin", 1, 1, call_numbers<Computation::sin>),
    computed_function("cos", 1, 1, call_numbers<Computation::cos>),
    computed_function("tan", 1, 1, call_numbers<Computation::tan>),
    computed_function("asin", 1, 1, call_numbers<Computation::asin>),
    computed_function("acos", 1, 1, call_numbers<Computation::acos>),
    computed_function("atan", 1, 1, call_numbers<Computation::atan>),
    computed_function("pow", 2, 2, call_numbers<Computation::pow>),
    computed_function("atan2", 2, 2, call_numbers<Computation::atan2>),
    computed_function("distance", 1, kAnyNumber, call_places<Computation::distance>),
    computed_function("area", 1, kAnyNumber, call_places<Computation::area>),
    computed_function("geofence", 2, 2, call_geofence),
    computed_function("digest", 2, 3, call_digest),
    computed_function("base64-decode", 1, 1, call_base64_decode),
};

}  // namespace

std::optional<DigestKind> find_digest(std::string_view name) {
  constexpr std::string_view kNames[] = {"md5", "sha1", "sha256", "sha384", "sha512"};
  std::string plain;
  for (const char c : name) {
    // The bit that makes a letter small is set in every digit.
    if (c != '-') plain += static_cast<char>(c | 0x20);
  }
  for (std::uint8_t i = 0; i < 5; ++i) {
    if (kNames[i] == plain) return static_cast<DigestKind>(i);
  }
  return std::nullopt;
}

std::string digest_in(Evaluator& e, const SyntaxNode& call, DigestKind kind, DigestForm form,
                      std::string_view text) {
  std::string arguments{static_cast<char>(kind), static_cast<char>(form)};
  arguments += text;
  return computed(e, call, Computation::digest, arguments).value_or(std::string());
}

std::span<const Function> computed_functions() { return kFunctions; }

}  // namespace landfall
