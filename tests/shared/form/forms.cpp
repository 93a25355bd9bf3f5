#include "tests/shared/form/forms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

constexpr const char* kDocuments =
    R"j({"rules":{"P1":{"types":["image/jpeg"],"ext":["jpg","jpeg"],"max_bytes":524288,)j"
    R"j("pixels":{"min_width":413,"min_height":531}}},)j"
    R"j("slots":{"photo":{"rule":"P1","max_files":2}},"case":{"max_bytes":1000000,"max_files":60}})j";

constexpr const char* kFees = R"j({"currency":"TWD","rows":[]})j";

}  // namespace

PackageSources sources_with(std::string_view survey, std::string_view choices,
                            std::string_view config) {
  PackageSources sources;
  sources.form = R"j({"settings":{"form_id":"test","version":"1","default_language":"en",)j"
                 R"j("title":"title"},"config":)j" +
                 std::string(config) + R"j(,"survey":[)j" + std::string(survey) +
                 R"j(],"choices":[)j" + std::string(choices) + "]}";
  sources.documents = kDocuments;
  sources.workflow = "{}";
  sources.fees = kFees;
  return sources;
}

Package package_with(std::string_view survey, std::string_view choices, std::string_view config) {
  Result<Package> package = package_of_sources(sources_with(survey, choices, config));
  INFO(error_name(package.ok() ? ErrorCode::internal : package.error().code));
  REQUIRE(package.ok());
  return std::move(package).value();
}

namespace {

// The earlier versions of a package and how their drafts are carried over, by version.
std::vector<MigrationSource> migrations_in(const std::string& folder) {
  const std::filesystem::path place = std::filesystem::path(LANDFALL_SOURCE_DIR) / folder;
  std::error_code none;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(place, none)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<MigrationSource> migrations;
  for (const std::filesystem::path& file : files) {
    const std::filesystem::path earlier = place / file.stem();
    migrations.push_back(
        {read_file(file), read_file(earlier / "form.json"), read_file(earlier / "documents.json")});
  }
  return migrations;
}

}  // namespace

PackageSources sources_of(const std::string& form_id) {
  const std::string folder = "shared/packages/" + form_id + "/";
  PackageSources sources{read_source(folder + "form.json"),
                         read_source(folder + "documents.json"),
                         read_source(folder + "workflow.json"),
                         read_source(folder + "fees.json"),
                         {},
                         {}};
  const std::filesystem::path i18n = std::filesystem::path(LANDFALL_SOURCE_DIR) / "i18n";
  for (const auto& entry : std::filesystem::directory_iterator(i18n)) {
    const std::string texts = read_file(entry.path() / "forms" / (form_id + ".json"));
    if (texts.empty()) continue;
    sources.locales.push_back(
        {entry.path().filename().string(), texts, read_file(entry.path() / "countries.json")});
  }
  sources.migrations = migrations_in(folder + "migrations");
  return sources;
}

OpenForm open_on(const Package& package, std::string_view more_options, Tracer* tracer) {
  const std::string options =
      R"j({"as_of":"2026-11-21","time_zone":"Asia/Taipei")j" + std::string(more_options) + "}";
  Result<OpenForm> form = open_form_on(package, options, tracer);
  INFO(error_name(form.ok() ? ErrorCode::internal : form.error().code));
  REQUIRE(form.ok());
  return std::move(form).value();
}

std::string set(OpenForm& form, std::string_view path, std::string_view value_json) {
  const std::string change =
      R"j({"path":")j" + std::string(path) + R"j(","value":)j" + std::string(value_json) + "}";
  Result<std::string> changes = set_json(*form.engine, change);
  if (!changes.ok()) return std::string(error_name(changes.error().code));
  const Result<Json> parsed = parse_json(changes.value());
  std::string lines;
  for (const Json& state : *find_member(parsed.value(), "changes")) {
    lines += std::string(member_text_or(state, "path", "")) + "\n";
  }
  return lines;
}

std::string findings_of(const OpenForm& form) {
  std::string text;
  for (const Finding& finding : form.engine->verdict().findings) {
    if (!text.empty()) text += ' ';
    text += finding.code + "@" + finding.path;
  }
  return text;
}

std::string member_of(const OpenForm& form, std::string_view path, const char* member) {
  const Result<Json> state = parse_json(state_json(*form.engine));
  for (const Json& node : *find_member(state.value(), "nodes")) {
    if (member_text_or(node, "path", "") != path) continue;
    const Json* found = find_member(node, member);
    return found == nullptr ? "missing" : write_canonical_json(*found).value();
  }
  return "no such node";
}

std::string fake_digest(ByteView bytes) {
  std::uint64_t hash = 14695981039346656037u;
  for (const std::uint8_t byte : bytes) hash = (hash ^ byte) * 1099511628211u;
  std::string hex;
  for (int i = 0; i < 64; ++i) hex += "0123456789abcdef"[(hash >> (i % 16 * 4)) & 15];
  return hex;
}

}  // namespace landfall
