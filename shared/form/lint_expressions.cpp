#include "shared/form/lint_expressions.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

#include "shared/form/lint_types.h"
#include "shared/xpath/date_time.h"
#include "shared/xpath/functions.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

constexpr std::size_t kMostQuotedBytes = 40;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }

// The cell from `offset` on, or its end where it stops too early; cut to what fits on a line.
std::string quote(std::string_view cell, std::size_t offset) {
  if (offset < cell.size()) {
    std::size_t end = std::min(cell.size(), offset + kMostQuotedBytes);
    while (end < cell.size() && !begins_character(cell[end])) ++end;
    return std::string(cell.substr(offset, end - offset)) + (end < cell.size() ? "…" : "");
  }
  std::size_t begin = cell.size() > kMostQuotedBytes ? cell.size() - kMostQuotedBytes : 0;
  while (begin < cell.size() && !begins_character(cell[begin])) ++begin;
  return (begin > 0 ? "…" : "") + std::string(cell.substr(begin));
}

// The text of a member of the row or of what stands in it (check_parameters, outputs).
std::string_view cell_of(const Json& row, std::string_view column) {
  const std::string_view own = member_text_or(row, column, "");
  if (!own.empty()) return own;
  for (const char* within : {"check_parameters", "outputs"}) {
    const Json* members = find_member(row, within);
    if (members != nullptr && members->is_object()) {
      const std::string_view found = member_text_or(*members, column, "");
      if (!found.empty()) return found;
    }
  }
  // Of several rules of a row the first stands for all only where it is the only one.
  const Json* rules = find_member(row, "constraints");
  const bool is_one = rules != nullptr && rules->is_array() && rules->size() == 1;
  return is_one ? member_text_or(*rules->begin(), column, "") : std::string_view();
}

// How far the operand at the beginning of `text` goes: to its quotation mark, or to the comma or
// bracket that ends it.
std::size_t operand_size(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'' || c == '"') {
      at = std::min(text.find(c, at + 1), text.size() - 1);
      if (depth == 0) return at + 1;
    }
    if (c == '(' || c == '[') ++depth;
    if (depth == 0 && (c == ',' || c == ')' || c == ']')) return at;
    if (c == ')' || c == ']') --depth;
  }
  return text.size();
}

// Whether what stands at `offset` is the kind that digest() is asked for.
bool is_digest_kind(std::string_view cell, std::size_t offset) {
  const Result<Expression> parsed = parse_expression(cell);
  if (!parsed.ok()) return false;
  const Expression& expression = parsed.value();
  return std::any_of(
      expression.nodes.begin(), expression.nodes.end(), [&](const SyntaxNode& syntax) {
        return syntax.operation == Operation::call && syntax.count > 1 &&
               expression.calls[syntax.payload].name == "digest" &&
               expression.nodes[expression.operands[syntax.first + 1]].offset == offset;
      });
}

bool is_of_expression(const LintProblem& problem) {
  return problem.sheet == "survey" && problem.row > 0 && problem.detail.empty() &&
         (problem.code.rfind("xpath_", 0) == 0 || problem.code.rfind("regex_", 0) == 0 ||
          problem.code == "dead_path");
}

