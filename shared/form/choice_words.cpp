#include "shared/form/choice_words.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace landfall {
namespace {

constexpr std::string_view kChoiceName = "jr:choice-name";
constexpr std::string_view kOtherLabel = "choice.other";

bool looks_at_labels(const Expression& expression) {
  for (const CallSyntax& call : expression.calls) {
    if (call.name == kChoiceName) return true;
  }
  return std::any_of(expression.paths.begin(), expression.paths.end(), [](const PathSyntax& path) {
    return std::any_of(path.steps.begin(), path.steps.end(), [](const PathStep& step) {
      return step.test == NodeTest::name && step.name == "label";
    });
  });
}

// The text of an ICU message: apostrophes double, or quote braces. Arguments stay as they are
// written.
std::string words_of(std::string_view message) {
  std::string words;
  bool is_quoted = false;
  for (std::size_t i = 0; i < message.size(); ++i) {
    if (message[i] != '\'') {
      words += message[i];
      continue;
    }
    const char next = i + 1 < message.size() ? message[i + 1] : '\0';
    if (next == '\'') {
      words += '\'';
      ++i;
    } else if (is_quoted) {
      is_quoted = false;
    } else if (next == '{' || next == '}' || next == '#' || next == '|') {
      is_quoted = true;
    } else {
      words += '\'';
    }
  }
  return words;
}

const SyntaxNode& root_of(const Expression& expression) {
  return expression.nodes[expression.root];
}

// The definition that an output plainly is, kNone when it is anything else: ${name}, or the path
// that an XForm has for it.
std::uint32_t quoted_node(const Package& package, const Expression& output) {
  const SyntaxNode& root = root_of(output);
  if (root.operation == Operation::reference) return output.bindings[root.payload];
  if (root.operation != Operation::path || root.count > 0) return kNone;
  const PathSyntax& path = output.paths[root.payload];
  std::string place;
  for (const PathStep& step : path.steps) {
    if (step.axis != Axis::child || step.test != NodeTest::name || step.count > 0) return kNone;
    place += (place.empty() ? "" : "/") + step.name;
  }
  const std::string above = package.root_name + "/";
  if (!path.absolute || place.substr(0, above.size()) != above) return kNone;
  return package.node_by_path.find(place.substr(above.size()));
}

// Whether what `expression` means is the same for all nodes below the parent of `definition`.
bool stands_around(const Package& package, std::uint32_t definition, std::uint32_t node) {
  const std::uint32_t parent = package.nodes[definition].parent;
  return node > parent && node < package.nodes[parent].end;
}

// "or_other" adds a choice that the sheet does not have: it gets a row, for its words.
void add_rows_of_other(Json& choices, const Package& package) {
  for (const ChoiceList& list : package.lists) {
    const std::uint32_t row = list.is_dataset ? NameIndex::kAbsent : list.row_by_name.find("other");
    if (row == NameIndex::kAbsent || list.cell(row, list.label_column) != kOtherLabel) continue;
    const bool is_there = std::any_of(choices.begin(), choices.end(), [&list](const Json& choice) {
      return member_text_or(choice, "list_name", "") == list.name &&
             member_text_or(choice, "name", "") == "other";
    });
    if (is_there) continue;
    choices.push_back(Json::object(
        {{"list_name", list.name}, {"name", "other"}, {"label", std::string(kOtherLabel)}}));
  }
}

class OutputRewriter {
 public:
  OutputRewriter(const Package& package, Json& survey) : package_(package), survey_(survey) {}

  void run() {
    for (std::uint32_t node = 0; node < package_.nodes.size(); ++node) {
      const NodeDefinition& definition = package_.nodes[node];
      if (definition.row == 0 || definition.row > survey_.size()) continue;
      for (const auto& [argument, expression] : definition.outputs) {
        const std::string call = naming_call(node, package_.expressions[expression]);
        Json& row = *(survey_.begin() + static_cast<std::ptrdiff_t>(definition.row - 1));
        if (!call.empty()) row["outputs"][argument] = call;
      }
    }
  }

 private:
  [[nodiscard]] std::string naming_call(std::uint32_t node, const Expression& output) const {
    const std::uint32_t quoted = quoted_node(package_, output);
    if (quoted == kNone || quoted == kUnbound || !stands_around(package_, quoted, node)) return {};
    const std::uint32_t calculation = package_.nodes[quoted].calculation;
    if (calculation == kNone) return {};
    const Expression& naming = package_.expressions[calculation];
    const SyntaxNode& root = root_of(naming);
    const bool names = root.operation == Operation::call &&
                       naming.calls[root.payload].name == kChoiceName &&
                       // What is relative is relative to the calculation.
                       std::none_of(naming.paths.begin(), naming.paths.end(),
                                    [](const PathSyntax& path) { return !path.absolute; });
    if (!names) return {};
    return "if(" + output.source + " = '', '', " + naming.source + ")";
  }

  const Package& package_;
  Json& survey_;
};

}  // namespace

Result<bool> add_choice_words(Json& form, const Package& package, const PackageSources& sources) {
  const bool is_wanted =
      std::any_of(package.expressions.begin(), package.expressions.end(), looks_at_labels);
  const auto own = std::find_if(
      sources.locales.begin(), sources.locales.end(),
      [&](const LocaleSource& locale) { return locale.locale == package.default_language; });
  if (!is_wanted || own == sources.locales.end()) return false;
  const Result<Json> texts = parse_json(own->form_texts);
  if (!texts.ok()) return texts.error();
  if (find_member(form, "choices") != nullptr) {
    add_rows_of_other(form["choices"], package);
    for (Json& row : form["choices"]) {
      const Json* text = find_member(texts.value(), member_text_or(row, "label", ""));
      if (text != nullptr && text->is_string()) row["words"] = words_of(text_value(*text));
    }
  }
  OutputRewriter(package, form["survey"]).run();
  return true;
}

}  // namespace landfall
