// landfall check: checks one value as a question of a type would.

#include <array>
#include <cstdio>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/moment.h"
#include "server/cli/terminal.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/state_json.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "check";

constexpr std::string_view kHelp =
    "usage: landfall check TYPE VALUE [--as-of DATE] [--tz ZONE] [--param NAME=TEXT]... [--json]\n"
    "\n"
    "Checks VALUE as a question of TYPE would and prints one finding per line: its code, its\n"
    "severity and its parameters. A VALUE that is - is read from standard input, which other\n"
    "users of the machine do not see; -- stands before a VALUE that begins with a dash.\n"
    "\n"
    "TYPE is one of country, date, email, hkid, macau_bir, mainland_travel_permit, mrz, name_en,\n"
    "name_zh, partial_date, passport_number, person_name, phone, prc_id, roc_date, roc_id,\n"
    "tw_phone, ubn, ui_no, zh_text.\n"
    "\n"
    "options:\n"
    "  --as-of DATE        the day it is checked on (default: today in --tz)\n"
    "  --tz ZONE           time zone of today (default: Asia/Taipei); landfall zones lists them\n"
    "  --param NAME=TEXT   what else is known: country of a passport, region (HKG or MAC),\n"
    "                      calling_code of a phone, email_policy (warn or block), "
    "single_name=true\n"
    "  --json              print {findings, normalised?} instead\n"
    "\n"
    "exit codes: 0 acceptable (warnings do not count), 1 not acceptable, 2 wrong usage,\n"
    "            3 could not read\n"
    "example: landfall check roc_id A123456789\n";

constexpr std::array kOptions = {
    OptionRule{"as-of", 0, Takes::one_value}, OptionRule{"tz", 0, Takes::one_value},
    OptionRule{"param", 0, Takes::many_values}, OptionRule{"json", 0, Takes::nothing}};

constexpr std::size_t kMaxValueBytes = std::size_t{1} << 20;

Outcome<std::string> obtain_value(const Options& options) {
  if (options.operand(1) != "-") return options.operand(1);
  Outcome<std::string> text = load_text("-", kMaxValueBytes);
  if (text.ok() && text.value().ends_with('\n')) text.value().pop_back();
  return text;
}

Outcome<Json> parameters_of(const Options& options) {
  Json parameters = Json::object();
  for (const std::string& text : options.values("param")) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      return Failure{kExitUsage, "--param wants NAME=TEXT, not: " + text};
    }
    parameters[text.substr(0, equals)] = text.substr(equals + 1);
  }
  return parameters;
}

Outcome<std::string> request_of(const Options& options) {
  Outcome<NamedZone> zone = zone_option(options);
  if (!zone.ok()) return zone.failure();
  Outcome<std::string> as_of = as_of_option(options, zone.value().zone);
  if (!as_of.ok()) return as_of.failure();
  Outcome<std::string> value = obtain_value(options);
  if (!value.ok()) return value.failure();
  Outcome<Json> parameters = parameters_of(options);
  if (!parameters.ok()) return parameters.failure();
  Json request = {{"type", options.operand(0)}, {"value", value.value()}, {"as_of", as_of.value()}};
  if (!parameters.value().empty()) request["params"] = parameters.value();
  Result<std::string> text = write_canonical_json(request);
  if (!text.ok()) return failure_of(text.error(), "the value", kExitUsage);
  return std::move(text).value();
}

void print_finding(const Json& finding) {
  std::string line(member_text_or(finding, "code", ""));
  line += " " + std::string(member_text_or(finding, "severity", "error"));
  const Json* parameters = find_member(finding, "params");
  if (parameters != nullptr && parameters->is_object()) {
    for (const auto& [name, value] : parameters->items()) {
      line += " " + name + "=" +
              (value.is_string() ? std::string(text_value(value))
                                 : write_canonical_json(value).value());
    }
  }
  std::printf("%s\n", visible_text(line).c_str());
}

// Prints what was found and says whether the value is acceptable.
ExitCode print_findings(const std::string& answer, bool as_json) {
  if (as_json) std::printf("%s\n", visible_json(answer).c_str());
  Result<Json> parsed = parse_json(answer);
  require(parsed.ok(), "the core writes JSON");
  ExitCode exit_code = kExitYes;
  const Json* findings = find_member(parsed.value(), "findings");
  if (findings == nullptr) return exit_code;
  for (const Json& finding : *findings) {
    if (member_text_or(finding, "severity", "error") == "error") exit_code = kExitNo;
    if (!as_json) print_finding(finding);
  }
  return exit_code;
}

ExitCode run(const Options& options) {
  Outcome<std::string> request = request_of(options);
  if (!request.ok()) return report(kName, request.failure());
  Result<std::string> answer = check_value_json(request.value());
  if (!answer.ok()) {
    Failure failure = failure_of(answer.error(), visible_text(options.operand(0)), kExitUsage);
    if (answer.error().code == ErrorCode::identity_type_unknown) {
      failure.message += "; landfall check --help lists the types";
    }
    return report(kName, failure);
  }
  return print_findings(answer.value(), options.has("json"));
}

}  // namespace

const Command kCheckCommand = {
    kName, "check one value of a type", kHelp, {kOptions, 2, 2}, run,
};

}  // namespace landfall
