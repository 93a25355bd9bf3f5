// landfall submissions tell: tells the applicant of a case what became of it.

#include <array>
#include <cstdio>

#include "server/cli/case_access.h"
#include "server/cli/command.h"
#include "server/cli/desk_key.h"
#include "server/cli/moment.h"
#include "server/store/open_case_store.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "submissions tell";

constexpr std::string_view kHelp =
    "usage: landfall submissions tell ID opened|unreadable --data DIR --desk KEY\n"
    "                                 [--trust KEY]... [--certificates FILE]\n"
    "\n"
    "Signs a message to the applicant of the case ID (case number, submission id or manifest\n"
    "digest) and leaves it where their phone asks for it. ID was\n"
    "  opened       the case office has opened the answers and every attachment; the phone may\n"
    "               then give up the sealed copies that it keeps\n"
    "  unreadable   they cannot be opened, by nobody here; the applicant is asked to seal and\n"
    "               send the application again\n"
    "`landfall submissions open --desk` says the first by itself. What was said last is not said\n"
    "twice.\n"
    "\n"
    "options:\n"
    "  --data DIR    the server's data folder; the server may be running\n"
    "  --desk KEY    the desk's key file, with its certificate beside it\n"
    "                (landfall keygen desk --certified-by agency.json -o desk.json)\n"
    "  --trust KEY   the agency's root key, as for landfall verify; may be repeated\n"
    "  --certificates FILE   agency.certs, as for landfall verify\n"
    "\n"
    "exit codes: 0 told, 2 wrong usage, 3 could not read, sign or store\n"
    "example: landfall submissions tell 115110000013 unreadable --data data --desk desk.json\n";

constexpr std::array kOptions = {
    OptionRule{"data", 0, Takes::one_value}, OptionRule{"desk", 0, Takes::one_value},
    OptionRule{"trust", 0, Takes::many_values}, OptionRule{"certificates", 0, Takes::one_value}};

ExitCode run(const Options& options) {
  const Result<MessageKind> kind = parse_message_kind(options.operand(1));
  if (!kind.ok()) {
    return report(kName, {kExitUsage, options.operand(1) + ": one of opened, unreadable"});
  }
  if (!options.has("desk")) return report(kName, {kExitUsage, "--desk is needed"});
  Outcome<std::unique_ptr<CaseStore>> store = open_data_option(options, CaseAccess::write);
  if (!store.ok()) return report(kName, store.failure());
  Outcome<DeskKey> desk = load_desk_key(options);
  if (!desk.ok()) return report(kName, desk.failure());
  Outcome<ReceivedCase> received = find_case(*store.value(), options.operand(0));
  if (!received.ok()) return report(kName, received.failure());
  Outcome<ToldMessage> told = tell(*store.value(), received.value(), kind.value(), desk.value());
  if (!told.ok()) return report(kName, told.failure());
  std::printf("%s\n", told.value().text.c_str());
  return kExitYes;
}

}  // namespace

const Command kSubmissionsTellCommand = {
    kName, "tell the applicant what became of a case", kHelp, {kOptions, 2, 2}, run,
};

}  // namespace landfall
