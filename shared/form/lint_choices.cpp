#include "shared/form/lint_choices.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "shared/form/lint_places.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

class ChoiceFinder {
 public:
  ChoiceFinder(const Package& package, const PackageBuilder::PendingExpression& written,
               std::vector<LintProblem>& problems)
      : package_(package),
        written_(written),
        expression_(package.expressions[written.expression]),
        problems_(problems) {}

  void run() {
    for (const SyntaxNode& syntax : expression_.nodes) {
      const bool compares =
          syntax.operation == Operation::equal || syntax.operation == Operation::not_equal;
      const bool asks = syntax.operation == Operation::call && syntax.count == 2 &&
                        expression_.calls[syntax.payload].name == "selected";
      if (!compares && !asks) continue;
      check(operand(syntax, 0), operand(syntax, 1));
      if (compares) check(operand(syntax, 1), operand(syntax, 0));
    }
  }

 private:
  [[nodiscard]] const SyntaxNode& operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return expression_.nodes[expression_.operands[syntax.first + index]];
  }

  void check(const SyntaxNode& question, const SyntaxNode& constant) {
    const std::uint32_t node = node_meant(package_, written_, question);
    if (node == kNone || package_.nodes[node].list == kNone) return;
    const ChoiceList& list = package_.lists[package_.nodes[node].list];
    if (list.row_count() == 0) return;
    std::string absent;
    if (constant.operation == Operation::text) {
      absent = absent_word(list, expression_.texts[constant.payload]);
    } else if (constant.operation == Operation::number) {
      const double number = expression_.numbers[constant.payload];
      if (!has_number(list, number)) absent = format_xpath_number(number);
    }
    // "or other" adds no row to a data file.
    if (absent.empty() || (list.is_dataset && absent == "other")) return;
    problems_.push_back({std::string(written_.place.sheet), written_.place.row,
                         std::string(written_.place.column), "absent_choice", constant.offset,
                         package_.nodes[node].name + ": " + absent});
  }

  // Of several choices with blanks between the first that is none; empty where all are.
  static std::string absent_word(const ChoiceList& list, const std::string& text) {
    if (list.has(text)) return {};
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find(' ', at), text.size());
      const std::string word = text.substr(at, end - at);
      if (!word.empty() && !list.has(word)) return word;
      at = end + 1;
    }
    return {};
  }

  static bool has_number(const ChoiceList& list, double number) {
    for (std::uint32_t row = 0; row < list.row_count(); ++row) {
      if (number_of_text(list.name_of(row), TimeZone{}) == number) return true;
    }
    return false;
  }

  const Package& package_;
  const PackageBuilder::PendingExpression& written_;
  const Expression& expression_;
  std::vector<LintProblem>& problems_;
};

}  // namespace

std::vector<LintProblem> find_absent_choices(PackageBuilder& builder) {
  std::vector<LintProblem> problems;
  for (const PackageBuilder::PendingExpression& written : builder.written()) {
    ChoiceFinder(builder.package(), written, problems).run();
  }
  return problems;
}

}  // namespace landfall
