#include "tests/conformance/operations/scenario_state.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/form/engine_impl.h"
#include "shared/xform/xml_tree.h"
#include "shared/xpath/value.h"

namespace landfall::conformance {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!without_outer_space(text).empty()) {
    text = without_outer_space(text);
    const std::size_t end = std::min(text.find_first_of(" ;"), text.size());
    words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

bool same_number(std::string_view a, std::string_view b) {
  const double left = number_of_text(a, TimeZone{});
  const double right = number_of_text(b, TimeZone{});
  return std::isfinite(left) && left == right;
}

// Numbers may be written in several ways ("10" and "10.0"); places are rows of numbers.
bool same_value(std::string_view type, std::string_view a, std::string_view b) {
  if (a == b) return true;
  if (type == "int" || type == "integer" || type == "decimal") return same_number(a, b);
  if (type.substr(0, 3) != "geo") return false;
  const auto left = words_of(a);
  const auto right = words_of(b);
  return left.size() == right.size() &&
         std::equal(left.begin(), left.end(), right.begin(), same_number);
}

std::string unquoted(std::string_view message) {
  std::string text;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] == '\'' && i + 1 < message.size() && message[i + 1] == '\'')
      ++i;
    else if (message[i] == '\'')
      continue;
    text += message[i];
  }
  return text;
}

std::string written(const Json& json) {
  const Result<std::string> text = write_canonical_json(json);
  return text.ok() ? text.value() : std::string();
}

bool flag_of(const Json& state, const char* member, bool otherwise) {
  return member_bool_or(state, member, otherwise);
}

}  // namespace

std::string engine_path(std::string_view ref) {
  const std::size_t hash = ref.find('#');
  ref = ref.substr(0, hash);
  const std::size_t root = ref.find('/', 1);
  if (root == std::string_view::npos) return {};
  ref.remove_prefix(root + 1);
  std::string path;
  while (true) {
    const std::size_t slash = std::min(ref.find('/'), ref.size());
    path += local_name(ref.substr(0, slash));
    if (slash == ref.size()) return path;
    path += '/';
    ref.remove_prefix(slash + 1);
  }
}

ScenarioState::ScenarioState(const Engine& engine, const PackageSources& sources,
                             const std::string& language)
    : engine_(engine) {
  for (const LocaleSource& locale : sources.locales) {
    if (locale.locale != language && !texts_.is_null()) continue;
    Result<Json> texts = parse_json(locale.form_texts);
    if (texts.ok()) texts_ = std::move(texts).value();
  }
}

std::string ScenarioState::text_of_key(const std::string& key) const {
  return unquoted(member_text_or(texts_, key, ""));
}

std::string ScenarioState::compare_value(const std::string& path, std::string_view wanted) const {
  if (wanted == "*volatile*") return {};
  const FormTree& tree = engine_.impl().tree();
  const NodeId node = tree.find(path);
  if (node == kNoNode) return "is not there";
  const std::string found = tree.at(node).relevant ? tree.at(node).text : std::string();
  if (same_value(tree.definition_of(node).bind_type, found, wanted)) return {};
  return "is '" + found + "' and not '" + std::string(wanted) + "'";
}

std::string ScenarioState::compare_count(const std::string& path, const Json& wanted) const {
  const FormTree& tree = engine_.impl().tree();
  const NodeId node = tree.find(path);
  const double count = node == kNoNode || !tree.at(node).is_container
                           ? -1
                           : static_cast<double>(tree.at(node).children.size());
  const Json* number = find_member(wanted, "n");
  if (number != nullptr && number_value(*number) == count) return {};
  return "has " + format_xpath_number(count) + " instances";
}

std::string ScenarioState::compare_choices(const std::string& path, const Json& wanted) const {
  const FormTree& tree = engine_.impl().tree();
  const NodeId node = tree.find(path);
  if (node == kNoNode) return "is not there";
  const NodeDefinition& definition = tree.definition_of(node);
  if (definition.list == kNone) return "has no list";
  const ChoiceList& list = engine_.package().lists[definition.list];
  Json found = Json::array();
  for (std::uint32_t row = 0; row < list.row_count(); ++row) {
    const std::string& name = list.cell(row, 0);
    const auto& offered = tree.at(node).choices;
    const bool is_offered =
        !offered || std::find(offered->begin(), offered->end(), name) != offered->end();
    if (is_offered) found.push_back(Json::array({name, text_of_key(list.cell(row, 1))}));
  }
  const Json* choices = find_member(wanted, "ch");
  if (choices != nullptr && *choices == found) return {};
  return "offers " + written(found);
}

std::string ScenarioState::compare(const std::string& ref, const Json& wanted) const {
  const std::string path = engine_path(ref);
  // Every instance has the meta block there that the form did not write itself.
  if (path.empty() || ref.find("/orx:meta") != std::string::npos) return {};
  if (ref.find("#range") != std::string::npos) return compare_count(path, wanted);
  const Result<NodeState> state = engine_.state(path);
  if (!state.ok()) return "is not there";
  std::string fault;
  if (const Json* value = find_member(wanted, "v")) {
    fault = compare_value(path, text_value(*value));
  }
  if (find_member(wanted, "ch") != nullptr) fault += compare_choices(path, wanted);
  if (state.value().relevant != flag_of(wanted, "rel", true)) fault += " relevance";
  if (state.value().required != flag_of(wanted, "req", false)) fault += " required";
  const bool readonly = engine_.impl().tree().at(engine_.impl().tree().find(path)).readonly;
  if (readonly != flag_of(wanted, "ro", false)) fault += " readonly";
  const std::string_view violation = member_text_or(wanted, "viol", "");
  const bool has_finding = !state.value().findings.empty();
  if (has_finding == violation.empty()) fault += " findings";
  return fault;
}

std::string ScenarioState::compare_asserted(std::string_view accessor, const std::string& ref,
                                            const Json& expected) const {
  const std::string path = engine_path(ref);
  if (accessor == "countRepeatInstancesOf") {
    const Json* wanted = find_member(expected, ref + "#range");
    return wanted == nullptr ? "no such range recorded" : compare_count(path, *wanted);
  }
  const Json* wanted = find_member(expected, ref);
  if (wanted == nullptr) {
    return engine_.state(path).ok() ? "is there" : std::string();
  }
  if (accessor == "choicesOf") return compare_choices(path, *wanted);
  const Json* value = find_member(*wanted, "v");
  if (value == nullptr) return engine_.state(path).ok() ? std::string() : "is not there";
  return compare_value(path, text_value(*value));
}

}  // namespace landfall::conformance
