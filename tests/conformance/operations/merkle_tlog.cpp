#include <algorithm>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/codec/base64.h"
#include "shared/codec/hex.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/merkle_log.h"
#include "shared/submission/signed_note.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// Numbers near 2^64 reach us rounded; all of them lie far beyond any log.
std::uint64_t number_of_row(const Json& row, std::string_view name) {
  const Result<std::int64_t> number = member_integer(row, name);
  if (!number.ok() || number.value() < 0) return std::numeric_limits<std::uint64_t>::max();
  return static_cast<std::uint64_t>(number.value());
}

std::optional<LogHash> to_hash(const std::optional<Bytes>& bytes) {
  LogHash hash{};
  if (!bytes || bytes->size() != hash.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), hash.begin());
  return hash;
}

std::optional<std::vector<LogHash>> proof_of(const Json& row) {
  std::vector<LogHash> proof;
  for (const std::string& text : texts_of_row(row, "proof")) {
    const Result<Bytes> bytes = parse_base64(text, Base64Padding::required);
    const std::optional<LogHash> hash =
        to_hash(bytes.ok() ? std::optional(bytes.value()) : std::nullopt);
    if (!hash) return std::nullopt;
    proof.push_back(*hash);
  }
  return proof;
}

Outcome judged(const Row& row, bool held) {
  const bool must_fail = member_bool_or(row.row, "wantErr", false);
  return {held != must_fail, held ? "holds" : "refused"};
}

// What every proof has: its two hashes, read from `first` and `second`, and those in between.
struct ProofRow {
  LogHash first;
  LogHash second;
  std::vector<LogHash> proof;
};

std::optional<ProofRow> proof_row(const Json& row, std::string_view first,
                                  std::string_view second) {
  const std::optional<LogHash> one = to_hash(base64_of_row(row, first));
  const std::optional<LogHash> other = to_hash(base64_of_row(row, second));
  std::optional<std::vector<LogHash>> proof = proof_of(row);
  if (!one || !other || !proof) return std::nullopt;
  return ProofRow{*one, *other, std::move(*proof)};
}

bool inclusion_holds(const Json& row) {
  const std::optional<ProofRow> given = proof_row(row, "leafHash", "root");
  return given && verify_inclusion(number_of_row(row, "leafIdx"), number_of_row(row, "treeSize"),
                                   given->first, given->proof, given->second)
                      .ok();
}

bool subtree_inclusion_holds(const Json& row) {
  const std::optional<ProofRow> given = proof_row(row, "leafHash", "root");
  return given && verify_subtree_inclusion(number_of_row(row, "leafIdx"),
                                           number_of_row(row, "start"), number_of_row(row, "end"),
                                           given->first, given->proof, given->second)
                      .ok();
}

bool consistency_holds(const Json& row) {
  const std::optional<ProofRow> given = proof_row(row, "root1", "root2");
  return given && verify_consistency(number_of_row(row, "size1"), number_of_row(row, "size2"),
                                     given->proof, given->first, given->second)
                      .ok();
}

bool subtree_consistency_holds(const Json& row) {
  const std::optional<ProofRow> given = proof_row(row, "root1", "root2");
  return given && verify_subtree_consistency(number_of_row(row, "start"), number_of_row(row, "end"),
                                             number_of_row(row, "size"), given->proof, given->first,
                                             given->second)
                      .ok();
}

Outcome run_proof(const Row& row) {
  const std::string_view kind = text_of_row(row.row, "kind");
  if (kind == "inclusion") return judged(row, inclusion_holds(row.row));
  if (kind == "subtreeinclusion") return judged(row, subtree_inclusion_holds(row.row));
  if (kind == "consistency") return judged(row, consistency_holds(row.row));
  if (kind == "subtreeconsistency") return judged(row, subtree_consistency_holds(row.row));
  return {false, "a proof of an unknown kind"};
}

// The classic test tree: a leaf's hash, or the root over the first leaves.
Outcome run_tree(const Row& row) {
  std::vector<LogHash> leaves;
  for (const std::string& text : texts_of_row(row.row, "inputs_hex")) {
    const Result<Bytes> input = parse_hex(text);
    if (!input.ok()) return {false, error_text(input.error())};
    leaves.push_back(leaf_hash(input.value()));
  }
  if (has_member(row.row, "root_hex")) {
    const std::string root = format_hex(tree_root(leaves));
    return {root == text_of_row(row.row, "root_hex"), root};
  }
  if (leaves.size() != 1) return {false, "not one leaf"};
  const std::string leaf = format_hex(leaves.front());
  return {leaf == text_of_row(row.row, "leaf_hash_hex"), leaf};
}

