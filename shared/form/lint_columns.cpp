#include "shared/form/lint_columns.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>

namespace landfall {
namespace {

using ColumnNames = std::set<std::string, std::less<>>;

std::string_view local_part(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// The names of all tables of a package, those of a table collected when they are first asked for.
class Tables {
 public:
  explicit Tables(const Package& package)
      : package_(package), of_lists_(package.lists.size()), of_trees_(package.trees.size()) {}

  // Null where nothing is known of the table: one that does not exist, or has no rows yet.
  const ColumnNames* called(std::string_view id) {
    for (std::size_t i = 0; i < package_.trees.size(); ++i) {
      if (package_.trees[i].id == id) return tree(i);
    }
    for (std::size_t i = 0; i < package_.lists.size(); ++i) {
      if (package_.lists[i].name == id) return list(i);
    }
    return nullptr;
  }

  const ColumnNames* list(std::size_t index) {
    const ChoiceList& table = package_.lists[index];
    if (table.row_count() == 0) return nullptr;
    ColumnNames& names = of_lists_[index];
    if (names.empty()) {
      names.insert(table.columns.begin(), table.columns.end());
      // What stands above the columns in instance('list')/root/item.
      names.insert({"root", "item"});
    }
    return &names;
  }

  const ColumnNames* tree(std::size_t index) {
    ColumnNames& names = of_trees_[index];
    if (names.empty()) {
      for (const DataElement& element : package_.trees[index].elements) names.insert(element.name);
    }
    return &names;
  }

 private:
  const Package& package_;
  std::vector<ColumnNames> of_lists_;
  std::vector<ColumnNames> of_trees_;
};

class ColumnFinder {
 public:
  ColumnFinder(const Package& package, Tables& tables,
               const PackageBuilder::PendingExpression& written, std::vector<LintProblem>& problems)
      : tables_(tables),
        written_(written),
        expression_(package.expressions[written.expression]),
        problems_(problems) {
    if (written.list == kNone) return;
    const std::uint32_t tree =
        written.definition == kNone ? kNone : package.nodes[written.definition].choice_tree;
    around_ = tree == kNone ? tables.list(written.list) : tables.tree(tree);
  }

  void run() { visit(expression_.root, around_); }

 private:
  // Looks at a syntax node whose context lies in `table`, null for the form; gives the table that
  // the nodes it stands for lie in. The depth of expressions is bounded.
  const ColumnNames* visit(std::uint32_t place, const ColumnNames* table) {
    const SyntaxNode& syntax = expression_.nodes[place];
    if (syntax.operation == Operation::path) return visit_path(syntax, table);
    if (syntax.operation == Operation::call) return visit_call(syntax, table);
    if (syntax.operation == Operation::filter) {
      const ColumnNames* rows = visit(operand(syntax, 0), table);
      for (std::uint32_t i = 1; i < syntax.count; ++i) visit(operand(syntax, i), rows);
      return rows;
    }
    for (std::uint32_t i = 0; i < syntax.count; ++i) visit(operand(syntax, i), table);
    return nullptr;
  }

  [[nodiscard]] std::uint32_t operand(const SyntaxNode& syntax, std::uint32_t index) const {
    return expression_.operands[syntax.first + index];
  }

  const ColumnNames* visit_path(const SyntaxNode& syntax, const ColumnNames* table) {
    const PathSyntax& path = expression_.paths[syntax.payload];
    if (syntax.count > 0) {
      table = visit(operand(syntax, 0), table);
    } else if (path.absolute) {
      table = nullptr;
    }
    for (const PathStep& step : path.steps) {
      // Upwards leads out of the rows.
      if (step.axis == Axis::parent) table = nullptr;
      const bool is_column = step.test == NodeTest::name && local_part(step.name) != "*" &&
                             (step.axis == Axis::child || step.axis == Axis::attribute);
      if (is_column) require(table, std::string(local_part(step.name)), syntax.offset);
      for (std::uint32_t i = 0; i < step.count; ++i) {
        visit(expression_.operands[step.first + i], table);
      }
    }
    return table;
  }

  const ColumnNames* visit_call(const SyntaxNode& syntax, const ColumnNames* table) {
    const std::string& name = expression_.calls[syntax.payload].name;
    for (std::uint32_t i = 0; i < syntax.count; ++i) visit(operand(syntax, i), table);
    if (name != "instance" && name != "pulldata") return nullptr;
    const std::string* id = literal(syntax, 0);
    const ColumnNames* found = id == nullptr ? nullptr : tables_.called(*id);
    if (name == "instance") return found;
    for (const std::uint32_t i : {1u, 2u}) {
      const std::string* column = literal(syntax, i);
      if (column == nullptr) continue;
      require(found, *column, expression_.nodes[operand(syntax, i)].offset);
    }
    return nullptr;
  }

  [[nodiscard]] const std::string* literal(const SyntaxNode& syntax, std::uint32_t index) const {
    if (index >= syntax.count) return nullptr;
    const SyntaxNode& argument = expression_.nodes[operand(syntax, index)];
    return argument.operation == Operation::text ? &expression_.texts[argument.payload] : nullptr;
  }

  void require(const ColumnNames* table, const std::string& column, std::uint32_t offset) {
    if (table == nullptr || table->find(column) != table->end()) return;
    if (!told_.insert(column).second) return;
    problems_.push_back({std::string(written_.place.sheet), written_.place.row,
                         std::string(written_.place.column), "absent_column", offset, column});
  }

  Tables& tables_;
  const PackageBuilder::PendingExpression& written_;
  const Expression& expression_;
  std::vector<LintProblem>& problems_;
  const ColumnNames* around_ = nullptr;
  std::set<std::string> told_;
};

}  // namespace

std::vector<LintProblem> find_absent_columns(PackageBuilder& builder) {
  std::vector<LintProblem> problems;
  Tables tables(builder.package());
  for (const PackageBuilder::PendingExpression& written : builder.written()) {
    ColumnFinder(builder.package(), tables, written, problems).run();
  }
  return problems;
}

}  // namespace landfall
