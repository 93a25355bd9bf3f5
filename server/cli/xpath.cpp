// landfall xpath: evaluates one expression, as a form would.

#include <array>
#include <cmath>
#include <cstdio>

#include "server/app/system_entropy.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/lint_wording.h"
#include "server/cli/moment.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/json_nodes.h"
#include "shared/form/lint_expressions.h"
#include "shared/xpath/evaluate.h"
#include "shared/xpath/expression.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "xpath";

constexpr std::string_view kHelp =
    "usage: landfall xpath EXPRESSION [--context FILE.json] [--as-of INSTANT] [--tz ZONE]\n"
    "\n"
    "Evaluates EXPRESSION (XPath as XLSForm authors write it) and prints {\"type\",\"value\"}.\n"
    "Types are boolean, number, string (dates are strings) and nodeset (a list of their texts).\n"
    "NaN, infinities and negative zero are written as strings: \"NaN\", \"Infinity\", \"-0\".\n"
    "-- stands before an EXPRESSION that begins with a dash.\n"
    "\n"
    "options:\n"
    "  --context FILE.json   what the expression is over: members are elements, arrays elements "
    "of\n"
    "                        one name, ${name} any element of that name; a member \"@node\" at "
    "the\n"
    "                        top is the path of the context node; - is standard input\n"
    "  --as-of INSTANT       what now() and today() answer: a date or a time stamp (default: now)\n"
    "  --tz ZONE             time zone (default: Asia/Taipei)\n"
    "\n"
    "exit codes: 0 evaluated, 1 the expression is not valid (the byte is on standard error),\n"
    "            2 wrong usage, 3 could not read\n"
    "example: landfall xpath \"today() > date('2026-01-31')\"\n"
    "         echo '{\"age\":17}' | landfall xpath '${age} >= 18' --context -\n";

constexpr std::array kOptions = {OptionRule{"context", 0, Takes::one_value},
                                 OptionRule{"as-of", 0, Takes::one_value},
                                 OptionRule{"tz", 0, Takes::one_value}};

Json number_json(double value) {
  if (std::isfinite(value) && !(value == 0 && std::signbit(value))) return value;
  if (value == 0) return "-0";
  return format_xpath_number(value);
}

Json texts_json(const NodeSet& nodes, const NodeSource& source) {
  Json texts = Json::array();
  std::string scratch;
  for (const NodeId node : nodes) texts.push_back(std::string(source.text(node, scratch)));
  return texts;
}

Json value_json(const Value& value, const EvaluationContext& context) {
  if (const auto* number = std::get_if<double>(&value)) {
    return {{"type", "number"}, {"value", number_json(*number)}};
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return {{"type", "boolean"}, {"value", *truth}};
  }
  if (const auto* nodes = std::get_if<NodeSet>(&value)) {
    return {{"type", "nodeset"}, {"value", texts_json(*nodes, context.nodes)}};
  }
  return {{"type", "string"}, {"value", text_of_value(value, context)}};
}

Outcome<Json> load_context(const Options& options) {
  if (!options.has("context")) return Json(Json::object());
  Outcome<std::string> text = load_text(options.value("context"));
  if (!text.ok()) return text.failure();
  Result<Json> document = parse_json(text.value());
  if (!document.ok()) return failure_of(document.error(), options.value("context"));
  return std::move(document).value();
}

// In the words of lint; what goes wrong only in evaluating keeps its name.
Failure invalid(const Error& error, std::string_view source) {
  const std::string_view code = code_of_call(error, source);
  const std::string place = "expression: byte " + std::to_string(error.offset) + ": ";
  const bool is_worded =
      code.rfind("xpath_", 0) == 0 || code.rfind("regex_", 0) == 0 || code == "digest_kind";
  const std::string sentence(is_worded ? lint_sentence(code) : "it cannot be evaluated");
  return {kExitNo, place + sentence + " [" + std::string(code) + "]"};
}

Outcome<Json> evaluate_option(const Options& options) {
  Outcome<NamedZone> zone = zone_option(options);
  if (!zone.ok()) return zone.failure();
  Outcome<std::int64_t> now = instant_option(options, zone.value().zone);
  if (!now.ok()) return now.failure();
  Outcome<Json> document = load_context(options);
  if (!document.ok()) return document.failure();
  Result<Expression> expression = parse_expression(options.operand(0));
  if (!expression.ok()) return invalid(expression.error(), options.operand(0));
  Result<JsonNodes> nodes = JsonNodes::of(document.value());
  if (!nodes.ok()) return failure_of(nodes.error(), options.value("context"));
  nodes.value().bind(expression.value());
  SystemEntropy entropy;
  const EvaluationContext context{.nodes = nodes.value(),
                                  .node = nodes.value().context_node(),
                                  .now_ms = now.value(),
                                  .zone = zone.value().zone,
                                  .entropy = &entropy};
  Result<Value> value = evaluate(expression.value(), context);
  if (!value.ok()) return invalid(value.error(), options.operand(0));
  return value_json(value.value(), context);
}

ExitCode run(const Options& options) {
  Outcome<Json> answer = evaluate_option(options);
  if (!answer.ok()) return report(kName, answer.failure());
  Result<std::string> text = write_canonical_json(answer.value());
  if (!text.ok()) return report(kName, failure_of(text.error(), "value"));
  std::printf("%s\n", text.value().c_str());
  return kExitYes;
}

}  // namespace

const Command kXpathCommand = {
    kName, "evaluate an expression", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
