#include "shared/xform/import_xform.h"

#include <algorithm>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/form/lint.h"
#include "shared/form/lint_expressions.h"
#include "shared/form/names.h"
#include "shared/xform/form_parts.h"
#include "shared/xform/paths.h"
#include "shared/xpath/expression.h"

namespace landfall {
namespace {

// A call of jr:choice-name() on what is no select cannot be meant.
bool asks_for_choices(const FormParts& parts, const std::string& question) {
  const auto path = absolute_path(question, "");
  const XFormNode* node = path ? parts.form.find(*path) : nullptr;
  if (node == nullptr || node->control == nullptr) return false;
  const std::string_view local = local_name(node->control->name);
  return local == "select" || local == "select1" || local == "rank";
}

bool check_choice_names(FormParts& parts, const XFormPlace& place, std::string_view where,
                        const Expression& tree) {
  for (const SyntaxNode& node : tree.nodes) {
    if (node.operation != Operation::call || node.count != 2) continue;
    if (tree.calls[node.payload].name != "jr:choice-name") continue;
    const SyntaxNode& question = tree.nodes[tree.operands[node.first + 1]];
    if (question.operation != Operation::text) continue;
    const std::string& path = tree.texts[question.payload];
    if (asks_for_choices(parts, path)) continue;
    parts.problems.refuse("unknown_choice_question", place, where, path);
    return false;
  }
  return true;
}

std::string written(const Json& json) {
  Result<std::string> text = write_canonical_json(json);
  return text.ok() ? std::move(text).value() : std::string("{}");
}

Json settings_of(FormParts& parts) {
  const XmlElement& root = *parts.form.root;
  std::string id = parts.form_id;
  if (id.empty()) id = std::string(attribute_or_empty(root, "id"));
  if (id.empty()) id = std::string(local_name(root.name));
  const std::string written_id = std::exchange(id, fit_form_id(id));
  if (id != written_id) {
    parts.problems.note("form_id_changed", place_of(root), written_id, id);
  }
  std::string version(attribute_or_empty(root, "version"));
  if (version.empty()) version = "1";
  parts.texts.put_plain("title", parts.form.title.empty() ? id : parts.form.title);
  return Json::object({{"form_id", id},
                       {"version", version},
                       {"root_name", local_name(root.name)},
                       {"default_language", parts.texts.default_locale()},
                       {"title", "title"}});
}

PackageSources sources_of(FormParts& parts) {
  Json settings = settings_of(parts);
  PackageSources sources;
  Json form = Json::object({{"settings", std::move(settings)},
                            {"survey", std::move(parts.survey)},
                            {"choices", std::move(parts.choices)}});
  if (!parts.instances.empty()) form["instances"] = std::move(parts.instances);
  if (!parts.initial.empty()) form["initial"] = std::move(parts.initial);
  if (!parts.actions.empty()) form["actions"] = std::move(parts.actions);
  sources.form = written(form);
  sources.documents = written(Json::object({{"rules", parts.rules}, {"slots", parts.slots}}));
  sources.workflow = "{}";
  sources.fees = R"({"currency":"TWD","rows":[]})";
  for (const std::string& locale : parts.texts.locales()) {
    sources.locales.push_back({locale, written(parts.texts.bundle(locale)), ""});
  }
  return sources;
}

// Binds hold the rules; what else a node has stands in its control.
std::uint32_t line_of_cell(const XFormNode& node, std::string_view column) {
  constexpr std::string_view kOfBinds[] = {"relevant",   "required",    "readonly",
                                           "constraint", "calculation", "bind_type"};
  const bool is_rule =
      std::find(std::begin(kOfBinds), std::end(kOfBinds), column) != std::end(kOfBinds);
  if (node.bind_line != 0 && (is_rule || node.control == nullptr)) return node.bind_line;
  if (node.control != nullptr) return node.control->line;
  return node.repeat != nullptr ? node.repeat->line : instance_place(node).line;
}

// The line that a row of the package was made from; a cycle names no column, and is one of rules.
std::uint32_t line_of(const FormParts& parts, const LintProblem& problem) {
  const std::size_t row = problem.row;
  if (row == 0) return place_of(*parts.form.root).line;
  if (problem.sheet == "survey" && row <= parts.survey_nodes.size()) {
    const XFormNode& node = parts.form.nodes[parts.survey_nodes[row - 1]];
    return line_of_cell(node, problem.column.empty() ? "calculation" : problem.column);
  }
  if (problem.sheet == "choices" && row <= parts.choice_lines.size()) {
    return parts.choice_lines[row - 1];
  }
  if (problem.sheet == "actions" && row <= parts.action_lines.size()) {
    return parts.action_lines[row - 1];
  }
  return place_of(*parts.form.root).line;
}

// Where a problem of the package stands in the document: the nodeset of a row, with the attribute.
std::string where_of(const FormParts& parts, const LintProblem& problem) {
  const bool is_row =
      problem.sheet == "survey" && problem.row > 0 && problem.row <= parts.survey_nodes.size();
  if (is_row) return parts.form.nodes[parts.survey_nodes[problem.row - 1]].path;
  std::string where = problem.sheet;
  if (problem.row != 0) where += " " + std::to_string(problem.row);
  return where;
}

// The attribute of a bind that a column of the package was made from; or the column.
std::string_view attribute_of(std::string_view column) {
  if (column == "calculation") return "calculate";
  if (column == "repeat_count") return "jr:count";
  if (column == "choice_filter") return "nodeset";
  return column;
}

// What only the whole package shows: cycles, paths that lead nowhere. Of a form that is refused
// already (`is_usable` false) only circles, which what was left out does not make.
void lint(const PackageSources& sources, const FormParts& parts, bool is_usable,
          XFormProblems& problems) {
  for (const LintProblem& problem : lint_package(sources)) {
    // The text of a row that lint refuses is one that nothing uses.
    if (problem.code == "unused_text" || (!is_usable && problem.code != "cycle")) continue;
    const std::string where = where_of(parts, problem);
    const std::string_view attribute = attribute_of(problem.column);
    const XFormPlace place{attribute.empty() ? std::string_view(problem.sheet) : attribute,
                           line_of(parts, problem)};
    // Data that lie elsewhere are told once, and calls for them give nothing.
    const bool is_vain =
        problem.code == "unknown_instance" || problem.code == "unknown_choice_question";
    if (is_vain || severity_of(problem) == Severity::warning) {
      problems.note(problem.code, place, where, problem.detail);
    } else {
      problems.refuse(problem.code, place, where, problem.detail);
    }
  }
}

}  // namespace

std::string package_path(std::string_view path) {
  const std::size_t slash = path.find('/', 1);
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(slash + 1));
}

