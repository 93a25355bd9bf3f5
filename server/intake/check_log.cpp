#include "server/intake/check_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "shared/submission/receipt.h"

namespace landfall {
namespace {

using Kind = LogDefect::Kind;

// The size with which the log began to be called `origin`.
std::uint64_t first_size_of(std::string_view origin, std::span<const LogLink> links) {
  std::uint64_t size = 0;
  for (const LogLink& link : links) {
    if (link.origin == origin) size = std::max(size, link.tree_size);
  }
  return size;
}

bool is_linked(const LogCheck& check) {
  return std::any_of(check.links.begin(), check.links.end(),
                     [&](const LogLink& link) { return link.origin == check.checkpoint.origin; });
}

// Whether a receipt under this name can be the one of this entry.
bool is_named_for(std::string_view origin, std::uint64_t index, const LogCheck& check) {
  return index >= first_size_of(origin, check.links) &&
         standing_of_entry(origin, index, check.checkpoint.origin, check.links) ==
             EntryStanding::held;
}

// Reads the links; each must lead to what the log is called now.
Result<Done> read_links(StoredLog& log, LogCheck& check) {
  Result<std::vector<std::string>> texts = log.links();
  if (!texts.ok()) return texts.error();
  check.link_texts = std::move(texts).value();
  for (const std::string& text : check.link_texts) {
    Result<LogLinkClaims> claims = read_log_link_claims(text);
    if (!claims.ok()) {
      check.defect = LogDefect{Kind::link_unreadable, check.links.size(), 0, ""};
      return Done{};
    }
    check.links.push_back(std::move(claims.value().link));
    const LogLink& link = check.links.back();
    // Where nothing was received since, the head is still the one that came with the link.
    const bool is_head =
        link.origin == check.checkpoint.origin && link.tree_size == check.checkpoint.size;
    if (is_head && claims.value().checkpoint != check.note) {
      check.defect = LogDefect{Kind::link_differs, check.links.size() - 1, 0, ""};
      return Done{};
    }
  }
  return Done{};
}

// By any root that speaks at the time it gives.
Result<VerifiedReceipt> verify_newest(std::string_view text, std::span<const AgencyRoot> roots,
                                      std::span<const std::string> revoked) {
  for (const AgencyRoot& root : roots) {
    ReceiptTrust trust;
    trust.root = root.key;
    trust.revoked = revoked;
    Result<VerifiedReceipt> receipt = verify_receipt(text, trust);
    if (!receipt.ok() && receipt.error().code == ErrorCode::receipt_certificate_wrong) continue;
    if (!receipt.ok() || speaks_at(root, receipt.value().body.received_at)) return receipt;
  }
  return Error{ErrorCode::receipt_certificate_wrong};
}

std::optional<LogDefect> compare_links(const LogCheck& check) {
  const std::string& origin = check.checkpoint.origin;
  for (std::size_t i = 0; i < check.links.size(); ++i) {
    const LogLink& link = check.links[i];
    const bool leads_here =
        link.former != origin && entries_continued(link.former, origin, check.links).has_value();
    if (!leads_here || link.tree_size > check.leaves.size() ||
        tree_root(std::span(check.leaves).first(link.tree_size)) != link.root) {
      return LogDefect{Kind::link_differs, i, 0, ""};
    }
  }
  return std::nullopt;
}

// The leaf that `logged` must have, or what is wrong with its receipt.
Result<LogHash> leaf_of(const LoggedCase& logged, const LogCheck& check,
                        std::optional<LogDefect>& defect) {
  const auto wrong = [&](Kind kind) {
    defect = LogDefect{kind, logged.log_index, 0, logged.case_number};
    return Error{ErrorCode::receipt_malformed};
  };
  const Result<ReceiptClaims> claims = read_receipt_claims(logged.receipt);
  if (!claims.ok()) return wrong(Kind::receipt_unreadable);
  const ReceiptBody& body = claims.value().body;
  if (body.case_number != logged.case_number || body.manifest_sha256 != logged.manifest_sha256 ||
      claims.value().log.index != logged.log_index ||
      !is_named_for(claims.value().log.origin, logged.log_index, check)) {
    return wrong(Kind::receipt_differs);
  }
  const Result<LogHash> leaf = receipt_leaf_hash(body);
  return leaf.ok() ? leaf : wrong(Kind::receipt_unreadable);
}

// Reads the cases from 0 to the checkpoint's size into `check`, up to the first defect.
Result<Done> read_cases(StoredLog& log, LogCheck& check) {
  const std::uint64_t size = check.checkpoint.size;
  std::optional<LogDefect>& defect = check.defect;
  const Result<Done> read = log.each_case([&](const LoggedCase& logged) {
    const std::uint64_t expected = check.leaves.size();
    if (logged.log_index >= size) {
      const bool is_first_beyond = expected == size;
      defect = is_first_beyond
                   ? LogDefect{Kind::case_surplus, logged.log_index, 0, logged.case_number}
                   : LogDefect{Kind::case_missing, expected, 0, ""};
    } else if (logged.log_index != expected) {
      defect = LogDefect{Kind::case_missing, expected, 0, ""};
    } else if (const Result<LogHash> leaf = leaf_of(logged, check, defect); leaf.ok()) {
      check.leaves.push_back(leaf.value());
      check.newest_receipt = logged.receipt;
    }
    return !defect;
  });
  if (!read.ok()) return read.error();
  if (!defect && check.leaves.size() < size) {
    defect = LogDefect{Kind::case_missing, check.leaves.size(), 0, ""};
  }
  return Done{};
}

// Compares one stored level with `expected`, which must be all of it.
Result<std::optional<LogDefect>> compare_level(StoredLog& log, unsigned level,
                                               const std::vector<LogHash>& expected) {
  std::uint64_t next = 0;
  bool agrees = true;
  const Result<Done> read =
      log.each_node(level, [&](std::uint64_t position, const std::optional<LogHash>& hash) {
        agrees = position == next && next < expected.size() && hash == expected[next];
        if (agrees) ++next;
        return agrees;
      });
  if (!read.ok()) return read.error();
  if (agrees && next == expected.size()) return std::optional<LogDefect>();
  return std::optional<LogDefect>(LogDefect{Kind::node_differs, next, level, ""});
}

// The roots of the pairs of `nodes`; a last one without a neighbour has none yet.
std::vector<LogHash> level_above(const std::vector<LogHash>& nodes) {
  std::vector<LogHash> above;
  above.reserve(nodes.size() / 2);
  for (std::size_t i = 1; i < nodes.size(); i += 2) {
    above.push_back(node_hash(nodes[i - 1], nodes[i]));
  }
  return above;
}

Result<std::optional<LogDefect>> compare_tree(StoredLog& log, std::vector<LogHash> nodes) {
  for (unsigned level = 0;; ++level) {
    Result<std::optional<LogDefect>> defect = compare_level(log, level, nodes);
    if (!defect.ok() || defect.value() || nodes.empty()) return defect;
    nodes = level_above(nodes);
  }
}

}  // namespace

std::string describe(const LogDefect& defect) {
  switch (defect.kind) {
    case Kind::checkpoint_unreadable:
      return "the signed head of the log is no checkpoint";
    case Kind::case_missing:
      return fmt::format("entry {} of the log has no case", defect.index);
    case Kind::case_surplus:
      return fmt::format("case {} (entry {}) is not in the log, which ends before it",
                         defect.case_number, defect.index);
    case Kind::receipt_unreadable:
      return fmt::format("the receipt of case {} (entry {}) cannot be read", defect.case_number,
                         defect.index);
    case Kind::receipt_differs:
      return fmt::format("the receipt of case {} (entry {}) belongs to another case or place",
                         defect.case_number, defect.index);
    case Kind::node_differs:
      return defect.level == 0
                 ? fmt::format("entry {} of the log is not the receipt of its case", defect.index)
                 : fmt::format("the stored tree differs from its entries at level {}, position {}",
                               defect.level, defect.index);
    case Kind::root_differs:
      return "the signed head is not that of the entries";
    case Kind::link_unreadable:
      return fmt::format("link {} of the log cannot be read", defect.index + 1);
    case Kind::link_differs:
      return fmt::format("link {} of the log is not to these entries under this name",
                         defect.index + 1);
    case Kind::link_not_genuine:
      return "the links of the log are not genuine";
    case Kind::receipt_not_genuine:
      return "the newest receipt is not genuine";
    case Kind::head_not_newest:
      return "the signed head is not that of the newest receipt";
  }
  return "";
}

Result<LogCheck> check_log(StoredLog& log) {
  const Result<LogHead> head = log.head();
  if (!head.ok()) return head.error();
  LogCheck check;
  Result<Checkpoint> checkpoint = read_checkpoint_claims(head.value().checkpoint);
  if (!checkpoint.ok() || checkpoint.value().size != head.value().tree_size) {
    check.defect = LogDefect{Kind::checkpoint_unreadable, 0, 0, ""};
    return check;
  }
  check.checkpoint = std::move(checkpoint).value();
  check.note = head.value().checkpoint;
  Result<Done> read = read_links(log, check);
  if (!read.ok()) return read.error();
  if (check.defect) return check;
  read = read_cases(log, check);
  if (!read.ok()) return read.error();
  if (check.defect) return check;
  Result<std::optional<LogDefect>> defect = compare_tree(log, check.leaves);
  if (!defect.ok()) return defect.error();
  check.defect = std::move(defect).value();
  if (!check.defect && tree_root(check.leaves) != check.checkpoint.root)
    check.defect = LogDefect{Kind::root_differs, 0, 0, ""};
  if (!check.defect) check.defect = compare_links(check);
  return check;
}

std::optional<LogDefect> check_log_signatures(const LogCheck& check,
                                              std::span<const AgencyRoot> roots,
                                              std::span<const std::string> revoked) {
  const Result<std::vector<LogLink>> links = verify_log_links(check.link_texts, {roots, revoked});
  if (!links.ok()) return LogDefect{Kind::link_not_genuine, 0, 0, "", links.error().code};
  const std::uint64_t size = check.checkpoint.size;
  const bool is_head_of_link =
      is_linked(check) && size == first_size_of(check.checkpoint.origin, check.links);
  if (is_head_of_link || size == 0) return std::nullopt;
  const Result<VerifiedReceipt> receipt = verify_newest(check.newest_receipt, roots, revoked);
  if (!receipt.ok()) {
    return LogDefect{Kind::receipt_not_genuine, size - 1, 0, "", receipt.error().code};
  }
  const std::optional<LogEntry>& entry = receipt.value().log;
  if (!entry || entry->checkpoint != check.note) {
    return LogDefect{Kind::head_not_newest, size - 1, 0, ""};
  }
  return std::nullopt;
}

}  // namespace landfall
