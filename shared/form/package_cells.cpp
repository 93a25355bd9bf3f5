// The cells of a survey row that take more than a word: defaults, triggers, rules, parameters.

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/form/package_builder.h"
#include "shared/form/package_words.h"
#include "shared/xpath/lexer.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

bool counts_as_number(AnswerShape shape) {
  return shape == AnswerShape::integer || shape == AnswerShape::decimal ||
         shape == AnswerShape::computed;
}

// Whether XLSForm takes a default for an expression: it calls, refers or calculates. A hyphen is
// part of a date or a telephone number, unless the question asks for a number.
bool is_dynamic(std::string_view text, AnswerShape shape) {
  const Result<std::vector<Token>> tokens = split_into_tokens(text);
  if (!tokens.ok()) return text.find("${") != std::string_view::npos;
  const std::vector<Token>& all = tokens.value();
  // A text in quotation marks stands for itself, and only an expression takes them off.
  if (all.size() == 2 && all[0].kind == TokenKind::literal) return true;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Token& token = all[i];
    const bool is_name = token.kind == TokenKind::name || token.kind == TokenKind::word_operator;
    switch (token.kind) {
      case TokenKind::reference:
      case TokenKind::multiply:
      case TokenKind::left_bracket:
      case TokenKind::bar:
        return true;
      case TokenKind::plus:
        if (i > 0) return true;
        break;
      case TokenKind::minus:
        if (i > 0 && counts_as_number(shape)) return true;
        break;
      default:
        break;
    }
    if (!is_name || i + 1 == all.size()) continue;
    const bool calls = all[i + 1].kind == TokenKind::left_paren &&
                       all[i + 1].offset == token.offset + token.text.size();
    if (calls || token.text == "div" || token.text == "mod") return true;
  }
  return false;
}

// An expression that is one text.
Expression literal(std::string text) {
  Expression expression;
  expression.source = text;
  expression.nodes.push_back({Operation::text, 0, 0, 0, 0});
  expression.texts.push_back(std::move(text));
  return expression;
}

// The text of a cell that may hold a number or a truth value.
std::string text_of_cell(const Json& cell) {
  if (cell.is_number()) return format_xpath_number(number_value(cell));
  if (cell.is_boolean()) return bool_value(cell) ? "true" : "false";
  return std::string(text_value(cell));
}

}  // namespace

void PackageBuilder::read_default(const Json& row, const Place& place, std::uint32_t definition) {
  const Json* cell = find_member(row, "default");
  if (cell == nullptr || cell->is_null()) return;
  std::string text = text_of_cell(*cell);
  if (text.empty()) return;
  NodeDefinition& node = package_.nodes[definition];
  node.dynamic_default = is_dynamic(text, node.shape);
  if (node.dynamic_default) {
    node.default_value = compile(text, {"survey", place.row, "default"}, definition);
    if (node.default_value == kNone) return;
    // A text in quotation marks is there before anything is computed.
    Expression& made = package_.expressions[node.default_value];
    if (made.nodes[made.root].operation != Operation::text) return;
    made.source = made.texts[made.nodes[made.root].payload];
    node.dynamic_default = false;
    return;
  }
  if (node.shape == AnswerShape::boolean && text == "yes") text = "true";
  node.default_value = static_cast<std::uint32_t>(package_.expressions.size());
  package_.expressions.push_back(literal(std::move(text)));
}

// "${a}" or "${a}, ${b}".
void PackageBuilder::read_trigger(const Json& row, const Place& place, std::uint32_t definition) {
  const std::string_view cell = member_text_or(row, "trigger", "");
  if (cell.empty()) return;
  const Place here{"survey", place.row, "trigger"};
  const Result<std::vector<Token>> tokens = split_into_tokens(cell);
  if (!tokens.ok()) return report(here, "xpath_syntax", {}, tokens.error().offset);
  for (const Token& token : tokens.value()) {
    if (token.kind == TokenKind::reference) {
      pending_triggers_.push_back({std::string(token.text), definition, place.row, token.offset});
    } else if (token.kind != TokenKind::comma && token.kind != TokenKind::end) {
      report(here, "xpath_syntax", {}, token.offset);
    }
  }
}

void PackageBuilder::bind_triggers() {
  for (const PendingTrigger& pending : pending_triggers_) {
    const std::uint32_t found = package_.node_by_name.find(pending.name);
    if (found == kNone) {
      report({"survey", pending.row, "trigger"}, "unknown_name", pending.name, pending.offset);
      continue;
    }
    package_.nodes[pending.definition].triggers.push_back(found);
    package_.nodes[found].triggered.push_back(pending.definition);
  }
}

void PackageBuilder::read_other_columns(const Json& row, std::uint32_t definition) {
  Json others = Json::object();
  for (const auto& [column, cell] : row.items()) {
    if (!is_read_column(column)) others[column] = cell;
  }
  if (others.empty()) return;
  Result<std::string> text = write_canonical_json(others);
  if (text.ok()) package_.nodes[definition].columns = std::move(text).value();
}