bool check_expression(FormParts& parts, const XFormPlace& place, std::string_view where,
                      std::string_view expression) {
  const Result<Expression> parsed = parse_expression(expression);
  if (!parsed.ok()) {
    parts.problems.refuse(std::string(error_name(parsed.error().code)), place, where, expression);
    return false;
  }
  const Result<Done> calls = find_call_problem(parsed.value());
  if (!calls.ok()) {
    const std::string code(code_of_call(calls.error(), expression));
    parts.problems.refuse(code, place, where, expression);
    return false;
  }
  return check_choice_names(parts, place, where, parsed.value());
}

std::string checked_expression(FormParts& parts, const XFormNode& node,
                               std::string_view attribute) {
  const auto found = node.bind.find(attribute);
  if (found == node.bind.end()) return {};
  std::string expression(without_outer_space(found->second));
  if (expression.empty() || !check_expression(parts, bind_place(node), node.path, expression))
    return {};
  return expression;
}

bool XFormImport::is_usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const XFormProblem& problem) { return problem.refuses; });
}

XFormImport import_xform(const XmlElement& document, const XFormImportOptions& options) {
  XFormImport result;
  XFormProblems problems;
  XForm form = read_xform(document, problems, options.refuses_stray_controls);
  result.problems = problems.list();
  if (!result.is_usable()) return result;
  FormTexts texts(find_child(*form.model, "itext"), options.default_locale, problems);
  FormParts parts(form, texts, problems);
  parts.form_id = options.form_id;
  convert_instances(parts);
  convert_nodes(parts);
  convert_initial(parts);
  convert_actions(parts);
  result.sources = sources_of(parts);
  result.problems = problems.list();
  lint(result.sources, parts, result.is_usable(), problems);
  result.problems = problems.list();
  return result;
}

}  // namespace landfall
