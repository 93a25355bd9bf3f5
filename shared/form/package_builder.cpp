#include "shared/form/package_builder.h"

#include <algorithm>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/form/choice_words.h"
#include "shared/form/limits.h"
#include "shared/form/references.h"
#include "shared/xpath/value.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxProblems = 1000;  // of a hostile package; a person fixes the first ones
constexpr std::string_view kAlways = "true()";

}  // namespace

Error PackageBuilder::error_of(const LintProblem& problem) {
  ErrorCode code = ErrorCode::package_malformed;
  if (problem.code == "cycle") code = ErrorCode::package_cycle;
  if (problem.code == "too_large") code = ErrorCode::package_too_large;
  if (problem.code.rfind("xpath_", 0) == 0 || problem.code.rfind("regex_", 0) == 0 ||
      problem.code == "unknown_name" || problem.code == "dead_path") {
    code = ErrorCode::package_expression;
  }
  return {code, problem.sheet == "survey" ? problem.row : 0};
}

void PackageBuilder::run(const Json& form, const Json& documents, const Json& workflow,
                         const Json& fees, const Json& migrations) {
  read_settings(form);
  read_config(form);
  read_choices(form);
  read_datasets(form);
  read_instances(form);
  read_initial(form);
  read_documents(documents);
  read_survey(form);
  number_choice_nodes();
  read_actions(form);
  read_fees(fees);
  read_workflow(workflow);
  read_migrations(migrations);
  bind_names();
  bind_triggers();
  if (problems_.empty()) build_dependencies();
  if (problems_.empty()) index_filters();
}

void PackageBuilder::report(const Place& place, std::string_view code, std::string_view detail,
                            std::uint32_t offset) {
  if (problems_.size() >= kMaxProblems) return;
  problems_.push_back({std::string(place.sheet), place.row, std::string(place.column),
                       std::string(code), offset, std::string(detail)});
}

std::string PackageBuilder::text_key(const Json& row, const Place& place) {
  const Json* cell = find_member(row, place.column);
  if (cell == nullptr) return {};
  if (!cell->is_string()) {
    report(place, "malformed");
    return {};
  }
  std::string key(text_value(*cell));
  if (!key.empty()) {
    text_uses_.push_back({key, std::string(place.sheet), place.row, std::string(place.column)});
  }
  return key;
}

std::uint32_t PackageBuilder::compile(std::string_view source, const Place& place,
                                      std::uint32_t definition, std::uint32_t list) {
  if (source == kAlways && always_ != kNone) return always_;
  Result<Expression> parsed = parse_expression(source);
  if (!parsed.ok()) {
    report(place, error_name(parsed.error().code), {}, parsed.error().offset);
    return kNone;
  }
  const Result<Done> calls = find_call_problem(parsed.value());
  if (!calls.ok()) {
    report(place, error_name(calls.error().code), {}, calls.error().offset);
    return kNone;
  }
  package_.needed_modules |= needed_modules(parsed.value());
  const auto index = static_cast<std::uint32_t>(package_.expressions.size());
  package_.expressions.push_back(std::move(parsed).value());
  if (source == kAlways) always_ = index;
  pending_.push_back({index, definition, list, place});
  return index;
}

std::uint32_t PackageBuilder::cell_expression(const Json& row, const Place& place,
                                              std::uint32_t definition, std::uint32_t list) {
  const Json* cell = find_member(row, place.column);
  if (cell == nullptr || cell->is_null()) return kNone;
  if (cell->is_boolean()) {
    return bool_value(*cell) ? compile(kAlways, place, definition, list) : kNone;
  }
  if (cell->is_number()) {
    return compile(format_xpath_number(number_value(*cell)), place, definition, list);
  }
  if (!cell->is_string()) {
    report(place, "malformed");
    return kNone;
  }
  const std::string_view text = text_value(*cell);
  if (text.empty() || text == "no" || text == "false") return kNone;
  if (text == "yes" || text == "true") return compile(kAlways, place, definition, list);
  return compile(text, place, definition, list);
}

void PackageBuilder::read_settings(const Json& form) {
  const Json* settings = find_member(form, "settings");
  if (settings == nullptr || !settings->is_object()) {
    report({"settings", 0, ""}, "missing_member", "settings");
    return;
  }
  for (const auto& [member, to] :
       {std::pair<const char*, std::string*>{"form_id", &package_.form_id},
        {"version", &package_.version},
        {"default_language", &package_.default_language}}) {
    const std::string_view text = member_text_or(*settings, member, "");
    if (text.empty()) report({"settings", 0, member}, "missing_member", member);
    *to = std::string(text);
  }
  package_.root_name = std::string(member_text_or(*settings, "root_name", "data"));
  package_.title = text_key(*settings, {"settings", 0, "title"});
  if (package_.title.empty()) report({"settings", 0, "title"}, "missing_member", "title");
  package_.hint = text_key(*settings, {"settings", 0, "hint"});
  const Json* elsewhere = find_member(*settings, "carried_elsewhere");
  if (elsewhere == nullptr || !elsewhere->is_array()) return;
  for (const Json& name : *elsewhere) {
    package_.carried_elsewhere.emplace_back(text_value(name));
  }
}

