// landfall eval: fills a form with answers and says what the engine makes of them.

#include <algorithm>
#include <array>
#include <cstdio>
#include <optional>

#include "server/app/system_entropy.h"
#include "server/cli/answer_places.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/package_folder.h"
#include "server/cli/typed_answers.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/form/chance_stream.h"
#include "shared/form/state_json.h"
#include "shared/form/trace.h"
#include "shared/xpath/functions.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "eval";

constexpr std::string_view kHelp =
    "usage: landfall eval PACKAGE ANSWERS.json [--as-of DATE] [--tz ZONE] [--seed TEXT] [--trace]\n"
    "                     [--new] [--texts DIR]\n"
    "\n"
    "Fills the form PACKAGE (a published file, or a folder of shared/packages/) with the answers\n"
    "and prints {status, findings, answers, fee, trace?} as JSON. The answers are nested by group\n"
    "as the portal writes them, or flat {\"name\": value}; - reads them from standard input.\n"
    "With {} it is a new form, and its defaults are set; with answers it is a draft that goes on:\n"
    "defaults and triggers, which fill in while somebody types, leave those answers alone. With\n"
    "--new it is a new form in any case, and the answers are typed into it one after another.\n"
    "\n"
    "options:\n"
    "  --as-of DATE   the day it is evaluated on (default: today in --tz)\n"
    "  --tz ZONE      the applicant's time zone (default: Asia/Taipei); landfall zones lists "
    "them,\n"
    "                 and UTC+hh:mm is one\n"
    "  --seed TEXT    what uuid() and random() draw from, up to 32 bytes; the same gives the same\n"
    "                 (default: with --new a fresh one, which is said on standard error; without,\n"
    "                 nothing is drawn, and what would draw stays as it is)\n"
    "  --trace        say which expressions gave what, and from which answers\n"
    "  --new          begin a new form with its defaults, and type the answers into it in the\n"
    "                 order of the form, each with what it triggers; add the instances that a\n"
    "                 repeat does not have, remove those that an array lacks ([]: all); pass over\n"
    "                 what is calculated; refuse what the form does not ask or does not let\n"
    "                 anybody answer\n"
    "  --texts DIR    where the texts of a source folder lie (default: the i18n folder above it)\n"
    "\n"
    "What the form has no place for, or not of this shape, is refused with its path.\n"
    "\n"
    "exit codes: 0 complete (perhaps with warnings), 1 not complete, 2 wrong usage,\n"
    "            3 the package or the answers cannot be read\n"
    "example: landfall eval shared/packages/hkmo_entry answers.json --as-of 2026-11-21\n";

constexpr std::array kOptions = {
    OptionRule{"as-of", 0, Takes::one_value}, OptionRule{"tz", 0, Takes::one_value},
    OptionRule{"seed", 0, Takes::one_value},  OptionRule{"trace", 0, Takes::nothing},
    OptionRule{"new", 0, Takes::nothing},     OptionRule{"texts", 0, Takes::one_value}};

Outcome<Json> load_answers(const std::string& file) {
  Outcome<std::string> text = load_text(file);
  if (!text.ok()) return text.failure();
  Result<Json> answers = parse_json(text.value());
  if (!answers.ok()) return failure_of(answers.error(), file);
  return std::move(answers).value();
}

// Whether an expression of the form draws lots, which takes a seed.
bool draws_lots(const Package& package) {
  return std::any_of(
      package.expressions.begin(), package.expressions.end(), [](const Expression& expression) {
        return std::any_of(
            expression.calls.begin(), expression.calls.end(), [](const CallSyntax& call) {
              return call.function != nullptr && call.function->input == FunctionInput::chance;
            });
      });
}

// What the form draws from: --seed; else for a new form a fresh one, as long as a seed may be.
std::string seed_of(const Options& options) {
  if (options.has("seed") || !options.has("new")) return options.value("seed");
  std::array<std::uint8_t, kMaxSeedBytes / 2> bytes{};
  SystemEntropy entropy;
  entropy.fill(bytes);
  return format_hex(bytes);
}