std::string note_of(const Row& row) {
  if (const std::optional<Bytes> bytes = base64_of_row(row.row, "note_b64")) {
    return std::string(text_of(*bytes));
  }
  return std::string(text_of_row(row.row, "note"));
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text.append(text.empty() ? "" : ",").append(name);
  return text;
}

Outcome run_note(const Row& row) {
  std::vector<NoteKey> keys;
  for (const std::string& text : texts_of_row(row.row, "vkeys")) {
    const Result<NoteKey> key = parse_note_key(text);
    if (!key.ok()) return {false, error_text(key.error())};
    keys.push_back(key.value());
  }
  const std::string_view expect = text_of_row(row.row, "expect");
  const Result<VerifiedNote> note = verify_note(note_of(row), keys);
  if (!note.ok()) return {expect.starts_with("reject"), error_text(note.error())};
  std::vector<std::string> verified;
  for (const NoteKey& key : note.value().verified) verified.push_back(key.name);
  const std::string observed = "ok verified=[" + joined(verified) + "]";
  return {expect.starts_with(observed),
          observed + " unverified=[" + joined(note.value().unknown) + "]"};
}

// The vectors know roots of any length; we require that of SHA-256, as their note allows.
Outcome run_checkpoint(const Row& row) {
  const Result<Checkpoint> checkpoint = parse_checkpoint(text_of_row(row.row, "checkpoint_body"));
  const bool parses = text_of_row(row.row, "expect") == "parse";
  if (!checkpoint.ok()) {
    const bool other_length = text_of_row(row.row, "why").starts_with("root hash length");
    return {!parses || other_length, error_text(checkpoint.error())};
  }
  std::string rest;
  for (const std::string& line : checkpoint.value().extensions) rest += line + "\n";
  return {parses && rest == text_of_row(row.row, "rest"), "parsed"};
}

// Signing with "PRIVATE+KEY+name+id+base64(0x01 ‖ seed)" must give the very note.
Outcome run_signing(const Row& row) {
  std::string_view text = text_of_row(row.row, "skey");
  constexpr std::string_view kPrefix = "PRIVATE+KEY+";
  if (!text.starts_with(kPrefix)) return {false, "no private key"};
  text.remove_prefix(kPrefix.size());
  const std::size_t name_end = text.find('+');
  const Result<Bytes> secret =
      parse_base64(text.substr(text.find('+', name_end + 1) + 1), Base64Padding::required);
  if (!secret.ok() || secret.value().size() != 1 + kEd25519SeedBytes) return {false, "no seed"};
  const SigningKey key(Secret<kEd25519SeedBytes>(std::span<const std::uint8_t, kEd25519SeedBytes>(
      secret.value().data() + 1, kEd25519SeedBytes)));
  const Result<std::string> note =
      sign_note(text_of_row(row.row, "text"), text.substr(0, name_end), key);
  if (!note.ok()) return {false, error_text(note.error())};
  return {note.value() == text_of_row(row.row, "expect_note"), digest_text(bytes_of(note.value()))};
}

Outcome run_key(const Row& row) {
  const Result<NoteKey> key = parse_note_key(text_of_row(row.row, "vkey"));
  const bool refuses = text_of_row(row.row, "expect").starts_with("reject");
  return {key.ok() != refuses, key.ok() ? format_note_key(key.value()) : error_text(key.error())};
}

}  // namespace

Outcome run_merkle_tlog(const Row& row) {
  if (has_member(row.row, "kind")) return run_proof(row);
  if (has_member(row.row, "inputs_hex")) return run_tree(row);
  if (has_member(row.row, "skey")) return run_signing(row);
  if (has_member(row.row, "checkpoint_body")) return run_checkpoint(row);
  if (has_member(row.row, "vkey")) return run_key(row);
  if (has_member(row.row, "note") || has_member(row.row, "note_b64")) return run_note(row);
  return {false, "row of an unknown shape"};
}

}  // namespace landfall::conformance
