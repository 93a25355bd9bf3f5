// landfall log continue: lets a receipt log that was restored from a backup go on under a new name.

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <memory>
#include <variant>

#include "server/app/link_signer.h"
#include "server/app/server_keys.h"
#include "server/app/server_roots.h"
#include "server/app/system_clock.h"
#include "server/cli/case_access.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/option_values.h"
#include "server/cli/serve_options.h"
#include "server/cli/terminal.h"
#include "server/cli/verification.h"
#include "server/intake/continue_log.h"
#include "server/store/data_lock.h"
#include "server/store/sqlite_log.h"
#include "server/store/sqlite_store.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "log continue";

constexpr std::string_view kHelp =
    "usage: landfall log continue --data DIR --keys DIR --origin NEW [--seen FILE]\n"
    "                             [--lost-origin NAME]... [--former-certificate FILE]...\n"
    "                             [--pass-over N] [--config FILE] [--production] [--json]\n"
    "\n"
    "After the data folder was restored from a backup: what was received since the backup is "
    "lost,\n"
    "and phones hold receipts for it. The receipt log must not grow under its old name, where "
    "that\n"
    "would look as if it had been rewritten. This command checks the restored folder, lets its "
    "log\n"
    "go on as NEW with the same entries, and signs a link that says so. Phones learn from it "
    "which\n"
    "receipts are of what was lost, and hand those applications in again; every other receipt "
    "stays\n"
    "good. All of it happens in one step or not at all; no server may be running on the folder.\n"
    "\n"
    "Afterwards sign the packages for the new name (landfall package sign --aud NEW) and start "
    "the\n"
    "server with --origin NEW. In production the agency also certifies the receipt key for NEW:\n"
    "receipt.cert in --keys (landfall package sign --aud NEW --certificate FILE).\n"
    "\n"
    "options:\n"
    "  --data DIR        the restored data folder\n"
    "  --keys DIR        receipt.json, receipt.cert for NEW, root.pub; as `landfall serve`; after\n"
    "                    a handover of the root key also its agency.certs\n"
    "  --origin NEW      the new name, which the log must never have had\n"
    "  --seen FILE       the newest checkpoint of the log that anybody kept (landfall log verify\n"
    "                    --remember): where the folder holds all it has seen, nothing is done.\n"
    "                    It is believed as it stands; have `landfall log verify` look at it first\n"
    "  --lost-origin NAME   a name that the log had after this backup was made: where a backup "
    "older\n"
    "                    than the one before is restored. May be repeated\n"
    "  --former-certificate FILE   the receipt key's certificate for the old name (or for a lost\n"
    "                    one), where the newest receipt does not have it. May be repeated\n"
    "  --pass-over N     leave out so many case numbers of each kind, because the lost ones were\n"
    "                    given to somebody (default: 10000)\n"
    "  --config FILE     as `landfall serve`\n"
    "  --production      refuse development keys and the agency's secret key\n"
    "  --json            print {former, origin, size, root, links, ...} instead of sentences\n"
    "\n"
    "exit codes: 0 it goes on as NEW, 1 not needed, or the folder does not hold together, 2 wrong\n"
    "            usage, 3 could not\n"
    "example: landfall log continue --data data --keys keys --origin apply.example/log-2\n";

constexpr std::array kOptions = {OptionRule{"data", 0, Takes::one_value},
                                 OptionRule{"keys", 0, Takes::one_value},
                                 OptionRule{"origin", 0, Takes::one_value},
                                 OptionRule{"seen", 0, Takes::one_value},
                                 OptionRule{"lost-origin", 0, Takes::many_values},
                                 OptionRule{"former-certificate", 0, Takes::many_values},
                                 OptionRule{"pass-over", 0, Takes::one_value},
                                 OptionRule{"config", 0, Takes::one_value},
                                 OptionRule{"production", 0, Takes::nothing},
                                 OptionRule{"json", 0, Takes::nothing}};

constexpr std::int64_t kMostPassedOver = 1'000'000;
constexpr std::size_t kMaxOriginBytes = 128;

Outcome<LogContinuation> continuation_of(const Options& options, const std::string& origin) {
  LogContinuation wanted;
  wanted.origin = origin;
  wanted.lost_origins = options.values("lost-origin");
  for (const std::string& name : wanted.lost_origins) {
    if (!is_token(name, kMaxOriginBytes)) {
      return Failure{kExitUsage, "--lost-origin " + name + " is no name of a log"};
    }
  }
  Outcome<std::int64_t> numbers =
      number_option(options, "pass-over", kPassedOverCaseNumbers, kMostPassedOver);
  if (!numbers.ok()) return numbers.failure();
  wanted.passed_over_case_numbers = static_cast<std::uint32_t>(numbers.value());
  if (!options.has("seen")) return wanted;
  Outcome<std::string> note = load_text(options.value("seen"));
  if (!note.ok()) return note.failure();
  Result<Checkpoint> seen = read_checkpoint_claims(note.value());
  if (!seen.ok()) return failure_of(seen.error(), options.value("seen"));
  wanted.newest_seen = std::move(seen).value();
  return wanted;
}

