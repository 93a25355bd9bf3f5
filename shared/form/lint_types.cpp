#include "shared/form/lint_types.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

#include "shared/form/lint_places.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

// Which arguments of a function are numbers: bit i stands for argument i.
struct NumberArguments {
  std::string_view name;
  std::uint32_t arguments = 0;
};

constexpr std::array kNumberArguments = {NumberArguments{"round", 3},
                                         NumberArguments{"int", 1},
                                         NumberArguments{"floor", 1},
                                         NumberArguments{"ceiling", 1},
                                         NumberArguments{"abs", 1},
                                         NumberArguments{"pow", 3},
                                         NumberArguments{"log", 1},
                                         NumberArguments{"log10", 1},
                                         NumberArguments{"sqrt", 1},
                                         NumberArguments{"exp", 1},
                                         NumberArguments{"exp10", 1},
                                         NumberArguments{"sin", 1},
                                         NumberArguments{"cos", 1},
                                         NumberArguments{"tan", 1},
                                         NumberArguments{"asin", 1},
                                         NumberArguments{"acos", 1},
                                         NumberArguments{"atan", 1},
                                         NumberArguments{"atan2", 3},
                                         NumberArguments{"number", 1},
                                         NumberArguments{"substr", 6},
                                         NumberArguments{"substring", 6},
                                         NumberArguments{"selected-at", 2},
                                         NumberArguments{"checklist", 3},
                                         NumberArguments{"weighted-checklist", 3},
                                         NumberArguments{"indexed-repeat", 0b1010100}};

bool is_relation(Operation operation) {
  return operation == Operation::less || operation == Operation::less_equal ||
         operation == Operation::greater || operation == Operation::greater_equal;
}

bool is_equality(Operation operation) {
  return operation == Operation::equal || operation == Operation::not_equal;
}

bool is_arithmetic(Operation operation) {
  return operation == Operation::add || operation == Operation::subtract ||
         operation == Operation::multiply || operation == Operation::divide ||
         operation == Operation::modulo || operation == Operation::negate;
}

class TypeFinder {
 public:
  TypeFinder(const Package& package, const PackageBuilder::PendingExpression& written,
             std::vector<LintProblem>& problems)
      : package_(package),
        written_(written),
        expression_(package.expressions[written.expression]),
        problems_(problems) {}

  void run() {
    check_constant();
    for (const SyntaxNode& syntax : expression_.nodes) {
      if (is_relation(syntax.operation) || is_equality(syntax.operation)) check_comparison(syntax);
      if (is_arithmetic(syntax.operation)) {
        for (std::uint32_t i = 0; i < syntax.count; ++i) {
          check_number(operand(syntax, i));
          check_time(operand(syntax, i));
        }
      }
      if (syntax.operation == Operation::call) check_call(syntax);
    }
  }

 private:
  void report(std::string_view code, const SyntaxNode& at, std::string detail) {
    problems_.push_back({std::string(written_.place.sheet), written_.place.row,
                         std::string(written_.place.column), std::string(code), at.offset,
                         std::move(detail)});
  }

