#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/fines.h"
#include "shared/form/package.h"
#include "shared/form/state_json.h"
#include "tests/conformance/operations/identity_rules.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

constexpr std::string_view kAsOf = "2026-11-21";
constexpr std::string_view kDocuments = R"j({"rules":{},"slots":{}})j";

std::string written(const Json& value) {
  const Result<std::string> text = write_canonical_json(value);
  return text.ok() ? text.value() : std::string();
}

const Json& member_or_null(const Json& object, std::string_view name) {
  static const Json kNull;
  const Json* member = find_member(object, name);
  return member == nullptr ? kNull : *member;
}

std::string_view date_of(const Json& row, std::string_view otherwise) {
  for (const std::string_view name : {"date", "on", "as_of", "today"}) {
    if (!text_of_row(row, name).empty()) return text_of_row(row, name);
  }
  return otherwise;
}

// --- whole applications

// The package as the row's file configures it: switches that the package knows.
Result<Package> package_of(const Row& row) {
  Json form = member_or_null(row.given, "form");
  Json config = member_or_null(form, "config");
  for (const auto& [name, value] : member_or_null(row.file_members, "config").items()) {
    if (has_member(config, name)) config[name] = value;
  }
  form["config"] = config;
  return package_of_sources({written(form),
                             written(member_or_null(row.given, "documents")),
                             written(member_or_null(row.given, "workflow")),
                             written(member_or_null(row.given, "fees")),
                             {}});
}

Json one_file() {
  const Json file = {
      {"file_name", "a.jpg"}, {"media_type", "image/jpeg"}, {"size", 1000}, {"sha256", "00"}};
  return Json::array({file});
}

// The row's flat data, with a file in each document that it names. A set ("jobseek_set") stands for
// every document whose name begins as it does.
Json answers_of(const Row& row, const Package& package) {
  constexpr std::string_view kSet = "_set";
  Json answers = member_or_null(row.row, "data");
  for (const std::string& name : texts_of_row(row.row, "documents")) {
    const bool is_set =
        name.size() > kSet.size() && name.ends_with(kSet) && !package.node_by_name.has(name);
    const std::string stem = is_set ? name.substr(0, name.size() - kSet.size() + 1) : name;
    for (const NodeDefinition& node : package.nodes) {
      const bool is_meant = is_set ? node.name.starts_with(stem) : node.name == name;
      if (is_meant && node.shape == AnswerShape::files) answers[node.name] = one_file();
    }
  }
  return answers;
}

Result<OpenForm> open_answers(const Row& row, const Package& package, Json answers) {
  Json options;
  options["as_of"] = std::string(date_of(row.file_members, kAsOf));
  options["time_zone"] = "Asia/Taipei";
  options["answers"] = std::move(answers);
  return open_form_on(package, written(options));
}

bool is_rule(std::string_view code) { return code.size() > 2 && code[1] == '-'; }

// "A-04", or a part of it such as "X-01-birth".
bool is_part_of(std::string_view code, std::string_view rule) {
  return code == rule || (code.starts_with(rule) && code[rule.size()] == '-');
}

// X-13 is the rule that required documents are there, FIELD any finding of a field itself.
bool is_named(const OpenForm& form, const Finding& finding, std::string_view rule) {
  if (rule == "FIELD") return !is_rule(finding.code);
  if (rule != "X-13") return is_part_of(finding.code, rule);
  const Result<NodeState> state = form.engine->state(finding.path);
  return finding.code == "required" && state.ok() &&
         form.engine->package().nodes[state.value().definition].shape == AnswerShape::files;
}

bool has_finding(const OpenForm& form, std::string_view rule, Severity severity) {
  const std::vector<Finding> findings = form.engine->verdict().findings;
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.severity == severity && is_named(form, finding, rule);
  });
}

std::string described(const OpenForm& form) {
  std::string text;
  for (const Finding& finding : form.engine->verdict().findings) {
    text += (finding.severity == Severity::error ? "" : "warning:") + finding.code + "@" +
            finding.path + " ";
  }
  return text + fee_json(*form.engine);
}

bool agrees_with_fee(const OpenForm& form, const Json& expect) {
  const Result<std::int64_t> amount = member_integer(expect, "fee");
  const std::optional<Fee> fee = form.engine->fee();
  return !amount.ok() || (fee && fee->amount == amount.value());
}

// The state that the case comes to by itself is one of the workflow's.
bool agrees_with_state(const Row& row, const Json& expect) {
  const std::string_view state = text_of_row(expect, "state");
  const std::vector<std::string> states =
      texts_of_row(member_or_null(row.given, "workflow"), "states");
  return state.empty() || std::find(states.begin(), states.end(), state) != states.end();
}

// {"late": [{field: value, "warn": rule}]}: with this answer instead the rule warns.
bool agrees_with_late(const Row& row, const Package& package, const Json& expect) {
  const Json& late = member_or_null(expect, "late");
  return std::all_of(late.begin(), late.end(), [&](const Json& change) {
    Json answers = answers_of(row, package);
    for (const auto& [name, value] : change.items()) {
      if (name != "warn") answers[name] = value;
    }
    const Result<OpenForm> form = open_answers(row, package, std::move(answers));
    return form.ok() && has_finding(form.value(), text_of_row(change, "warn"), Severity::warning);
  });
}

