#include "server/intake/continue_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <utility>

#include "shared/submission/receipt.h"

namespace landfall {
namespace {

using Kind = ContinuationRefusal::Kind;

ContinuationRefusal refuse(Kind kind, std::string name = "") {
  return {kind, std::nullopt, std::move(name), {}};
}

ContinuationRefusal refuse_storage(Error error) { return {Kind::storage, std::nullopt, "", error}; }

ContinuationRefusal refuse_defect(LogDefect defect) {
  return {Kind::defect, std::move(defect), "", {}};
}

// A log that says what its receipts say, signed as they are; or why it is none.
std::variant<LogCheck, ContinuationRefusal> verified_log(StoredLog& log,
                                                         std::span<const AgencyRoot> roots) {
  const Result<LogHead> head = log.head();
  if (!head.ok()) return refuse_storage(head.error());
  if (head.value().checkpoint.empty() && head.value().tree_size == 0) {
    return refuse(Kind::never_opened);
  }
  Result<LogCheck> check = check_log(log);
  if (!check.ok()) return refuse_storage(check.error());
  if (check.value().defect) return refuse_defect(*std::move(check.value().defect));
  if (std::optional<LogDefect> defect = check_log_signatures(check.value(), roots, {})) {
    return refuse_defect(*std::move(defect));
  }
  return std::move(check).value();
}

// No name may come back: a phone could not tell which of two logs it means.
std::optional<ContinuationRefusal> check_names(const LogCheck& check,
                                               const LogContinuation& wanted) {
  if (wanted.origin == check.checkpoint.origin) return refuse(Kind::already, wanted.origin);
  std::vector<std::string> used = {check.checkpoint.origin};
  for (const LogLink& link : check.links) used.push_back(link.former);
  std::vector<std::string> fresh = wanted.lost_origins;
  fresh.push_back(wanted.origin);
  for (std::string& name : fresh) {
    if (std::find(used.begin(), used.end(), name) != used.end()) {
      return refuse(Kind::name_used, std::move(name));
    }
    used.push_back(name);
  }
  return std::nullopt;
}

// Whether something was lost, as far as `seen` shows.
std::optional<ContinuationRefusal> check_need(const LogCheck& check,
                                              const LogContinuation& wanted) {
  if (!wanted.newest_seen) return std::nullopt;
  const Checkpoint& seen = *wanted.newest_seen;
  const bool is_lost_name = std::find(wanted.lost_origins.begin(), wanted.lost_origins.end(),
                                      seen.origin) != wanted.lost_origins.end();
  if (is_lost_name) return std::nullopt;
  const std::optional<std::uint64_t> kept =
      entries_continued(seen.origin, check.checkpoint.origin, check.links);
  if (!kept) return refuse(Kind::other_log, seen.origin);
  // Beyond what is here, or what an earlier restore took up, there is nothing to compare with.
  if (seen.size > check.leaves.size() || seen.size > *kept) return std::nullopt;
  if (tree_root(std::span(check.leaves).first(seen.size)) != seen.root) {
    return refuse(Kind::inconsistent, seen.origin);
  }
  // Of a name that ended before, that much was to be expected.
  if (seen.origin != check.checkpoint.origin) return std::nullopt;
  return refuse(Kind::nothing_lost, seen.origin);
}

// From the year of the newest receipt that is left: lost ones may be of that year or a later one.
int first_year_of(const LogCheck& check, Instant now) {
  constexpr int kGregorianOfRocZero = 1911;
  const int this_year = roc_year_in_taipei(now);
  const Result<ReceiptClaims> newest = read_receipt_claims(check.newest_receipt);
  if (!newest.ok()) return this_year - 1;
  // Taipei's year begins eight hours before UTC's, so UTC's is never the later of the two.
  const int year = std::stoi(newest.value().body.received_at.substr(0, 4)) - kGregorianOfRocZero;
  return std::min(year, this_year);
}

struct SignedLinks {
  std::vector<std::string> formers;
  std::vector<std::string> texts;
  std::string checkpoint;
};

std::variant<SignedLinks, ContinuationRefusal> sign_links(const LogCheck& check,
                                                          const LogLinkSigner& signer, Instant now,
                                                          const LogContinuation& wanted) {
  SignedLinks signed_links;
  signed_links.formers = wanted.lost_origins;
  signed_links.formers.insert(signed_links.formers.begin(), check.checkpoint.origin);
  const Checkpoint first{wanted.origin, check.checkpoint.size, check.checkpoint.root, {}};
  for (const std::string& former : signed_links.formers) {
    LogLink link{wanted.origin, former, first.size, first.root, format_instant(now)};
    if (former != check.checkpoint.origin) {
      // It may have left the way of these entries anywhere.
      link.tree_size = 0;
      link.root = tree_root({});
    }
    Result<std::string> text = signer.sign_link(link, first, check.newest_receipt);
    if (!text.ok()) {
      const bool no_certificate = text.error().code == ErrorCode::receipt_certificate_wrong;
      return ContinuationRefusal{no_certificate ? Kind::certificate_missing : Kind::not_signed,
                                 std::nullopt, former, text.error()};
    }
    // What no phone would believe must not become what this log says of itself.
    const Result<LogLink> believed = verify_log_link(text.value(), {signer.roots(), {}});
    Result<LogLinkClaims> claims = read_log_link_claims(text.value());
    if (!believed.ok() || !claims.ok()) {
      return ContinuationRefusal{Kind::not_signed, std::nullopt, former,
                                 believed.ok() ? claims.error() : believed.error()};
    }
    signed_links.checkpoint = std::move(claims.value().checkpoint);
    signed_links.texts.push_back(std::move(text).value());
  }
  return signed_links;
}

// Everything in one commit, if the log is still the one that was checked.
Result<Done> keep(Store& store, const LogCheck& check, const SignedLinks& links, Instant now,
                  std::uint32_t passed_over) {
  return store.write([&](StoreWriter& writer) -> Result<Done> {
    const Result<LogHead> head = writer.log_head();
    if (!head.ok()) return head.error();
    if (head.value().checkpoint != check.note) return Error{ErrorCode::storage_unavailable};
    for (std::size_t i = 0; i < links.texts.size(); ++i) {
      Result<Done> added = writer.insert_log_link(links.formers[i], links.texts[i]);
      if (!added.ok()) return added;
    }
    Result<Done> passed =
        writer.skip_case_serials(first_year_of(check, now), roc_year_in_taipei(now), passed_over);
    if (!passed.ok()) return passed;
    return writer.set_log_head({check.checkpoint.size, links.checkpoint});
  });
}

}  // namespace

std::string describe(const ContinuationRefusal& refusal) {
  switch (refusal.kind) {
    case Kind::defect:
      return "the restored folder does not agree with itself: " +
             (refusal.defect ? describe(*refusal.defect) : std::string()) +
             "; put back a backup of the whole folder";
    case Kind::never_opened:
      return "no receipt log was begun in it, so that there is nothing to go on from";
    case Kind::already:
      return "not needed: its receipt log is called " + refusal.name + " already";
    case Kind::name_used:
      return refusal.name + " was the name of this log before, and no name may come back";
    case Kind::nothing_lost:
      return "not needed: it holds every entry that the checkpoint has seen, so that nothing is "
             "known to be lost; start the server under the name it had, " +
             refusal.name;
    case Kind::other_log:
      return "the checkpoint is of another log, " + refusal.name;
    case Kind::inconsistent:
      return "the checkpoint of " + refusal.name +
             " is of other entries than these: this is no copy of that log, or one of the two was "
             "rewritten";
    case Kind::certificate_missing:
      return "the agency did not certify the receipt key for the log " + refusal.name;
    case Kind::not_signed:
      return "the link cannot be signed: " + std::string(error_name(refusal.error.code));
    case Kind::storage:
      return std::string(error_name(refusal.error.code));
  }
  return "";
}

std::variant<ContinuedLog, ContinuationRefusal> continue_log(Store& store, StoredLog& log,
                                                             const LogLinkSigner& signer,
                                                             const Clock& clock,
                                                             const LogContinuation& wanted) {
  std::variant<LogCheck, ContinuationRefusal> verified = verified_log(log, signer.roots());
  if (auto* refusal = std::get_if<ContinuationRefusal>(&verified)) return std::move(*refusal);
  const LogCheck& check = std::get<LogCheck>(verified);
  if (std::optional<ContinuationRefusal> refusal = check_names(check, wanted)) {
    return *std::move(refusal);
  }
  if (std::optional<ContinuationRefusal> refusal = check_need(check, wanted)) {
    return *std::move(refusal);
  }
  const Instant now = clock.now();
  std::variant<SignedLinks, ContinuationRefusal> links = sign_links(check, signer, now, wanted);
  if (auto* refusal = std::get_if<ContinuationRefusal>(&links)) return std::move(*refusal);
  SignedLinks& made = std::get<SignedLinks>(links);
  const Result<Done> kept = keep(store, check, made, now, wanted.passed_over_case_numbers);
  if (!kept.ok()) return refuse_storage(kept.error());
  ContinuedLog done{check.checkpoint.origin, check.checkpoint.size, check.checkpoint.root,
                    std::move(made.texts), std::nullopt};
  if (wanted.newest_seen && wanted.newest_seen->origin == done.former &&
      wanted.newest_seen->size > done.tree_size) {
    done.lost_entries = wanted.newest_seen->size - done.tree_size;
  }
  return done;
}

}  // namespace landfall
