// landfall submissions open: opens a case with the case office's key and evaluates it again.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>

#include "server/cli/case_access.h"
#include "server/cli/command.h"
#include "server/cli/desk_key.h"
#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/output_file.h"
#include "server/cli/terminal.h"
#include "server/desk/open_case.h"
#include "server/desk/reevaluate.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/attachment.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "submissions open";

constexpr std::string_view kHelp =
    "usage: landfall submissions open ID --data DIR -i IDENTITY [-o DIR] [--packages DIR]\n"
    "                                 [--desk KEY [--trust KEY]... [--certificates FILE]]\n"
    "\n"
    "Opens the case ID (case number, submission id or manifest digest): verifies its manifest,\n"
    "decrypts the answers, checks that they belong to it, evaluates them again with this engine,\n"
    "and prints everything as JSON. A verdict that differs from the applicant's is listed under\n"
    "\"differences\" and on standard error.\n"
    "\n"
    "options:\n"
    "  --data DIR            the server's data folder\n"
    "  -i, --identity FILE   the case office's identity or key file; may be repeated\n"
    "  --passphrase-file F   the passphrase of a sealed identity file\n"
    "  -o, --out DIR         write the attachments here, each checked against its digest, as\n"
    "                        SLOT-N.EXT; nothing there is overwritten, what is there is not\n"
    "                        written again\n"
    "  --packages DIR        published packages (default: packages in or beside --data)\n"
    "  --desk KEY            once the answers and all attachments are opened, tell the applicant\n"
    "                        so, signed with this desk's key; --trust and --certificates as for\n"
    "                        `landfall submissions tell`\n"
    "\n"
    "exit codes: 0 opened and the verdict is the same, 1 it differs, or the case or one of its\n"
    "            attachments is not what was signed (the others are written), 2 wrong usage,\n"
    "            3 could not read, write, decrypt or evaluate again\n"
    "example: landfall submissions open 115110000013 --data data -i case-office.identity -o "
    "photos\n";

constexpr std::array kOptions = {OptionRule{"data", 0, Takes::one_value},
                                 OptionRule{"identity", 'i', Takes::many_values},
                                 OptionRule{"passphrase-file", 0, Takes::one_value},
                                 OptionRule{"out", 'o', Takes::one_value},
                                 OptionRule{"packages", 0, Takes::one_value},
                                 OptionRule{"desk", 0, Takes::one_value},
                                 OptionRule{"trust", 0, Takes::many_values},
                                 OptionRule{"certificates", 0, Takes::one_value}};

// Content that contradicts a signed statement is a "no"; the rest could not be read.
ExitCode exit_code_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::not_found:
    case ErrorCode::storage_unavailable:
    case ErrorCode::envelope_unreadable:
    case ErrorCode::out_of_memory:
    case ErrorCode::too_large:
      return kExitCouldNot;
    default:
      return kExitNo;
  }
}

// The bytes of the package with `digest`, or nothing where no folder has it.
std::optional<Bytes> find_package(const Options& options, const std::string& digest) {
  const std::filesystem::path data(options.value("data"));
  std::vector<std::filesystem::path> folders = {data / "packages", data / ".." / "packages"};
  if (options.has("packages")) folders = {options.value("packages")};
  for (const std::filesystem::path& folder : folders) {
    const std::string path = (folder / (digest + ".json")).string();
    if (!file_exists(path)) continue;
    Outcome<Bytes> bytes = load_file(path);
    if (bytes.ok()) return bytes.value();
  }
  return std::nullopt;
}

std::string canonical(const Json& value) {
  Result<std::string> text = write_canonical_json(value);
  require(text.ok(), "what was read as JSON can be written again");
  return text.value();
}

StatedVerdict stated_verdict(const OpenedCase& opened) {
  const SealedAnswers& answers = opened.answers;
  return {.form_id = answers.form.id,
          .form_version = answers.form.version,
          .package_digest = answers.form.digest,
          .as_of = answers.as_of,
          .time_zone = answers.time_zone,
          .answers = canonical(answers.answers),
          .status = std::string(verdict_name(answers.verdict)),
          .findings = answers.findings,
          .fee_code = opened.manifest.manifest.fee_code};
}