  [[nodiscard]] const SyntaxNode& operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return expression_.nodes[expression_.operands[syntax.first + index]];
  }

  [[nodiscard]] const std::string* literal(const SyntaxNode& syntax) const {
    return syntax.operation == Operation::text ? &expression_.texts[syntax.payload] : nullptr;
  }

  // A rule asks whether something is so; a text answers yes whatever the form holds.
  void check_constant() {
    const SyntaxNode& root = expression_.nodes[expression_.root];
    const std::string* text = literal(root);
    const std::string_view column = written_.place.column;
    const bool is_rule = column == "constraint" || column == "expression" || column == "relevant" ||
                         column == "required" || column == "readonly" || column == "choice_filter";
    if (text != nullptr && is_rule) report("constant_text", root, *text);
  }

  void check_comparison(const SyntaxNode& syntax) {
    const SyntaxNode* sides[2] = {&operand(syntax, 0), &operand(syntax, 1)};
    const bool is_order = is_relation(syntax.operation);
    for (int i = 0; i < 2; ++i) {
      const std::uint32_t node = node_meant(package_, written_, *sides[i]);
      if (node == kNone || package_.nodes[node].shape != AnswerShape::time) continue;
      const std::string* text = literal(*sides[1 - i]);
      // Whether there is an answer at all is asked by ''.
      if (!is_order && (text == nullptr || text->empty())) continue;
      return report("time_compared", *sides[i], package_.nodes[node].name);
    }
    if (!is_order) return;
    for (const SyntaxNode* side : sides) check_number(*side);
  }

  // A date counts as a number, and of a text that is nearly one impossible_date tells. '' is
  // written for "nothing".
  void check_number(const SyntaxNode& syntax) {
    const std::string* text = literal(syntax);
    if (text == nullptr || text->empty()) return;
    const double number = number_of_text(*text, TimeZone{});
    const bool is_like_date = text->size() == 10 && (*text)[4] == '-' && (*text)[7] == '-';
    if (!(number == number) && !is_like_date) report("no_number", syntax, *text);
  }

  // A time of day is no date: functions of dates give nothing for it.
  void check_time(const SyntaxNode& syntax) {
    const std::uint32_t node = node_meant(package_, written_, syntax);
    if (node == kNone || package_.nodes[node].shape != AnswerShape::time) return;
    report("time_as_date", syntax, package_.nodes[node].name);
  }

  [[nodiscard]] bool is_repeated(std::uint32_t node) const {
    for (std::uint32_t around = 0; around < node; ++around) {
      const NodeDefinition& definition = package_.nodes[around];
      if (definition.kind == NodeKind::repeat && node < definition.end) return true;
    }
    return false;
  }

  // One instance without an answer makes a sum nothing.
  void check_sum(const SyntaxNode& syntax) {
    const std::uint32_t node = node_meant(package_, written_, syntax);
    if (node == kNone) return;
    const NodeDefinition& question = package_.nodes[node];
    const bool is_number =
        question.shape == AnswerShape::integer || question.shape == AnswerShape::decimal;
    const bool may_be_blank = is_number && question.required == kNone &&
                              question.calculation == kNone && question.default_value == kNone;
    if (may_be_blank && is_repeated(node)) report("blank_in_sum", syntax, question.name);
  }

  void check_call(const SyntaxNode& syntax) {
    const std::string& name = expression_.calls[syntax.payload].name;
    if (takes_date(name) && syntax.count > 0) check_time(operand(syntax, 0));
    const bool is_sum = name == "sum" || name == "min" || name == "max";
    if (is_sum && syntax.count == 1) check_sum(operand(syntax, 0));
    const auto known =
        std::find_if(kNumberArguments.begin(), kNumberArguments.end(),
                     [&](const NumberArguments& function) { return function.name == name; });
    if (known != kNumberArguments.end()) {
      for (std::uint32_t i = 0; i < std::min(syntax.count, 32u); ++i) {
        if ((known->arguments >> i & 1u) != 0) check_number(operand(syntax, i));
      }
    }
    if (name == "indexed-repeat") check_indexed_repeat(syntax);
    if (name == "jr:choice-name" && syntax.count == 2) check_choice_name(operand(syntax, 1));
  }

  // indexed-repeat(node, repeat, index, repeat, index …): each repeat around the node.
  void check_indexed_repeat(const SyntaxNode& syntax) {
    const std::uint32_t node = node_meant(package_, written_, operand(syntax, 0));
    for (std::uint32_t i = 1; i < syntax.count; i += 2) {
      const std::uint32_t repeat = node_meant(package_, written_, operand(syntax, i));
      if (repeat == kNone) continue;
      if (package_.nodes[repeat].kind != NodeKind::repeat) {
        return report("no_repeat", operand(syntax, i), package_.nodes[repeat].name);
      }
      if (node == kNone || (repeat < node && node < package_.nodes[repeat].end)) continue;
      return report("not_in_repeat", operand(syntax, 0),
                    package_.nodes[node].name + ", " + package_.nodes[repeat].name);
    }
  }

  // The second argument is the question's name as a text: an answer is none.
  void check_choice_name(const SyntaxNode& question) {
    const std::uint32_t node = node_meant(package_, written_, question);
    if (node == kNone) return;
    report("choice_name_question", question, package_.nodes[node].name);
  }

  const Package& package_;
  const PackageBuilder::PendingExpression& written_;
  const Expression& expression_;
  std::vector<LintProblem>& problems_;
};

}  // namespace

bool takes_date(std::string_view name) {
  return name == "date" || name == "date-time" || name == "decimal-date-time" ||
         name == "format-date" || name == "format-date-time";
}

std::vector<LintProblem> find_type_errors(PackageBuilder& builder) {
  std::vector<LintProblem> problems;
  for (const PackageBuilder::PendingExpression& written : builder.written()) {
    TypeFinder(builder.package(), written, problems).run();
  }
  return problems;
}

}  // namespace landfall
