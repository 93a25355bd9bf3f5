#include "shared/form/lint.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <utility>

#include "shared/codec/json.h"
#include "shared/form/lint_choices.h"
#include "shared/form/lint_columns.h"
#include "shared/form/lint_cycles.h"
#include "shared/form/lint_defaults.h"
#include "shared/form/lint_expressions.h"
#include "shared/form/lint_limits.h"
#include "shared/form/lint_types.h"
#include "shared/form/package.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

constexpr std::array<std::string_view, 13> kWarnings = {
    "absent_column",        "absent_choice", "bad_default",   "impossible_date", "date_pattern",
    "time_compared",        "no_number",     "constant_text", "no_repeat",       "not_in_repeat",
    "choice_name_question", "time_as_date",  "blank_in_sum"};

constexpr const char* kNoFees = R"({"currency":"TWD","rows":[]})";

class Linter {
 public:
  explicit Linter(const PackageSources& sources) : sources_(sources) {}

  std::vector<LintProblem> run() {
    const Json form = parse("form", sources_.form);
    const Json documents = parse("documents", sources_.documents);
    const Json workflow = parse("workflow", sources_.workflow);
    const Json fees = parse("fees", sources_.fees);
    if (!problems_.empty()) return std::move(problems_);
    PackageBuilder builder;
    Json migrations = Json::array();
    for (const MigrationSource& source : sources_.migrations) {
      migrations.push_back(parse("migrations", source.migration));
    }
    if (!problems_.empty()) return std::move(problems_);
    builder.run(form, documents, workflow, fees, migrations);
    problems_ = builder.problems();
    add(find_vain_expressions(builder));
    add(find_type_errors(builder));
    // Only of a package that compiled: a row that could not be read leaves others in the air.
    if (builder.problems().empty()) {
      add(find_absent_columns(builder));
      add(find_absent_choices(builder));
      add(find_bad_defaults(builder));
    }
    add(find_more_cycles(builder));
    name_limits(form, problems_);
    quote_expressions(form, problems_);
    for (std::size_t i = 0; i < sources_.migrations.size(); ++i) {
      check_earlier(sources_.migrations[i], *(migrations.begin() + static_cast<std::ptrdiff_t>(i)));
    }
    check_texts(builder.text_uses());
    return std::move(problems_);
  }

 private:
  void add(const std::vector<LintProblem>& some) {
    problems_.insert(problems_.end(), some.begin(), some.end());
  }

  // The old paths of a migration must be questions or groups of the earlier form.
  void check_earlier(const MigrationSource& source, const Json& migration) {
    if (source.form.empty()) return;
    const std::string sheet = "migrations/" + std::string(member_text_or(migration, "from", ""));
    PackageSources earlier{source.form, source.documents, "{}", kNoFees, {}, {}};
    if (source.documents.empty()) earlier.documents = "{}";
    const Result<Package> package = package_of_sources(earlier);
    if (!package.ok() || package.value().version != member_text_or(migration, "from", "")) {
      problems_.push_back({sheet, 0, "form.json", "malformed", 0, ""});
      return;
    }
    const auto check = [&](const char* column, const std::string& path) {
      if (package.value().node_by_path.has(path)) return;
      problems_.push_back({sheet, 0, column, "unknown_name", 0, path});
    };
    for (const char* column : {"rename", "recode"}) {
      const Json* member = find_member(migration, column);
      if (member == nullptr) continue;
      for (const auto& [path, value] : member->items()) check(column, path);
    }
    if (const Json* recode = find_member(migration, "recode"); recode != nullptr) {
      for (const auto& [path, choices] : recode->items()) {
        check_recoded(sheet, package.value(), path, choices);
      }
    }
    const Json* drop = find_member(migration, "drop");
    if (drop == nullptr) return;
    for (const Json& path : *drop) check("drop", std::string(text_value(path)));
  }

  // Choices that the earlier list has not, so that nobody's answer is carried over by them.
  void check_recoded(const std::string& sheet, const Package& earlier, const std::string& path,
                     const Json& choices) {
    const std::uint32_t node = earlier.node_by_path.find(path);
    const std::uint32_t list = node == kNone ? kNone : earlier.nodes[node].list;
    if (list == kNone || !choices.is_object()) return;
    for (const auto& [choice, now] : choices.items()) {
      if (earlier.lists[list].has(choice)) continue;
      problems_.push_back({sheet, 0, "recode", "absent_choice", 0, path + ": " + choice});
    }
  }

  Json parse(const std::string& sheet, const std::string& text) {
    Result<Json> parsed = parse_json(text);
    if (parsed.ok()) return std::move(parsed).value();
    problems_.push_back(
        {sheet, 0, "", std::string(error_name(parsed.error().code)), parsed.error().offset, ""});
    return {};
  }

  void check_texts(const std::vector<TextUse>& uses) {
    std::set<std::string> used;
    for (const TextUse& use : uses) used.insert(use.key);
    for (const LocaleSource& locale : sources_.locales) check_locale(locale, uses, used);
  }

  void check_locale(const LocaleSource& locale, const std::vector<TextUse>& uses,
                    const std::set<std::string>& used) {
    const std::string sheet = "texts/" + locale.locale;
    const Json own = parse(sheet, locale.form_texts);
    const Json shared =
        locale.shared_texts.empty() ? Json::object() : parse(sheet, locale.shared_texts);
    std::set<std::string> reported;
    for (const TextUse& use : uses) {
      const Json* text = find_member(own, use.key);
      if (text == nullptr) text = find_member(shared, use.key);
      const bool is_present = text != nullptr && text->is_string() && !text_value(*text).empty();
      if (is_present || !reported.insert(use.key).second) continue;
      problems_.push_back({sheet, 0, use.column, "missing_text", 0, use.key});
    }
    if (!own.is_object()) return;
    for (const auto& [key, text] : own.items()) {
      (void)text;
      if (used.count(key) == 0) problems_.push_back({sheet, 0, "", "unused_text", 0, key});
    }
  }

  const PackageSources& sources_;
  std::vector<LintProblem> problems_;
};

}  // namespace

std::vector<LintProblem> lint_package(const PackageSources& sources) {
  return Linter(sources).run();
}

Severity severity_of(const LintProblem& problem) {
  const bool warns = std::find(kWarnings.begin(), kWarnings.end(), problem.code) != kWarnings.end();
  return warns ? Severity::warning : Severity::error;
}

}  // namespace landfall
