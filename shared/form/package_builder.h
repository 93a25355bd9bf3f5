// PackageBuilder: compiles the parts of a package and collects every problem on the way.

#ifndef LANDFALL_SHARED_FORM_PACKAGE_BUILDER_H_
#define LANDFALL_SHARED_FORM_PACKAGE_BUILDER_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/form/lint.h"
#include "shared/form/package.h"

namespace landfall {

// A text key and where it is used.
struct TextUse {
  std::string key;
  std::string sheet;
  std::uint32_t row = 0;
  std::string column;
};

// One build: run() once, then read the result. The parts must outlive the builder.
class PackageBuilder {
 public:
  // Compiles the four parts and the migrations, an array. The package is usable only when
  // problems() stays empty.
  void run(const Json& form, const Json& documents, const Json& workflow, const Json& fees,
           const Json& migrations);

  [[nodiscard]] const std::vector<LintProblem>& problems() const { return problems_; }
  [[nodiscard]] const std::vector<TextUse>& text_uses() const { return text_uses_; }
  [[nodiscard]] Package& package() { return package_; }

  // What parse_package() answers for a problem.
  [[nodiscard]] static Error error_of(const LintProblem& problem);

  // Where a cell stands.
  struct Place {
    std::string_view sheet;
    std::uint32_t row = 0;
    std::string_view column;
  };
  // An expression that waits for its names to be bound.
  struct PendingExpression {
    std::uint32_t expression = kNone;
    std::uint32_t definition = kNone;
    std::uint32_t list = kNone;
    Place place;
  };

  // Every expression and where it was written.
  [[nodiscard]] const std::vector<PendingExpression>& written() const { return pending_; }

 private:
  void report(const Place& place, std::string_view code, std::string_view detail = {},
              std::uint32_t offset = 0);
  [[nodiscard]] std::string text_key(const Json& row, const Place& place);
  [[nodiscard]] std::uint32_t compile(std::string_view source, const Place& place,
                                      std::uint32_t definition, std::uint32_t list = kNone);
  // The expression of a cell: text, or true for "always"; kNone for an empty cell, false and "no".
  [[nodiscard]] std::uint32_t cell_expression(const Json& row, const Place& place,
                                              std::uint32_t definition, std::uint32_t list = kNone);

  void read_settings(const Json& form);
  void read_config(const Json& form);

  // package_choices.cpp
  void read_choices(const Json& form);
  void read_choice(const Json& row, std::uint32_t number, bool duplicates);
  void read_datasets(const Json& form);
  void read_dataset(const Json& dataset, const std::string& name);
  void offer_dataset(const Json& row, const Place& place, ChoiceList& list);
  void add_other(const Json& row, const Place& place, std::uint32_t list);
  void number_choice_nodes();
  [[nodiscard]] std::uint32_t list_index(std::string_view name) const;

  // package_actions.cpp
  void read_actions(const Json& form);
  void read_action(const Json& row, std::uint32_t number);

  // package_instances.cpp
  void read_instances(const Json& form);
  void read_initial(const Json& form);
  [[nodiscard]] std::uint32_t tree_index(std::string_view id) const;

  // package_documents.cpp
  void read_documents(const Json& documents);
  void read_rule(const Json& rule, std::string_view name);
  void read_slot(const Json& slot, std::string_view name);

  // package_survey.cpp
  void read_survey(const Json& form);
  void read_row(const Json& row, std::uint32_t number);
  void open_group(const Json& row, const Place& place, NodeKind kind);
  void close_group(const Place& place, NodeKind kind);
  void add_question(const Json& row, const Place& place, std::string_view type);
  void check_dataset_row(const Json& row, const Place& place);
  std::uint32_t add_node(const Json& row, const Place& place);
  void read_common_cells(const Json& row, const Place& place, std::uint32_t definition);
  void read_range(const Json* parameters, std::uint32_t definition);

  // package_cells.cpp
  void read_default(const Json& row, const Place& place, std::uint32_t definition);
  void read_trigger(const Json& row, const Place& place, std::uint32_t definition);
  void read_other_columns(const Json& row, std::uint32_t definition);
  void bind_triggers();
  void read_constraints(const Json& row, const Place& place, std::uint32_t definition);
  void read_check_parameters(const Json& row, const Place& place, std::uint32_t definition);
  void read_outputs(const Json& row, const Place& place, std::uint32_t definition);
  void read_parameters(const Json& row, const Place& place, std::uint32_t definition);
  void check_choice_names(const Place& place, const ChoiceList& list);
  void read_list_and_slot(const Json& row, const Place& place, std::uint32_t definition,
                          std::string_view type);

  // package_lookups.cpp
  void index_filters();
  void index_lookups(Expression& expression);
  void index_table(std::string_view id, std::string_view column);

  // package_migrations.cpp
  void read_migrations(const Json& migrations);
  void read_migration(const Json& migration);
  TextPairs read_pairs(const Json& object, const Place& place);

  // package_fees.cpp
  void read_fees(const Json& fees);
  void read_workflow(const Json& workflow);

  void bind_names();
  void bind_expression(const PendingExpression& pending);
  void build_dependencies();

  // A trigger that waits for its name to be bound.
  struct PendingTrigger {
    std::string name;
    std::uint32_t definition = kNone;
    std::uint32_t row = 0;
    std::uint32_t offset = 0;
  };

  Package package_;
  std::vector<LintProblem> problems_;
  std::vector<TextUse> text_uses_;
  std::vector<PendingExpression> pending_;
  std::vector<PendingTrigger> pending_triggers_;
  std::uint32_t always_ = kNone;     // the expression "true()", which most rows share
  std::vector<std::uint32_t> open_;  // groups around the current row
  std::vector<AttachmentRule> rules_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PACKAGE_BUILDER_H_
