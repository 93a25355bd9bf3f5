// form-engine-scenarios: XForms imported, filled in step by step, and compared with what another
// engine recorded.

#include <cmath>
#include <map>
#include <optional>
#include <set>

#include "shared/codec/json.h"
#include "shared/form/answers.h"
#include "shared/form/engine_impl.h"
#include "shared/xform/import_xform.h"
#include "shared/xpath/value.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"
#include "tests/conformance/operations/scenario_state.h"

namespace landfall::conformance {
namespace {

// The document as tests/conformance/xml-tree.mjs writes it.
XmlElement element_of(const Json& node) {
  XmlElement element;
  if (node.is_string()) {
    element.text = std::string(text_value(node));
    return element;
  }
  element.name = std::string(member_text_or(node, "name", ""));
  if (const Json* attributes = find_member(node, "attributes")) {
    for (const Json& attribute : *attributes) {
      element.attributes.emplace_back(text_value(attribute[0]), text_value(attribute[2]));
    }
  }
  if (const Json* children = find_member(node, "children")) {
    for (const Json& child : *children) {
      const bool counts = child.is_string() || find_member(child, "name") != nullptr;
      if (counts) element.children.push_back(element_of(child));
    }
  }
  return element;
}

std::string problems_of(const XFormImport& import) {
  std::string text = "refused:";
  for (const XFormProblem& problem : import.problems) {
    if (problem.refuses) {
      text += " " + problem.code + " " + problem.where + " " + problem.detail + ";";
    }
  }
  return text;
}

class Replay {
 public:
  Replay(const Json& row, const XFormImport& import) : row_(row), import_(import) {}

  Outcome run() {
    const Result<Package> package = package_of_sources(import_.sources);
    if (!package.ok()) return {false, "package " + error_text(package.error())};
    EngineOptions options;
    options.as_of = "2026-11-21";
    options.time_zone = "UTC";
    Result<std::unique_ptr<Engine>> engine = Engine::open(package.value(), options);
    if (!engine.ok()) return {false, "engine " + error_text(engine.error())};
    engine_ = std::move(engine).value();
    expected_ = *find_member(row_, "init");
    language_ = package.value().default_language;
    if (is_restored()) restore();
    judge(0);
    std::size_t number = 0;
    for (const Json& step : *find_member(row_, "steps")) {
      apply(step);
      take_expectation(step);
      judge(++number);
    }
    const std::string count = std::to_string(good_) + " of " + std::to_string(all_);
    return {good_ == all_, count + faults_};
  }

 private:
  // The trace does not hold the instance that was put back; what it was is what the state shows.
  [[nodiscard]] bool is_restored() const {
    const std::string_view test = member_text_or(row_, "test", "");
    return member_text_or(row_, "area", "") == "instance-restore" ||
           test.find("deserialize") != std::string_view::npos;
  }

  void restore() {
    Json answers = Json::object();
    for (const auto& [ref, state] : expected_.items()) {
      const std::string_view value = member_text_or(state, "v", "");
      const bool is_own = ref.find("/orx:meta") != std::string::npos;
      if (find_member(state, "v") == nullptr || value == "*volatile*" || is_own) continue;
      put_at(answers, engine_path(ref), value);
    }
    (void)restore_answers(*engine_, answers);
  }

  static void put_at(Json& answers, std::string_view path, std::string_view value) {
    Json* at = &answers;
    while (true) {
      const std::size_t slash = std::min(path.find('/'), path.size());
      std::string_view step = path.substr(0, slash);
      const std::size_t bracket = std::min(step.find('['), step.size());
      Json& member = (*at)[std::string(step.substr(0, bracket))];
      if (slash == path.size()) {
        member = value.empty() ? Json() : Json(std::string(value));
        return;
      }
      at = &member;
      if (bracket < step.size()) {
        const double place =
            number_of_text(step.substr(bracket + 1, step.size() - bracket - 2), TimeZone{});
        if (!member.is_array()) member = Json::array();
        while (static_cast<double>(member.size()) < place) member.push_back(Json::object());
        at = &member[static_cast<std::size_t>(place) - 1];
      }
      path.remove_prefix(slash + 1);
    }
  }

  void apply(const Json& step) {
    const std::string_view operation = member_text_or(step, "op", "");
    const std::string path = engine_path(member_text_or(step, "ref", ""));
    if (operation == "add-repeat") {
      (void)engine_->add_instance(path);
    } else if (operation == "remove-repeat") {
      (void)engine_->remove_instance(path);
    } else if (operation == "set-language") {
      language_ = std::string(member_text_or(step, "value", ""));
    } else {
      Result<Answer> answer = answer_of_json(*find_member(step, "value"));
      if (answer.ok()) (void)engine_->set(path, std::move(answer).value());
    }
  }

  void take_expectation(const Json& step) {
    if (const Json* removed = find_member(step, "removed")) {
      for (const Json& ref : *removed) expected_.erase(std::string(text_value(ref)));
    }
    for (const auto& [ref, state] : find_member(step, "changed")->items()) expected_[ref] = state;
  }

  void judge(std::size_t step) {
    const ScenarioState state(*engine_, import_.sources, language_);
    if (member_text_or(row_, "judged", "") == "state") {
      for (const auto& [ref, wanted] : expected_.items()) {
        note(step, ref, state.compare(ref, wanted));
      }
      return;
    }
    for (const Json& asserted : *find_member(row_, "asserted")) {
      if (number_value(asserted[0]) != static_cast<double>(step)) continue;
      const std::string ref(text_value(asserted[2]));
      note(step, ref, state.compare_asserted(text_value(asserted[1]), ref, expected_));
    }
  }

  void note(std::size_t step, const std::string& ref, const std::string& fault) {
    ++all_;
    if (fault.empty()) {
      ++good_;
    } else {
      faults_ += "; " + std::to_string(step) + " " + ref + " " + fault;
    }
  }

  const Json& row_;
  const XFormImport& import_;
  std::unique_ptr<Engine> engine_;
  Json expected_;
  std::string language_;
  std::size_t good_ = 0;
  std::size_t all_ = 0;
  std::string faults_;
};

}  // namespace

Outcome run_form_engine_scenarios(const Row& row) {
  const Json* tree = find_member(row.row, "tree");
  const Json* top = tree == nullptr ? nullptr : find_member(*tree, "children");
  if (top == nullptr) return {false, "no form"};
  XmlElement document;
  for (const Json& child : *top) {
    if (find_member(child, "name") != nullptr) document = element_of(child);
  }
  // The suite records ODK Web Forms, which draws a form without a control whose node is missing;
  // as an import of ours it is refused.
  XFormImportOptions options;
  options.refuses_stray_controls = false;
  const XFormImport import = import_xform(document, options);
  const bool must_fail = member_text_or(row.row, "kind", "") == "load-error";
  if (!import.is_usable()) return {must_fail, problems_of(import)};
  if (must_fail) return {false, "accepted"};
  return Replay(row.row, import).run();
}

}  // namespace landfall::conformance
