// landfall log verify: whether the receipt log is whole, has only grown, and holds a receipt.

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <memory>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/log_source.h"
#include "server/cli/output_file.h"
#include "server/cli/receipt_keys.h"
#include "server/cli/terminal.h"
#include "server/cli/trust.h"
#include "server/cli/verification.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/submission/log_link.h"
#include "shared/submission/receipt.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "log verify";

constexpr std::string_view kHelp =
    "usage: landfall log verify --data DIR   [RECEIPT...] [--remember FILE] [--index FILE]\n"
    "       landfall log verify --server URL [RECEIPT...] [--remember FILE] [--index FILE]\n"
    "                           [--trust KEY]... [--certificates FILE] [--json]\n"
    "\n"
    "Says whether the receipt log is what it should be. Of a data folder it makes the whole log\n"
    "anew from the receipts and compares it with what is stored and signed; the server may be\n"
    "running. Of a server it checks the signature of its newest checkpoint. Each RECEIPT must be\n"
    "genuine and stand in the log; what --remember saved must be the beginning of it. Where the "
    "log\n"
    "went on under another name after a restore (landfall log continue), receipts and checkpoints "
    "of\n"
    "the former name count as far as the signed link says; beyond, they are of what was lost.\n"
    "\n"
    "options:\n"
    "  --data DIR        the server's data folder\n"
    "  --server URL      the server, http://127.0.0.1:8480 for example\n"
    "  --remember FILE   the checkpoint seen last: when FILE is there, the log must have grown "
    "from\n"
    "                    it, and afterwards FILE holds the newest; a log that was rewritten shows\n"
    "  --index FILE      a signed index: nothing counts that is signed by a key it revokes; a "
    "server's\n"
    "                    own index is asked for in any case\n"
    "  --trust KEY       the root key, as `landfall verify`; may be repeated\n"
    "  --certificates FILE   agency.certs, as `landfall verify`; a server is asked for its own\n"
    "  --json            print {agrees, origin, size, root, ...} instead of sentences\n"
    "\n"
    "exit codes: 0 it agrees, 1 it does not, 2 wrong usage, 3 could not read\n"
    "example: landfall log verify --server https://apply.example --remember last.checkpoint\n";

constexpr std::array kOptions = {OptionRule{"data", 0, Takes::one_value},
                                 OptionRule{"server", 0, Takes::one_value},
                                 OptionRule{"remember", 0, Takes::one_value},
                                 OptionRule{"trust", 0, Takes::many_values},
                                 OptionRule{"certificates", 0, Takes::one_value},
                                 OptionRule{"index", 0, Takes::one_value},
                                 OptionRule{"json", 0, Takes::nothing}};

constexpr std::size_t kMostOperands = 10000;

// What was found so far: lines for people, the same for programs.
struct Findings {
  std::vector<std::string> lines;
  Json facts = Json::object();
};

Outcome<std::unique_ptr<LogSource>> open_source(const Options& options, TrustedRoots roots) {
  if (options.has("server") == options.has("data")) {
    return Failure{kExitUsage, "one of --server and --data is needed"};
  }
  LogTrust trust{std::move(roots), std::nullopt};
  if (options.has("index")) {
    Outcome<Index> index = load_current_index(options.value("index"), trust.roots);
    if (!index.ok()) return index.failure();
    trust.index = std::move(index.value());
  }
  if (options.has("data")) return stored_log(options.value("data"), std::move(trust));
  return served_log(options.value("server"), std::move(trust));
}

// A checkpoint that this command verified and saved.
Outcome<Checkpoint> load_remembered(const std::string& path) {
  Outcome<std::string> note = load_text(path);
  if (!note.ok()) return note.failure();
  Result<Checkpoint> checkpoint = read_checkpoint_claims(note.value());
  if (!checkpoint.ok()) return failure_of(checkpoint.error(), path);
  return std::move(checkpoint).value();
}