// What this engine says differently, as JSON; null where it could not be asked.
Json differences_json(const Options& options, const OpenedCase& opened) {
  const std::optional<Bytes> package = find_package(options, opened.answers.form.digest);
  if (!package) {
    report(kName, {kExitCouldNot,
                   "the form package is not here (--packages), so the verdict was "
                   "not evaluated again"});
    return nullptr;
  }
  Result<std::vector<Difference>> differences = reevaluate(*package, stated_verdict(opened));
  if (!differences.ok()) {
    report(kName, failure_of(differences.error(), "evaluating again"));
    return nullptr;
  }
  Json list = Json::array();
  for (const Difference& difference : differences.value()) {
    report(kName, {kExitNo, fmt::format("DIFFERENT {}: the applicant's engine said {}, this one {}",
                                        difference.what, difference.stated, difference.found)});
    list.push_back(
        {{"what", difference.what}, {"stated", difference.stated}, {"found", difference.found}});
  }
  return list;
}

// A name made of the slot alone, with "_" for "/": what the applicant called the file is shown,
// never used.
std::string safe_stem(const std::string& slot) {
  std::string stem;
  for (const char c : slot) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '_' || c == '-';
    if (stem.size() >= 60) break;
    if (plain) stem += c;
    if (c == '/' && !stem.empty()) stem += '_';
  }
  return stem.empty() ? "file" : stem;
}

std::string extension_of(ByteView content) {
  const std::string_view extension = usual_extension(sniff_media_type(content));
  return extension.empty() ? ".bin" : "." + std::string(extension);
}

// True when `path` is a file that holds exactly `content`.
bool has_content(const std::string& path, ByteView content) {
  if (!file_exists(path)) return false;
  Outcome<Bytes> known = load_file(path, content.size());
  return known.ok() &&
         std::equal(content.begin(), content.end(), known.value().begin(), known.value().end());
}

// Saves under the first number that is free or holds the same bytes already.
Outcome<std::string> save_attachment(const std::string& folder, const std::string& slot,
                                     ByteView content) {
  constexpr int kMostFiles = 1000;
  for (int number = 1; number <= kMostFiles; ++number) {
    const std::string path =
        fmt::format("{}/{}-{}{}", folder, safe_stem(slot), number, extension_of(content));
    const std::filesystem::file_status known = std::filesystem::symlink_status(path);
    if (std::filesystem::is_regular_file(known) && has_content(path, content)) return path;
    if (std::filesystem::exists(known)) continue;
    Outcome<Done> saved = save_file(path, content, Readers::owner_only, Existing::kept);
    if (!saved.ok()) return saved.failure();
    return path;
  }
  return Failure{kExitCouldNot, folder + ": too many files for " + safe_stem(slot)};
}

// What the answers say of an attachment, with "problem" where it is not that or not there.
Json attachment_json(const AttachmentEntry& entry) {
  return {
      {"slot", entry.slot}, {"file_name", entry.file_name}, {"media_type", entry.media_type},
      {"size", entry.size}, {"sha256", entry.sha256},       {"sealed_sha256", entry.sealed_sha256}};
}

// One damaged attachment hides neither the answers nor the others.
Outcome<Json> attachments_json(const Options& options, const OpenedCase& opened,
                               const CaseStore& store, std::span<const X25519Identity> identities) {
  const std::string folder = options.value("out");
  if (!folder.empty()) {
    Outcome<Done> made = make_folder(folder);
    if (!made.ok()) return made.failure();
  }
  Json list = Json::array();
  for (const AttachmentEntry& entry : opened.answers.attachments) {
    Result<Bytes> content = open_case_attachment(opened, entry, store, identities);
    Json item = attachment_json(entry);
    if (!content.ok()) {
      report(kName, failure_of(content.error(), "DAMAGED attachment " + safe_stem(entry.slot) +
                                                    ", part " + entry.sealed_sha256));
      item["problem"] = error_name(content.error().code);
    } else if (!folder.empty()) {
      Outcome<std::string> path = save_attachment(folder, entry.slot, content.value());
      if (!path.ok()) return path.failure();
      item["path"] = path.value();
    }
    list.push_back(std::move(item));
  }
  return list;
}

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    list.push_back({{"path", finding.path},
                    {"code", finding.code},
                    {"severity", finding.severity == Severity::error ? "error" : "warning"}});
  }
  return list;
}