// So that what was drawn can be drawn again, and nobody takes an empty place for an answer.
void tell_of_lots(const Options& options, const std::string& seed) {
  if (options.has("seed")) return;
  const std::string message = seed.empty()
                                  ? "the form draws lots, and without --seed TEXT none is drawn"
                                  : "the form draws lots; the same come again with --seed " + seed;
  std::fprintf(stderr, "landfall eval: %s\n", message.c_str());
}

// The options of a form that is opened on `answers`.
Outcome<std::string> engine_options(const Options& options, const std::string& seed, Json answers) {
  Outcome<NamedZone> zone = zone_option(options);
  if (!zone.ok()) return zone.failure();
  Outcome<std::string> as_of = as_of_option(options, zone.value().zone);
  if (!as_of.ok()) return as_of.failure();
  const Json members = {{"as_of", as_of.value()},
                        {"time_zone", zone.value().name},
                        {"seed", seed},
                        {"answers", std::move(answers)}};
  Result<std::string> written = write_canonical_json(members);
  if (!written.ok()) return failure_of(written.error(), options.operand(1));
  return std::move(written).value();
}

// The pieces are the core's own JSON; they are joined as they are.
std::string report_of(Engine& engine, TraceRecorder* recorder) {
  std::string check = check_json(engine);
  require(check.size() > 2 && check.front() == '{', "check_json() writes an object");
  std::string report = "{\"answers\":" + answers_json(engine) + ",\"fee\":" + fee_json(engine);
  if (recorder != nullptr) report += ",\"trace\":" + trace_json(recorder->take());
  return report + "," + check.substr(1);
}

// Why the form did not open on `answers`: what opens without them is not to blame.
Failure opening_failure(const Options& options, ByteView package, const Json& answers,
                        ErrorCode code) {
  Outcome<std::string> bare = engine_options(options, "", Json::object());
  if (!bare.ok()) return bare.failure();
  const Result<OpenForm> form = open_form(package, bare.value());
  if (!form.ok()) return failure_of({form.error().code, 0}, options.operand(0));
  const std::optional<AnswerRefusal> misplaced =
      find_misplaced(*form.value().package, answers, AnswerReading::draft);
  return failure_at(misplaced && misplaced->code == code ? *misplaced : AnswerRefusal{code, ""},
                    options.operand(1));
}

ExitCode run(const Options& options) {
  if (options.value("seed").size() > kMaxSeedBytes) {
    return report(kName, {kExitUsage, "--seed wants at most 32 bytes"});
  }
  Outcome<std::string> texts = texts_option(options);
  if (!texts.ok()) return report(kName, texts.failure());
  Outcome<Bytes> package = load_package(options.operand(0), texts.value());
  if (!package.ok()) return report(kName, package.failure());
  Outcome<Json> answers = load_answers(options.operand(1));
  if (!answers.ok()) return report(kName, answers.failure());
  const bool is_new = options.has("new");
  const std::string seed = seed_of(options);
  Outcome<std::string> engine_text =
      engine_options(options, seed, is_new ? Json::object() : answers.value());
  if (!engine_text.ok()) return report(kName, engine_text.failure());
  TraceRecorder trace;
  TraceRecorder* const recorder = options.has("trace") ? &trace : nullptr;
  Result<OpenForm> form = open_form(package.value(), engine_text.value(), recorder);
  if (!form.ok()) {
    return report(kName,
                  opening_failure(options, package.value(), answers.value(), form.error().code));
  }
  Engine& engine = *form.value().engine;
  if (draws_lots(engine.package())) tell_of_lots(options, seed);
  if (is_new) {
    const Outcome<Done> typed = type_answers(engine, answers.value(), options.operand(1));
    if (!typed.ok()) return report(kName, typed.failure());
  }
  std::printf("%s\n", report_of(engine, recorder).c_str());
  return engine.verdict().status == VerdictStatus::incomplete ? kExitNo : kExitYes;
}

}  // namespace

const Command kEvalCommand = {
    kName, "evaluate answers against a form package", kHelp, {kOptions, 2, 2}, run,
};

}  // namespace landfall