// Whether the log has only grown since `old`, of which it holds the first `kept` entries; a line
// for people about it.
Outcome<std::string> check_growth(LogSource& source, const Checkpoint& old, const Checkpoint& now,
                                  std::uint64_t kept, const std::string& path) {
  const Failure rewritten{kExitNo, fmt::format("the log is not a continuation of the {} entries in "
                                               "{}: it was rewritten, or there are two of it",
                                               old.size, path)};
  if (old.size > kept) {
    return fmt::format(
        "{} saw {} entries of the log {}; a restore lost all but the first {}, and "
        "whether these are the same cannot be proven from it",
        path, old.size, old.origin, kept);
  }
  const std::string grown = old.origin == now.origin
                                ? fmt::format("it continues the {} entries in {}", old.size, path)
                                : fmt::format("it continues the {} entries of the log {} in {}",
                                              old.size, old.origin, path);
  if (old.size > now.size) return rewritten;
  if (old.size == 0) return grown;
  Outcome<std::vector<LogHash>> proof = source.consistency(old.size, now.size);
  if (!proof.ok()) return proof.failure();
  if (!verify_consistency(old.size, now.size, proof.value(), old.root, now.root).ok()) {
    return rewritten;
  }
  return grown;
}

Outcome<Done> check_remembered(const Options& options, LogSource& source,
                               const LogSource::Head& head, Findings& findings) {
  if (!options.has("remember")) return Done{};
  const std::string path = options.value("remember");
  if (file_exists(path)) {
    Outcome<Checkpoint> old = load_remembered(path);
    if (!old.ok()) return old.failure();
    const std::string& origin = old.value().origin;
    const std::optional<std::uint64_t> kept =
        entries_continued(origin, head.checkpoint.origin, head.links);
    if (!kept) {
      return Failure{kExitNo, fmt::format("{} is of the log {}, not {}, and no link leads from one "
                                          "to the other",
                                          path, origin, head.checkpoint.origin)};
    }
    Outcome<std::string> grown = check_growth(source, old.value(), head.checkpoint, *kept, path);
    if (!grown.ok()) return grown.failure();
    findings.lines.push_back(grown.value());
    findings.facts["remembered_size"] = old.value().size;
  }
  return save_file(path, bytes_of(head.note), Readers::everybody, Existing::replaced);
}

// The name under which a receipt must have been given: the former one that it says, where a link
// leads from it to this log.
std::string name_for(std::string_view receipt, const LogSource::Head& head) {
  const Result<ReceiptClaims> claims = read_receipt_claims(receipt);
  const std::string& now = head.checkpoint.origin;
  if (!claims.ok() || !entries_continued(claims.value().log.origin, now, head.links)) return now;
  return claims.value().log.origin;
}

Failure lost_entry(const std::string& path, const LogEntry& entry, const std::string& now) {
  return {kExitNo,
          fmt::format("{}: genuine, but its entry {} is of the part of the log {} that was lost in "
                      "a restore, before it went on as {}: the application must be handed in again",
                      path, entry.index, entry.origin, now)};
}

void report_links(const LogSource::Head& head, Findings& findings) {
  if (!head.links.empty()) findings.facts["links"] = Json::array();
  for (const LogLink& link : head.links) {
    findings.lines.push_back(fmt::format("the first {} entries of the log {} went on as {} at {}",
                                         link.tree_size, link.former, link.origin, link.linked_at));
    findings.facts["links"].push_back({{"former", link.former},
                                       {"origin", link.origin},
                                       {"size", link.tree_size},
                                       {"linked_at", link.linked_at}});
  }
}

// The receipt, by whichever root spoke for the agency when it was received.
Result<VerifiedReceipt> verify_by_roots(std::string_view text, ReceiptTrust trust,
                                        std::span<const AgencyRoot> roots) {
  Result<VerifiedReceipt> found = Error{ErrorCode::receipt_certificate_wrong};
  for (const AgencyRoot& root : roots) {
    trust.root = root.key;
    Result<VerifiedReceipt> receipt = verify_receipt(text, trust);
    if (receipt.ok() && speaks_at(root, receipt.value().body.received_at)) return receipt;
    const bool is_nearer = found.error().code == ErrorCode::receipt_certificate_wrong;
    if (!receipt.ok() && is_nearer) found = receipt.error();
  }
  return found;
}