Json summary_json(const ReceivedCase& received, const OpenedCase& opened) {
  const SealedAnswers& answers = opened.answers;
  return {
      {"case_number", received.case_number},
      {"received_at", received.received_at},
      {"submission_id", answers.submission_id},
      {"kid", answers.kid},
      {"form",
       {{"id", answers.form.id},
        {"version", answers.form.version},
        {"digest", answers.form.digest}}},
      {"as_of", answers.as_of},
      {"time_zone", answers.time_zone},
      {"verdict",
       {{"status", verdict_name(answers.verdict)}, {"findings", findings_json(answers.findings)}}},
      {"answers", answers.answers}};
}

Outcome<Json> open_all(const Options& options, const CaseStore& store, const ReceivedCase& received,
                       std::span<const X25519Identity> identities) {
  Result<OpenedCase> opened = open_case(received, store, identities);
  if (!opened.ok()) {
    return failure_of({opened.error().code, 0}, options.operand(0),
                      exit_code_of(opened.error().code));
  }
  Json all = summary_json(received, opened.value());
  Outcome<Json> attachments = attachments_json(options, opened.value(), store, identities);
  if (!attachments.ok()) return attachments.failure();
  all["attachments"] = std::move(attachments.value());
  all["differences"] = differences_json(options, opened.value());
  return all;
}

bool is_whole(const Json& all) {
  const Json& attachments = *find_member(all, "attachments");
  return std::none_of(attachments.begin(), attachments.end(), [](const Json& attachment) {
    return find_member(attachment, "problem") != nullptr;
  });
}

// A damaged attachment or another verdict is a "no", whatever else could not be done.
ExitCode verdict_of(const Json& all) {
  if (!is_whole(all)) return kExitNo;
  const Json* differences = find_member(all, "differences");
  if (!differences->is_array()) return kExitCouldNot;
  return differences->empty() ? kExitYes : kExitNo;
}

// The applicant hears only of a case that is here as it was sent.
Outcome<Done> tell_opened(CaseStore& store, const ReceivedCase& received,
                          const std::optional<DeskKey>& desk, const Json& all) {
  if (!desk || !is_whole(all)) return Done{};
  Outcome<ToldMessage> told = tell(store, received, MessageKind::opened, *desk);
  if (!told.ok()) return told.failure();
  return Done{};
}

ExitCode run(const Options& options) {
  if (!options.has("identity")) return report(kName, {kExitUsage, "--identity is needed"});
  Outcome<std::unique_ptr<CaseStore>> store =
      open_data_option(options, options.has("desk") ? CaseAccess::write : CaseAccess::read);
  if (!store.ok()) return report(kName, store.failure());
  std::optional<DeskKey> desk;
  if (options.has("desk")) {
    Outcome<DeskKey> loaded = load_desk_key(options);
    if (!loaded.ok()) return report(kName, loaded.failure());
    desk = std::move(loaded.value());
  }
  Outcome<Identities> identities =
      load_identities(options.values("identity"), options.value("passphrase-file"));
  if (!identities.ok()) return report(kName, identities.failure());
  Outcome<ReceivedCase> received = find_case(*store.value(), options.operand(0));
  if (!received.ok()) return report(kName, received.failure());
  Outcome<Json> all =
      open_all(options, *store.value(), received.value(), identities.value().x25519);
  if (!all.ok()) return report(kName, all.failure());
  const std::string text = visible_json(canonical(all.value()));
  std::printf("%s\n", text.c_str());
  const Outcome<Done> told = tell_opened(*store.value(), received.value(), desk, all.value());
  if (!told.ok()) return report(kName, told.failure());
  return verdict_of(all.value());
}

}  // namespace

const Command kSubmissionsOpenCommand = {
    kName, "open a case and evaluate it again", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