void PackageBuilder::read_config(const Json& form) {
  const Json* config = find_member(form, "config");
  if (config == nullptr) return;
  if (!config->is_object()) {
    report({"config", 0, ""}, "malformed");
    return;
  }
  for (const auto& [key, value] : config->items()) {
    if (value.is_boolean()) {
      package_.config.emplace_back(key, bool_value(value) ? "true" : "false");
    } else if (value.is_number()) {
      package_.config.emplace_back(key, format_xpath_number(number_value(value)));
    } else if (value.is_string()) {
      package_.config.emplace_back(key, std::string(text_value(value)));
    } else {
      report({"config", 0, key}, "malformed");
    }
  }
}

void PackageBuilder::bind_names() {
  for (const PendingExpression& pending : pending_) bind_expression(pending);
}

void PackageBuilder::bind_expression(const PendingExpression& pending) {
  Expression& expression = package_.expressions[pending.expression];
  bool all_bound = true;
  for (std::size_t i = 0; i < expression.names.size(); ++i) {
    const std::uint32_t found = package_.node_by_name.find(expression.names[i]);
    if (found == kNone) {
      const std::string written = "${" + expression.names[i];
      const std::size_t at = expression.source.find(written);
      report(pending.place, "unknown_name", expression.names[i],
             static_cast<std::uint32_t>(at == std::string::npos ? 0 : at));
      all_bound = false;
      continue;
    }
    expression.bindings[i] = found;
  }
  if (!all_bound || pending.definition == kNone) return;
  // Only a path can lead nowhere, and only a path or what is around it to the node itself.
  NodeDefinition& node = package_.nodes[pending.definition];
  const auto is_around = [&](std::uint32_t place) {
    return place <= pending.definition && pending.definition < package_.nodes[place].end;
  };
  const std::vector<std::uint32_t>& bound = expression.bindings;
  if (expression.paths.empty() && std::none_of(bound.begin(), bound.end(), is_around)) return;
  const ExpressionReferences references =
      find_references(package_, expression, pending.definition, pending.list);
  if (references.has_dead_path) report(pending.place, "dead_path", {}, references.dead_path_offset);
  if (pending.place.column != "calculation") return;
  if (references.reads_around_itself) {
    report(pending.place, "cycle", node.name + " → " + node.name);
  }
  // What it gave before is then part of what it gives.
  node.keeps_value |=
      std::any_of(references.nodes.begin(), references.nodes.end(),
                  [&](const NodeReference& seen) { return seen.definition == pending.definition; });
}

void PackageBuilder::build_dependencies() {
  Circle circle;
  Result<Graph> graph = build_graph(package_, circle);
  if (!graph.ok()) {
    report({"survey", graph.error().offset, circle.column}, "cycle", circle.names, circle.offset);
    return;
  }
  package_.graph = std::move(graph).value();
}

Result<Package> parse_package(ByteView bytes) {
  JsonLimits limits;
  limits.bytes = kMaxPackageBytes;
  const Result<Json> parsed = parse_json(text_of(bytes), limits);
  if (!parsed.ok()) return parsed.error();
  const Json& root = parsed.value();
  if (member_text_or(root, "format", "") != "landfall-package/1") {
    return Error{ErrorCode::package_malformed, 0};
  }
  const Json* parts[4] = {nullptr, nullptr, nullptr, nullptr};
  constexpr std::string_view kParts[4] = {"form", "documents", "workflow", "fees"};
  for (std::size_t i = 0; i < 4; ++i) {
    parts[i] = find_member(root, kParts[i]);
    if (parts[i] == nullptr) return Error{ErrorCode::package_malformed, 0};
  }
  PackageBuilder builder;
  const Json* migrations = find_member(root, "migrations");
  builder.run(*parts[0], *parts[1], *parts[2], *parts[3],
              migrations == nullptr ? Json() : *migrations);
  if (!builder.problems().empty()) return PackageBuilder::error_of(builder.problems().front());
  Package package = std::move(builder.package());
  const Json* texts = find_member(root, "texts");
  if (texts == nullptr || !texts->is_object()) return Error{ErrorCode::package_malformed, 0};
  for (const auto& [locale, text] : texts->items()) {
    const Result<std::int64_t> size = member_integer(text, "size");
    package.texts.push_back(
        {locale, std::string(member_text_or(text, "digest", "")),
         size.ok() && size.value() > 0 ? static_cast<std::uint64_t>(size.value()) : 0});
  }
  return package;
}

Result<Package> package_of_sources(const PackageSources& sources) {
  const std::string* const texts[4] = {&sources.form, &sources.documents, &sources.workflow,
                                       &sources.fees};
  Json parts[4];
  for (std::size_t i = 0; i < 4; ++i) {
    Result<Json> parsed = parse_json(*texts[i]);
    if (!parsed.ok()) return parsed.error();
    parts[i] = std::move(parsed).value();
  }
  Json migrations = Json::array();
  for (const MigrationSource& source : sources.migrations) {
    Result<Json> parsed = parse_json(source.migration);
    if (!parsed.ok()) return parsed.error();
    migrations.push_back(std::move(parsed).value());
  }
  PackageBuilder builder;
  builder.run(parts[0], parts[1], parts[2], parts[3], migrations);
  if (!builder.problems().empty()) return PackageBuilder::error_of(builder.problems().front());
  const Result<bool> worded = add_choice_words(parts[0], builder.package(), sources);
  if (!worded.ok()) return worded.error();
  if (worded.value()) {
    builder = PackageBuilder();
    builder.run(parts[0], parts[1], parts[2], parts[3], migrations);
  }
  for (const LocaleSource& locale : sources.locales) {
    builder.package().texts.push_back({locale.locale, "", 0});
  }
  return std::move(builder.package());
}

}  // namespace landfall
