#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "shared/base/entropy.h"
#include "shared/text/decimal.h"
#include "shared/xpath/evaluate.h"
#include "shared/xpath/regex.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"
#include "tests/conformance/operations/xml_nodes.h"

namespace landfall::conformance {
namespace {

// Bytes that are the same in every run and in both builds.
class CountingEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override {
    for (std::uint8_t& byte : out) byte = static_cast<std::uint8_t>(++state_ * 2654435761U >> 24);
  }

 private:
  std::uint32_t state_ = 0;
};

double expected_number(const Json& row) {
  const Json* member = find_member(row, "expected");
  if (member == nullptr) return std::nan("");
  if (member->is_number()) return number_value(*member);
  const std::string_view text = text_of_row(row, "expected");
  if (text == "Infinity") return HUGE_VAL;
  if (text == "-Infinity") return -HUGE_VAL;
  const Result<double> number = parse_decimal(text);
  return number.ok() ? number.value() : std::nan("");
}

double number_member(const Json& row, const char* name, double otherwise) {
  const Result<double> member = member_number(row, name);
  return member.ok() ? member.value() : otherwise;
}

bool same_number(const Json& row, double value) {
  const double expected = expected_number(row);
  if (std::isnan(expected)) return std::isnan(value);
  if (text_of_row(row, "expected") == "-0") return value == 0 && std::signbit(value);
  if (value == expected) return true;
  return std::abs(value - expected) <= number_member(row, "tol", 0);
}

// "/…/" as JavaScript writes it: found anywhere unless it says where.
bool found_in(std::string_view pattern, const std::string& text) {
  pattern.remove_prefix(1);
  pattern.remove_suffix(1);
  const Result<Regex> regex = Regex::compile(".*(?:" + std::string(pattern) + ").*");
  return regex.ok() && regex.value().matches(text);
}

std::vector<std::string> paths_of(const NodeSet& nodes, const XmlNodes& tree) {
  std::vector<std::string> paths;
  for (const NodeId node : nodes) paths.push_back(tree.path_of(node));
  return paths;
}

Outcome judge_nodes(const Json& row, const Value& value, const XmlNodes& tree, bool ordered) {
  const NodeSet* nodes = std::get_if<NodeSet>(&value);
  if (nodes == nullptr) return {false, "no nodes"};
  std::vector<std::string> paths = paths_of(*nodes, tree);
  std::vector<std::string> expected = texts_of_row(row, "expected");
  std::string observed;
  for (const std::string& path : paths) observed += path + " ";
  if (!ordered) std::sort(expected.begin(), expected.end());
  if (!ordered) std::sort(paths.begin(), paths.end());
  return {paths == expected, observed};
}

Outcome judge(const Json& row, const Value& value, const EvaluationContext& context,
              const XmlNodes& tree) {
  const std::string_view type = text_of_row(row, "type");
  if (type.starts_with("nodeset")) return judge_nodes(row, value, tree, type == "nodeset");
  const std::string text = text_of_value(value, context);
  if (type == "boolean") {
    const bool truth = truth_of_value(value, context);
    return {*find_member(row, "expected") == Json(truth), truth ? "true" : "false"};
  }
  if (type == "number" || type == "number-rounded") {
    double number = number_of_value(value, context);
    const double factor = number_member(row, "factor", 1);
    if (type == "number-rounded") number = std::floor(number * factor + 0.5) / factor;
    const std::string written = std::signbit(number) && number == 0 ? "-0" : text;
    return {same_number(row, number), written};
  }
  if (type == "string-match") return {found_in(text_of_row(row, "expected"), text), text};
  if (type == "string-length") {
    return {static_cast<double>(text.size()) == expected_number(row), text};
  }
  return {type == "string" && text == text_of_row(row, "expected"), text};
}

}  // namespace

Outcome run_xpath_odk(const Row& row) {
  if (!row.row.is_object()) return {false, "no row"};
  const bool fails = text_of_row(row.row, "type") == "error";
  const Json* document = find_member(row.row, "tree");
  XmlNodes tree(document == nullptr ? Json() : *document);
  CountingEntropy entropy;
  EvaluationContext context{tree, 0};
  context.entropy = &entropy;
  if (has_member(row.row, "node")) context.node = tree.find(text_of_row(row.row, "node"));
  if (has_member(row.row, "root")) tree.set_root(tree.find(text_of_row(row.row, "root")));
  const auto zone = find_time_zone(text_of_row(row.row, "tz"));
  if (!zone || context.node == kNoNode) return {false, "no context"};
  context.zone = *zone;
  const auto clock = parse_date_time(text_of_row(row.row, "clock"), *zone);
  if (clock) context.now_ms = clock->milliseconds;

  const Result<Expression> expression = parse_expression(text_of_row(row.row, "expr"));
  if (!expression.ok()) return {fails, error_text(expression.error())};
  const Result<Value> value = evaluate(expression.value(), context);
  if (!value.ok()) return {fails, error_text(value.error())};
  if (fails) return {false, text_of_value(value.value(), context)};
  return judge(row.row, value.value(), context, tree);
}

}  // namespace landfall::conformance
