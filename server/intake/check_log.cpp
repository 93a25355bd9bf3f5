#include "server/intake/check_log.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "shared/submission/receipt.h"

namespace landfall {
namespace {

using Kind = LogDefect::Kind;

// The text of a signed note: what stands above the first empty line.
std::string_view note_text(std::string_view note) {
  const std::size_t end = note.find("\n\n");
  return end == std::string_view::npos ? std::string_view() : note.substr(0, end + 1);
}

// The leaf that `logged` must have, or what is wrong with its receipt.
Result<LogHash> leaf_of(const LoggedCase& logged, std::optional<LogDefect>& defect) {
  const auto wrong = [&](Kind kind) {
    defect = LogDefect{kind, logged.log_index, 0, logged.case_number};
    return Error{ErrorCode::receipt_malformed};
  };
  const Result<ReceiptClaims> claims = read_receipt_claims(logged.receipt);
  if (!claims.ok()) return wrong(Kind::receipt_unreadable);
  const ReceiptBody& body = claims.value().body;
  if (body.case_number != logged.case_number || body.manifest_sha256 != logged.manifest_sha256 ||
      claims.value().log.index != logged.log_index) {
    return wrong(Kind::receipt_differs);
  }
  const Result<LogHash> leaf = receipt_leaf_hash(body);
  return leaf.ok() ? leaf : wrong(Kind::receipt_unreadable);
}

// The leaves of the cases from 0 to `size`, up to the first defect.
Result<std::vector<LogHash>> leaves_of(StoredLog& log, std::uint64_t size,
                                       std::optional<LogDefect>& defect) {
  std::vector<LogHash> leaves;
  const Result<Done> read = log.each_case([&](const LoggedCase& logged) {
    const std::uint64_t expected = leaves.size();
    if (logged.log_index >= size) {
      const bool is_first_beyond = expected == size;
      defect = is_first_beyond
                   ? LogDefect{Kind::case_surplus, logged.log_index, 0, logged.case_number}
                   : LogDefect{Kind::case_missing, expected, 0, ""};
    } else if (logged.log_index != expected) {
      defect = LogDefect{Kind::case_missing, expected, 0, ""};
    } else if (const Result<LogHash> leaf = leaf_of(logged, defect); leaf.ok()) {
      leaves.push_back(leaf.value());
    }
    return !defect;
  });
  if (!read.ok()) return read.error();
  if (!defect && leaves.size() < size) defect = LogDefect{Kind::case_missing, leaves.size(), 0, ""};
  return leaves;
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
  }
  return "";
}

Result<LogCheck> check_log(StoredLog& log) {
  const Result<LogHead> head = log.head();
  if (!head.ok()) return head.error();
  LogCheck check;
  Result<Checkpoint> checkpoint = parse_checkpoint(note_text(head.value().checkpoint));
  if (!checkpoint.ok() || checkpoint.value().size != head.value().tree_size) {
    check.defect = LogDefect{Kind::checkpoint_unreadable, 0, 0, ""};
    return check;
  }
  check.checkpoint = std::move(checkpoint).value();
  Result<std::vector<LogHash>> leaves = leaves_of(log, check.checkpoint.size, check.defect);
  if (!leaves.ok()) return leaves.error();
  if (check.defect) return check;
  const bool root_agrees = tree_root(leaves.value()) == check.checkpoint.root;
  Result<std::optional<LogDefect>> defect = compare_tree(log, std::move(leaves).value());
  if (!defect.ok()) return defect.error();
  check.defect = std::move(defect).value();
  if (!check.defect && !root_agrees) check.defect = LogDefect{Kind::root_differs, 0, 0, ""};
  return check;
}

}  // namespace landfall