void PackageBuilder::read_range(const Json* parameters, std::uint32_t definition) {
  NodeDefinition& node = package_.nodes[definition];
  const auto read = [parameters](std::string_view member, double otherwise) {
    if (parameters == nullptr) return otherwise;
    const Json* value = find_member(*parameters, member);
    if (value == nullptr) return otherwise;
    return value->is_number() ? number_value(*value)
                              : number_of_text(text_value(*value), TimeZone{});
  };
  const double ends[3] = {read("start", 1), read("end", 10), read("step", 1)};
  if (std::any_of(std::begin(ends), std::end(ends), [](double v) { return !(v == v); })) {
    return report({"survey", node.row, "parameters"}, "malformed");
  }
  const bool whole = std::all_of(std::begin(ends), std::end(ends), [](double v) {
    return v == static_cast<double>(static_cast<std::int64_t>(v));
  });
  if (whole) node.shape = AnswerShape::integer;
  node.has_min = node.has_max = true;
  node.min = std::min(ends[0], ends[1]);
  node.max = std::max(ends[0], ends[1]);
  node.start = ends[0];
  node.step = std::abs(ends[2]);
}

void PackageBuilder::read_constraints(const Json& row, const Place& place,
                                      std::uint32_t definition) {
  NodeDefinition& node = package_.nodes[definition];
  const std::uint32_t plain = cell_expression(row, {"survey", place.row, "constraint"}, definition);
  if (plain != kNone) {
    node.constraints.push_back({plain, "constraint", node.constraint_message, Severity::error});
  }
  const Json* list = find_member(row, "constraints");
  if (list == nullptr) return;
  if (!list->is_array() || list->size() > 50) {
    report({"survey", place.row, "constraints"}, "malformed");
    return;
  }
  for (const Json& item : *list) {
    Constraint constraint;
    constraint.code = std::string(member_text_or(item, "code", ""));
    const std::string_view severity = member_text_or(item, "severity", "error");
    if (constraint.code.empty() || (severity != "error" && severity != "warning")) {
      report({"survey", place.row, "constraints"}, "malformed", constraint.code);
      continue;
    }
    constraint.severity = severity == "error" ? Severity::error : Severity::warning;
    constraint.message = text_key(item, {"survey", place.row, "message"});
    constraint.expression = cell_expression(item, {"survey", place.row, "expression"}, definition);
    if (constraint.message.empty()) {
      report({"survey", place.row, "constraints"}, "missing_member", constraint.code);
    }
    if (constraint.expression != kNone) node.constraints.push_back(std::move(constraint));
  }
}

void PackageBuilder::read_check_parameters(const Json& row, const Place& place,
                                           std::uint32_t definition) {
  const Json* parameters = find_member(row, "check_parameters");
  if (parameters == nullptr) return;
  constexpr std::string_view kNames[] = {"country", "region", "calling_code", "email_policy",
                                         "single_name"};
  if (!parameters->is_object() || !package_.nodes[definition].identity) {
    report({"survey", place.row, "check_parameters"}, "malformed");
    return;
  }
  for (const auto& [name, cell] : parameters->items()) {
    (void)cell;
    if (std::find(std::begin(kNames), std::end(kNames), name) == std::end(kNames)) {
      report({"survey", place.row, "check_parameters"}, "unknown_name", name);
      continue;
    }
    const std::uint32_t expression =
        cell_expression(*parameters, {"survey", place.row, name}, definition);
    if (expression != kNone) {
      package_.nodes[definition].check_parameters.emplace_back(name, expression);
    }
  }
}

void PackageBuilder::read_outputs(const Json& row, const Place& place, std::uint32_t definition) {
  const Json* outputs = find_member(row, "outputs");
  if (outputs == nullptr) return;
  if (!outputs->is_object()) return report({"survey", place.row, "outputs"}, "malformed");
  for (const auto& [name, cell] : outputs->items()) {
    (void)cell;
    const std::uint32_t expression =
        cell_expression(*outputs, {"survey", place.row, name}, definition);
    if (expression != kNone) package_.nodes[definition].outputs.emplace_back(name, expression);
  }
}

void PackageBuilder::read_parameters(const Json& row, const Place& place,
                                     std::uint32_t definition) {
  NodeDefinition& node = package_.nodes[definition];
  const Json* parameters = find_member(row, "parameters");
  if (node.type == "range") read_range(parameters, definition);
  if (parameters == nullptr) return;
  if (!parameters->is_object()) {
    report({"survey", place.row, "parameters"}, "malformed");
    return;
  }
  for (const auto& [name, value] : parameters->items()) {
    std::string text = text_of_cell(value);
    const bool is_min = name == "min";
    if (is_min || name == "max" || name == "begin") {
      if (!value.is_number()) {
        report({"survey", place.row, "parameters"}, "malformed", name);
        continue;
      }
      if (is_min) node.has_min = true;
      if (name == "max") node.has_max = true;
      (is_min ? node.min : name == "max" ? node.max : node.start) = number_value(value);
    }
    node.parameters.emplace_back(name, std::move(text));
  }
}

}  // namespace landfall
