// landfall package diff: what becomes of each question when a draft moves to another version.

#include <array>
#include <cstdio>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/option_values.h"
#include "server/cli/package_folder.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/migration.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "package diff";

constexpr std::string_view kHelp =
    "usage: landfall package diff OLD NEW [--answers FILE] [--texts DIR] [--json]\n"
    "\n"
    "Lists every question of the form packages OLD and NEW (published files, or folders of\n"
    "shared/packages/ or their migrations/): kept, renamed, asked_again, dropped or new, as the\n"
    "migration in NEW says. OLD may lack texts and fees.\n"
    "\n"
    "options:\n"
    "  --answers FILE  carry these answers of OLD over, and print {answers, steps} as JSON\n"
    "  --texts DIR     where the texts of a source folder lie (default: the i18n folder above it)\n"
    "  --json          print a list of {kind, from, to, reason} instead\n"
    "\n"
    "exit codes: 0 nothing is asked again or dropped, 1 something is, 2 wrong usage,\n"
    "            3 could not read\n"
    "example: landfall package diff shared/packages/cert/migrations/2026.06.01 "
    "shared/packages/cert\n";

constexpr std::array kOptions = {OptionRule{"answers", 0, Takes::one_value},
                                 OptionRule{"texts", 0, Takes::one_value},
                                 OptionRule{"json", 0, Takes::nothing}};

Outcome<Package> load_compiled(const std::string& path, const std::string& texts_folder) {
  if (!is_folder(path)) {
    Outcome<Bytes> bytes = load_file(path);
    if (!bytes.ok()) return bytes.failure();
    Result<Package> package = parse_package(bytes.value());
    if (!package.ok()) return failure_of(package.error(), path);
    return std::move(package).value();
  }
  Outcome<PackageSources> sources = load_package_sources(path, texts_folder);
  if (!sources.ok()) return sources.failure();
  // An earlier version keeps only what questions are made of.
  if (sources.value().fees == "{}") sources.value().fees = R"({"currency":"TWD","rows":[]})";
  Result<Package> package = package_of_sources(sources.value());
  if (package.ok()) return std::move(package).value();
  Failure failure = failure_of({package.error().code, 0}, path);
  failure.message += " (landfall package lint says where)";
  return failure;
}

ExitCode verdict_of(const std::vector<MigrationStep>& steps) {
  for (const MigrationStep& step : steps) {
    if (step.kind == StepKind::asked_again || step.kind == StepKind::dropped) return kExitNo;
  }
  return kExitYes;
}

void print_steps(const std::vector<MigrationStep>& steps) {
  constexpr const char* kWords[] = {"kept", "renamed", "asked again", "dropped", "new"};
  for (const MigrationStep& step : steps) {
    std::string line = step.from.empty() ? step.to : step.from;
    if (step.kind == StepKind::renamed ||
        (step.from != step.to && !step.from.empty() && !step.to.empty())) {
      line += " -> " + step.to;
    }
    if (!step.reason.empty()) line += " (" + step.reason + ")";
    std::printf("%-12s %s\n", kWords[static_cast<std::size_t>(step.kind)], line.c_str());
  }
}

ExitCode carry(const std::string& file, const Package& from, const Package& to) {
  Outcome<std::string> text = load_text(file);
  if (!text.ok()) return report(kName, text.failure());
  const Result<Json> answers = parse_json(text.value());
  if (!answers.ok()) return report(kName, failure_of(answers.error(), file));
  const Result<MigratedAnswers> carried = migrate_answers(answers.value(), from.version, to);
  if (!carried.ok()) return report(kName, failure_of(carried.error(), file));
  const Result<std::string> written = write_canonical_json(carried.value().answers);
  if (!written.ok()) return report(kName, failure_of(written.error(), file));
  std::printf("{\"answers\":%s,\"steps\":%s}\n", written.value().c_str(),
              steps_json(carried.value().steps).c_str());
  return verdict_of(carried.value().steps);
}

ExitCode run(const Options& options) {
  Outcome<std::string> texts = texts_option(options);
  if (!texts.ok()) return report(kName, texts.failure());
  Outcome<Package> from = load_compiled(options.operand(0), texts.value());
  if (!from.ok()) return report(kName, from.failure());
  Outcome<Package> to = load_compiled(options.operand(1), texts.value());
  if (!to.ok()) return report(kName, to.failure());
  if (options.has("answers")) return carry(options.value("answers"), from.value(), to.value());
  const std::vector<MigrationStep> steps = plan_migration(from.value(), to.value());
  if (options.has("json")) {
    std::printf("%s\n", steps_json(steps).c_str());
  } else {
    print_steps(steps);
  }
  return verdict_of(steps);
}

}  // namespace

const Command kPackageDiffCommand = {
    kName, "say what a new version does to drafts of an old one", kHelp, {kOptions, 2, 2}, run,
};

}  // namespace landfall
