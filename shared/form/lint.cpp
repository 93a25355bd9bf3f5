#include "shared/form/lint.h"

#include <set>
#include <utility>

#include "shared/codec/json.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

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
    builder.run(form, documents, workflow, fees);
    problems_ = builder.problems();
    check_texts(builder.text_uses());
    return std::move(problems_);
  }

 private:
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

}  // namespace landfall