Outcome judge_form_case(const Row& row, const Package& package, const OpenForm& form) {
  const std::string observed = described(form);
  const bool has_errors = form.engine->verdict().status == VerdictStatus::incomplete;
  if (row.group == "valid") {
    const Json& expect = member_or_null(row.row, "expect");
    return {!has_errors && agrees_with_fee(form, expect) && agrees_with_state(row, expect) &&
                agrees_with_late(row, package, expect),
            observed};
  }
  const bool is_warning = text_of_row(row.row, "severity") == "warning";
  if (is_warning && has_errors) return {false, observed};
  const Severity severity = is_warning ? Severity::warning : Severity::error;
  const std::vector<std::string> rules = texts_of_row(row.row, "rules_any");
  const bool found = std::any_of(rules.begin(), rules.end(), [&](const std::string& rule) {
    return has_finding(form, rule, severity);
  });
  return {found, observed};
}

// --- fees

// The names in `${…}` of the table's expressions: what the fee is a function of.
std::set<std::string> parameters_of(std::string_view table) {
  std::set<std::string> names;
  for (std::size_t at = table.find("${"); at != std::string_view::npos;
       at = table.find("${", at + 1)) {
    const std::size_t end = table.find('}', at);
    names.emplace(table.substr(at + 2, end - at - 2));
  }
  return names;
}

Json text_answer(const Json& value) { return value.is_string() ? value : Json(written(value)); }

// A form of nothing but the fee's parameters, with the choices and switches of the real one.
Result<Package> fee_package(const Row& row, const std::set<std::string>& parameters) {
  const Json& form = member_or_null(row.given, "form");
  Json choices = Json::array();
  for (const Json& choice : member_or_null(form, "choices")) choices.push_back(choice);
  Json survey = Json::array();
  for (const std::string& name : parameters) survey.push_back({{"type", "hidden"}, {"name", name}});
  Json fee_form;
  fee_form["settings"] = member_or_null(form, "settings");
  fee_form["config"] = member_or_null(form, "config");
  fee_form["survey"] = std::move(survey);
  fee_form["choices"] = std::move(choices);
  return package_of_sources({written(fee_form),
                             std::string(kDocuments),
                             "{}",
                             written(member_or_null(row.given, "fees")),
                             {}});
}

}  // namespace

Outcome run_form_case(const Row& row) {
  if (row.given.is_null()) return {false, "no package for this form"};
  const Result<Package> package = package_of(row);
  if (!package.ok()) return {false, "package: " + error_text(package.error())};
  const Result<OpenForm> form =
      open_answers(row, package.value(), answers_of(row, package.value()));
  if (!form.ok()) return {false, "answers: " + error_text(form.error())};
  return judge_form_case(row, package.value(), form.value());
}

Outcome run_fees(const Row& row) {
  if (row.given.is_null()) return {false, "no fees for this form"};
  const auto parameters = parameters_of(written(member_or_null(row.given, "fees")));
  const Result<Package> package = fee_package(row, parameters);
  if (!package.ok()) return {false, "fees: " + error_text(package.error())};
  Json answers = Json::object();
  for (const auto& [name, value] : member_or_null(row.row, "params").items()) {
    if (parameters.count(name) != 0) answers[name] = text_answer(value);
  }
  Json options = {{"as_of", std::string(date_of(row.row, kAsOf))}, {"time_zone", "Asia/Taipei"}};
  options["answers"] = std::move(answers);
  const Result<OpenForm> form = open_form_on(package.value(), written(options));
  if (!form.ok()) return {false, "parameters: " + error_text(form.error())};

  const std::optional<Fee> fee = form.value().engine->fee();
  const Result<std::int64_t> amount = member_integer(row.row, "amount");
  const bool is_right = fee && amount.ok() && fee->amount == amount.value();
  return {row.group == "valid" ? is_right : !fee.has_value(), fee_json(*form.value().engine)};
}

Outcome run_fines(const Row& row) {
  if (row.given.is_null()) return {false, "no table of fines"};
  const Result<FineTable> table = fine_table_of_json(row.given);
  const Result<std::int64_t> days = member_integer(row.row, "days");
  if (!table.ok() || !days.ok()) return {false, "no table of fines, or a row without days"};

  const std::optional<Fine> fine =
      overstay_fine(table.value(), days.value(), date_of(row.row, kAsOf));
  const std::int64_t amount = fine ? fine->amount : 0;
  const Result<std::int64_t> expected = member_integer(row.row, "fine");
  const std::string observed = fine ? std::to_string(amount) + " " + fine->fine_code : "none";
  if (row.group == "valid") return {expected.ok() && amount == expected.value(), observed};
  return {expected.ok() ? amount != expected.value() : !fine.has_value(), observed};
}

}  // namespace landfall::conformance