Outcome<Done> check_receipt(const std::string& path, LogSource& source, const LogSource::Head& head,
                            Findings& findings) {
  const Checkpoint& now = head.checkpoint;
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  ReceiptTrust trust;
  const std::string origin = name_for(trimmed(text.value()), head);
  trust.audience = origin;
  if (head.revoked) trust.revoked = *head.revoked;
  const Result<VerifiedReceipt> receipt = verify_by_roots(trimmed(text.value()), trust, head.roots);
  if (!receipt.ok()) return refusal_of(receipt.error(), path);
  const std::optional<LogEntry>& entry = receipt.value().log;
  if (!entry) return Failure{kExitNo, path + ": a short receipt names no place in the log"};
  if (standing_of_entry(origin, entry->index, now.origin, head.links) == EntryStanding::lost) {
    return lost_entry(path, *entry, now.origin);
  }
  const Failure missing{kExitNo,
                        fmt::format("{}: genuine, but the log does not hold it at entry {}: it was "
                                    "rewritten, or there are two of it",
                                    path, entry->index)};
  if (entry->index >= now.size) return missing;
  Outcome<std::vector<LogHash>> proof = source.inclusion(entry->index, now.size);
  if (!proof.ok()) return proof.failure();
  const Result<LogHash> leaf = receipt_leaf_hash(receipt.value().body);
  if (!leaf.ok() ||
      !verify_inclusion(entry->index, now.size, leaf.value(), proof.value(), now.root).ok()) {
    return missing;
  }
  findings.lines.push_back(
      fmt::format("{}: entry {}, case {}", path, entry->index, receipt.value().body.case_number));
  findings.facts["receipts"].push_back(
      {{"file", path}, {"index", entry->index}, {"case_number", receipt.value().body.case_number}});
  return Done{};
}

Outcome<Done> check_all(const Options& options, const TrustedRoots& roots, Findings& findings) {
  Outcome<std::unique_ptr<LogSource>> source = open_source(options, roots);
  if (!source.ok()) return source.failure();
  Outcome<LogSource::Head> head = source.value()->head();
  if (!head.ok()) return head.failure();
  const Checkpoint& now = head.value().checkpoint;
  findings.lines.push_back(fmt::format("the log {} has {} entries, root {}", now.origin, now.size,
                                       format_hex(now.root)));
  findings.facts["origin"] = now.origin;
  findings.facts["size"] = now.size;
  findings.facts["root"] = format_hex(now.root);
  findings.facts["revocation_checked"] = head.value().revoked.has_value();
  report_links(head.value(), findings);
  if (!head.value().warning.empty()) findings.lines.push_back(head.value().warning);
  const std::string finding = source.value()->finding();
  if (!finding.empty()) findings.lines.push_back(finding);
  for (const std::string& path : options.operands()) {
    Outcome<Done> checked = check_receipt(path, *source.value(), head.value(), findings);
    if (!checked.ok()) return checked.failure();
  }
  return check_remembered(options, *source.value(), head.value(), findings);
}

void print(Findings findings, const Outcome<Done>& checked, bool as_json) {
  if (!as_json) {
    for (const std::string& line : findings.lines) std::printf("%s\n", visible_json(line).c_str());
    return;
  }
  findings.facts["agrees"] = checked.ok();
  if (!checked.ok()) findings.facts["reason"] = checked.failure().message;
  const Result<std::string> text = write_canonical_json(findings.facts);
  require(text.ok(), "what was found can be written as JSON");
  std::printf("%s\n", text.value().c_str());
}

ExitCode run(const Options& options) {
  Outcome<TrustedRoots> roots = find_roots(options);
  if (!roots.ok()) return report(kName, roots.failure());
  announce(roots.value(), kName);
  Findings findings;
  const Outcome<Done> checked = check_all(options, roots.value(), findings);
  const bool is_answer = checked.ok() || checked.failure().exit_code == kExitNo;
  if (is_answer) print(std::move(findings), checked, options.has("json"));
  return checked.ok() ? kExitYes : report(kName, checked.failure());
}

}  // namespace

const Command kLogVerifyCommand = {
    kName, "say whether the receipt log is whole", kHelp, {kOptions, 0, kMostOperands}, run,
};

}  // namespace landfall