// The shape "YYYY-MM-DD".
bool is_full_date(std::string_view text) {
  if (text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 4 || i == 7;
    if (is_dash ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
  }
  return true;
}

// A number is a date as well: days since 1970.
bool is_no_number(std::string_view text) {
  const double number = number_of_text(text, TimeZone{});
  return !text.empty() && !(number == number);
}

// The first sign of a pattern that stands for nothing in format-date(): "%Q"; a pattern without
// any, "DD/MM/YYYY", as a whole; or empty.
std::string unknown_letter(std::string_view pattern) {
  if (pattern.find('%') == std::string_view::npos) return std::string(pattern);
  constexpr std::string_view kKnown = "YymndebaHhMS3%";
  for (std::size_t at = pattern.find('%'); at != std::string_view::npos;
       at = pattern.find('%', at + 2)) {
    if (at + 1 < pattern.size() && kKnown.find(pattern[at + 1]) != std::string_view::npos) continue;
    std::size_t end = std::min(pattern.size(), at + 2);
    while (end < pattern.size() && !begins_character(pattern[end])) ++end;
    return std::string(pattern.substr(at, end - at));
  }
  return {};
}

class VainFinder {
 public:
  VainFinder(PackageBuilder& builder, const PackageBuilder::PendingExpression& written)
      : package_(builder.package()),
        written_(written),
        expression_(package_.expressions[written.expression]) {}

  std::vector<LintProblem> run() {
    for (const SyntaxNode& syntax : expression_.nodes) {
      if (syntax.operation == Operation::call) check_call(syntax);
      // A text by itself is no part of a comparison: of defaults find_bad_defaults() says more.
      const bool is_part = expression_.nodes.size() > 1;
      if (syntax.operation == Operation::text && is_part) check_date(syntax, is_full_date);
      if (syntax.operation == Operation::unite) {
        check_nodes(syntax, 0);
        check_nodes(syntax, 1);
      }
      const bool begins_with = syntax.operation == Operation::filter ||
                               (syntax.operation == Operation::path && syntax.count > 0);
      if (begins_with) check_nodes(syntax, 0);
    }
    return std::move(problems_);
  }

 private:
  void report(std::string_view code, std::uint32_t offset, std::string detail) {
    problems_.push_back({std::string(written_.place.sheet), written_.place.row,
                         std::string(written_.place.column), std::string(code), offset,
                         std::move(detail)});
  }

  [[nodiscard]] const SyntaxNode& operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return expression_.nodes[expression_.operands[syntax.first + index]];
  }

  void check_nodes(const SyntaxNode& syntax, std::uint32_t index) {
    const SyntaxNode& found = operand(syntax, index);
    const bool is_call = found.operation == Operation::call;
    const Function* function = is_call ? expression_.calls[found.payload].function : nullptr;
    const bool gives_nodes =
        found.operation == Operation::reference || found.operation == Operation::path ||
        found.operation == Operation::filter || found.operation == Operation::unite ||
        (function != nullptr && function->gives_nodes);
    if (!gives_nodes) report("xpath_type", found.offset, "");
  }

  void check_call(const SyntaxNode& syntax) {
    const std::string& name = expression_.calls[syntax.payload].name;
    if (takes_date(name)) check_date_call(syntax, name);
    const bool is_lookup = name == "instance" || name == "pulldata";
    const std::uint32_t index = name == "jr:choice-name" ? 1 : 0;
    if ((!is_lookup && index == 0) || syntax.count <= index) return;
    const SyntaxNode& argument = operand(syntax, index);
    if (argument.operation != Operation::text) return;
    const std::string& text = expression_.texts[argument.payload];
    if (is_lookup && !has_table(text)) report("unknown_instance", argument.offset, text);
    if (!is_lookup && !has_choices(text)) {
      report("unknown_choice_question", argument.offset, text);
    }
  }

  // A text that can only be meant for a date, and is none.
  void check_date(const SyntaxNode& syntax, bool (*is_meant)(std::string_view)) {
    const std::string& text = expression_.texts[syntax.payload];
    if (!is_meant(text) || parse_date_time(text, TimeZone{}) ||
        !dates_.insert(syntax.offset).second)
      return;
    report("impossible_date", syntax.offset, text);
  }

  void check_date_call(const SyntaxNode& syntax, std::string_view name) {
    const auto literal = [&](std::uint32_t index) -> const SyntaxNode* {
      if (index >= syntax.count) return nullptr;
      const SyntaxNode& argument = operand(syntax, index);
      return argument.operation == Operation::text ? &argument : nullptr;
    };
    const SyntaxNode* date = literal(0);
    if (date != nullptr) check_date(*date, is_no_number);
    const SyntaxNode* pattern = literal(1);
    if (pattern == nullptr || name.rfind("format-date", 0) != 0) return;
    const std::string unknown = unknown_letter(expression_.texts[pattern->payload]);
    if (!unknown.empty()) report("date_pattern", pattern->offset, unknown);
  }

  [[nodiscard]] bool has_table(const std::string& id) const {
    const auto is_list = [&](const ChoiceList& list) { return list.name == id; };
    const auto is_tree = [&](const DataTree& tree) { return tree.id == id; };
    return std::any_of(package_.lists.begin(), package_.lists.end(), is_list) ||
           std::any_of(package_.trees.begin(), package_.trees.end(), is_tree);
  }

  // Only ${name} is looked at; a path is a matter of the form it was written for.
  [[nodiscard]] bool has_choices(const std::string& question) const {
    if (question.rfind("${", 0) != 0 || question.back() != '}') return true;
    const std::uint32_t found = package_.node_by_name.find(question.substr(2, question.size() - 3));
    return found != kNone && package_.nodes[found].list != kNone;
  }

  const Package& package_;
  const PackageBuilder::PendingExpression& written_;
  const Expression& expression_;
  std::set<std::uint32_t> dates_;  // that were reported, by their offset
  std::vector<LintProblem> problems_;
};

}  // namespace

std::string_view code_of_call(const Error& error, std::string_view source) {
  const bool is_kind = error.code == ErrorCode::xpath_type && is_digest_kind(source, error.offset);
  return is_kind ? "digest_kind" : error_name(error.code);
}

void quote_expressions(const Json& form, std::vector<LintProblem>& problems) {
  const Json* survey = find_member(form, "survey");
  if (survey == nullptr || !survey->is_array()) return;
  for (LintProblem& problem : problems) {
    if (!is_of_expression(problem) || problem.row > survey->size()) continue;
    const Json& row = *(survey->begin() + static_cast<std::ptrdiff_t>(problem.row - 1));
    const std::string_view cell = cell_of(row, problem.column);
    problem.detail = quote(cell, problem.offset);
    const bool is_operand = problem.code == "xpath_type" || problem.code.rfind("regex_", 0) == 0;
    if (is_operand && problem.offset < cell.size()) {
      const std::string_view rest = cell.substr(problem.offset);
      problem.detail = quote(rest.substr(0, operand_size(rest)), 0);
    }
    if (problem.code == "dead_path") {
      constexpr std::string_view kEnds = " \t\r\n,()[]=<>!+|'\"$";
      problem.detail = problem.detail.substr(0, problem.detail.find_first_of(kEnds));
    }
    if (problem.code == "xpath_type") {
      problem.code = code_of_call({ErrorCode::xpath_type, problem.offset}, cell);
    }
    if (problem.code != "xpath_unknown_function") continue;
    problem.detail.resize(std::min(problem.detail.size(), problem.detail.find('(')));
  }
}

std::vector<LintProblem> find_vain_expressions(PackageBuilder& builder) {
  std::vector<LintProblem> all;
  for (const PackageBuilder::PendingExpression& written : builder.written()) {
    const std::vector<LintProblem> some = VainFinder(builder, written).run();
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace landfall
