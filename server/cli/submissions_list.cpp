// landfall submissions list: the cases a server has received.

#include <array>
#include <cstdio>

#include "server/cli/case_access.h"
#include "server/cli/command.h"
#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "submissions list";

constexpr std::string_view kHelp =
    "usage: landfall submissions list --data DIR [--json]\n"
    "\n"
    "Lists the cases in the data folder of a server, in the order they were received: case "
    "number,\n"
    "time, form and submission id. The server may be running.\n"
    "\n"
    "options:\n"
    "  --data DIR   the server's data folder\n"
    "  --json       print a list of objects instead\n"
    "\n"
    "exit codes: 0 listed, 2 wrong usage, 3 could not read\n"
    "example: landfall submissions list --data data\n";

constexpr std::array kOptions = {OptionRule{"data", 0, Takes::one_value},
                                 OptionRule{"json", 0, Takes::nothing}};

constexpr int kCasesAtOnce = 500;

std::string line_of(const ReceivedCase& received) {
  return received.case_number + "  " + received.received_at + "  " + received.form_id + "  " +
         received.submission_id;
}

Json json_of(const ReceivedCase& received) {
  return {{"case_number", received.case_number},
          {"received_at", received.received_at},
          {"form_id", received.form_id},
          {"submission_id", received.submission_id},
          {"manifest_sha256", received.manifest_sha256},
          {"kid", received.kid},
          {"log_index", received.log_index}};
}

void print(const ReceivedCase& received, bool as_json, bool first) {
  if (!as_json) {
    std::printf("%s\n", line_of(received).c_str());
    return;
  }
  Result<std::string> text = write_canonical_json(json_of(received));
  require(text.ok(), "a case can be written as JSON");
  std::printf("%s%s", first ? "" : ",\n", text.value().c_str());
}

Outcome<Done> print_all(const CaseStore& store, bool as_json) {
  std::uint64_t next = 0;
  bool first = true;
  for (;;) {
    Result<std::vector<ReceivedCase>> cases = store.list_cases(next, kCasesAtOnce);
    if (!cases.ok()) return failure_of(cases.error(), "cases");
    for (const ReceivedCase& received : cases.value()) {
      print(received, as_json, first);
      first = false;
      next = received.log_index + 1;
    }
    if (cases.value().size() < static_cast<std::size_t>(kCasesAtOnce)) return Done{};
  }
}

ExitCode run(const Options& options) {
  Outcome<std::unique_ptr<CaseStore>> store = open_data_option(options);
  if (!store.ok()) return report(kName, store.failure());
  const bool as_json = options.has("json");
  if (as_json) std::printf("[");
  Outcome<Done> printed = print_all(*store.value(), as_json);
  if (!printed.ok()) return report(kName, printed.failure());
  if (as_json) std::printf("]\n");
  return kExitYes;
}

}  // namespace

const Command kSubmissionsListCommand = {
    kName, "list the received cases", kHelp, {kOptions, 0, 0}, run,
};

}  // namespace landfall
