#include "shared/submission/log_comparison.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/hex.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

std::vector<LogHash> leaves(std::size_t count, std::string_view name = "leaf ") {
  std::vector<LogHash> all;
  for (std::size_t i = 0; i < count; ++i) {
    all.push_back(leaf_hash(bytes_of(std::string(name) + std::to_string(i))));
  }
  return all;
}

Checkpoint head_of(const std::vector<LogHash>& log, std::size_t size) {
  return {std::string(kAudience), size, tree_root(std::span(log).first(size)), {}};
}

TEST_CASE("of any two heads of one log the larger continues the smaller, in either order") {
  const std::vector<LogHash> log = leaves(9);
  int grown = 0;
  for (std::size_t from = 1; from <= 9; ++from) {
    for (std::size_t to = from + 1; to <= 9; ++to) {
      const auto proof = prove_consistency(from, std::span(log).first(to));
      const Checkpoint old = head_of(log, from);
      const Checkpoint now = head_of(log, to);
      CHECK(compare_checkpoints(old, now, std::nullopt) == LogRelation::unproven);
      CHECK(compare_checkpoints(now, old, proof) == LogRelation::grown);
      if (compare_checkpoints(old, now, proof) == LogRelation::grown) ++grown;
    }
  }
  CHECK(grown == 36);
}

TEST_CASE("two logs of one name are told by any proof, and without one where they are as long") {
  const std::vector<LogHash> log = leaves(6);
  std::vector<LogHash> forked = log;
  forked[2] = leaf_hash(bytes_of("another"));
  const auto proof = prove_consistency(4, forked);

  CHECK(compare_checkpoints(head_of(log, 4), head_of(forked, 6), proof) == LogRelation::rewritten);
  CHECK(compare_checkpoints(head_of(log, 6), head_of(forked, 6), std::nullopt) ==
        LogRelation::rewritten);
  CHECK(compare_checkpoints(head_of(log, 6), head_of(log, 6), std::nullopt) == LogRelation::same);
  CHECK(compare_checkpoints(head_of(log, 0), head_of(log, 6), std::nullopt) == LogRelation::empty);
  Checkpoint other = head_of(forked, 6);
  other.origin = "another.example/log";
  CHECK(compare_checkpoints(head_of(log, 6), other, proof) == LogRelation::other_log);
}

TEST_CASE("a receipt is in the log that grew from its own, and in no other") {
  const ReceiptBody body = sample_receipt_body();
  std::vector<LogHash> log = leaves(8);
  log[5] = receipt_leaf_hash(body).value();
  VerifiedReceipt receipt;
  receipt.body = body;
  receipt.log = LogEntry{std::string(kAudience), 5, 6, {}, ""};
  const auto proof = prove_inclusion(5, log);

  CHECK(find_receipt(receipt, head_of(log, 8), proof) == ReceiptPlace::held);
  CHECK(find_receipt(receipt, head_of(log, 8), std::nullopt) == ReceiptPlace::unproven);
  CHECK(find_receipt(receipt, head_of(log, 5), std::nullopt) == ReceiptPlace::too_short);
  CHECK(find_receipt(receipt, head_of(leaves(8), 8), proof) == ReceiptPlace::absent);
  receipt.log->origin = "another.example/log";
  CHECK(find_receipt(receipt, head_of(log, 8), proof) == ReceiptPlace::other_log);
}

TEST_CASE("a proof is read as the server sends it, and nothing else is taken for one") {
  const std::vector<LogHash> hashes = leaves(3);
  Json sent = Json::array();
  for (const LogHash& hash : hashes) sent.push_back(format_hex(hash));
  CHECK(parse_log_proof(sent).value() == hashes);
  CHECK(parse_log_proof(Json::array()).value().empty());

  Json long_proof = Json::array();
  for (int i = 0; i < 65; ++i) long_proof.push_back(digest_of('a'));
  std::size_t refused = 0;
  const std::vector<Json> wrong = {nullptr,
                                   "aa",
                                   Json::object(),
                                   Json::array({"aa"}),
                                   Json::array({digest_of('A')}),
                                   Json::array({7}),
                                   long_proof};
  for (const Json& json : wrong) {
    if (!parse_log_proof(json).ok()) ++refused;
  }
  CHECK(refused == wrong.size());
}

}  // namespace
}  // namespace landfall