Outcome<std::vector<std::string>> former_certificates(const Options& options) {
  std::vector<std::string> certificates;
  for (const std::string& path : options.values("former-certificate")) {
    Outcome<std::string> text = load_text(path);
    if (!text.ok()) return text.failure();
    certificates.emplace_back(trimmed(text.value()));
  }
  return certificates;
}

Failure failure_of_refusal(const ContinuationRefusal& refusal, const std::string& folder) {
  using Kind = ContinuationRefusal::Kind;
  std::string message = folder + ": " + describe(refusal);
  switch (refusal.kind) {
    case Kind::certificate_missing:
      message += "; give the certificate with --former-certificate";
      return {kExitCouldNot, std::move(message)};
    case Kind::never_opened:
    case Kind::not_signed:
    case Kind::storage:
      return {kExitCouldNot, std::move(message)};
    case Kind::defect:
      if (refusal.defect && refusal.defect->code != ErrorCode::internal) {
        message += fmt::format(" ({})", error_name(refusal.defect->code));
      }
      return {kExitNo, std::move(message)};
    default:
      return {kExitNo, std::move(message)};
  }
}

// Everything but the words: the lock, the folder and the keys around continue_log().
Outcome<ContinuedLog> continue_folder(const Options& options, const ServeOptions& serve,
                                      const LogContinuation& wanted) {
  const std::string& folder = serve.data_folder;
  Outcome<std::vector<std::string>> certificates = former_certificates(options);
  if (!certificates.ok()) return certificates.failure();
  // Looked for before anything is opened: opening makes what is not there.
  if (!file_exists(folder + "/landfall.db")) {
    return data_failure({ErrorCode::not_found}, folder);
  }
  const Result<std::optional<FileDescriptor>> lock = lock_data_folder(folder);
  if (!lock.ok()) return failure_of(lock.error(), folder);
  if (!lock.value()) {
    return Failure{kExitCouldNot, folder + ": a landfall serve is running on it; stop it first"};
  }
  const SystemClock clock;
  const KeyRequest request{serve.keys_folder, wanted.origin, serve.is_production};
  const std::variant<ServerKeys, KeysUnusable> keys = load_server_keys(request, clock);
  if (const auto* problem = std::get_if<KeysUnusable>(&keys)) {
    return Failure{kExitCouldNot, problem->message};
  }
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::open(folder + "/landfall.db");
  if (!store.ok()) return failure_of(store.error(), folder);
  const Result<std::vector<std::string>> names = stored_log_names(*store.value(), wanted.origin);
  if (!names.ok()) return failure_of(names.error(), folder);
  const KeyedLinkSigner signer(std::get<ServerKeys>(keys),
                               server_roots(std::get<ServerKeys>(keys).root,
                                            std::span(&serve.keys_folder, 1), names.value()),
                               request, clock, std::move(certificates.value()));
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(folder);
  if (!log.ok()) return data_failure(log.error(), folder);
  std::variant<ContinuedLog, ContinuationRefusal> done =
      continue_log(*store.value(), *log.value(), signer, clock, wanted);
  if (const auto* refusal = std::get_if<ContinuationRefusal>(&done)) {
    return failure_of_refusal(*refusal, folder);
  }
  return std::get<ContinuedLog>(std::move(done));
}

void print(const ContinuedLog& done, const std::string& origin) {
  std::printf("the log %s goes on as %s with its first %llu entries, root %s\n",
              done.former.c_str(), origin.c_str(), static_cast<unsigned long long>(done.tree_size),
              format_hex(done.root).c_str());
  if (done.lost_entries) {
    std::printf(
        "%llu entries that the checkpoint has seen are lost; phones will offer them again\n",
        static_cast<unsigned long long>(*done.lost_entries));
  }
  std::printf("now sign the packages with --aud %s, and start the server with --origin %s\n",
              origin.c_str(), origin.c_str());
}

void print_json(const ContinuedLog& done, const std::string& origin) {
  Json json = {{"former", done.former},
               {"origin", origin},
               {"size", done.tree_size},
               {"root", format_hex(done.root)},
               {"links", done.links}};
  if (done.lost_entries) json["lost_entries"] = *done.lost_entries;
  const Result<std::string> text = write_canonical_json(json);
  require(text.ok(), "what was done can be written as JSON");
  std::printf("%s\n", text.value().c_str());
}

ExitCode run(const Options& options) {
  if (!options.has("origin")) return report(kName, {kExitUsage, "--origin is needed"});
  if (!options.has("data") && !options.has("config")) {
    return report(kName, {kExitUsage, "--data is needed"});
  }
  Outcome<ServeOptions> serve = serve_options(options);
  if (!serve.ok()) return report(kName, serve.failure());
  Outcome<LogContinuation> wanted = continuation_of(options, serve.value().origin);
  if (!wanted.ok()) return report(kName, wanted.failure());
  Outcome<ContinuedLog> done = continue_folder(options, serve.value(), wanted.value());
  if (!done.ok()) return report(kName, done.failure());
  (options.has("json") ? print_json : print)(done.value(), serve.value().origin);
  return kExitYes;
}

}  // namespace

const Command kLogContinueCommand = {
    kName, "let a restored receipt log go on", kHelp, {kOptions, 0, 0}, run,
};

}  // namespace landfall
