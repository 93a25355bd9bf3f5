// The exported surface of landfall-trust.wasm: decode, call shared/submission, encode.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/submission/indexed_checkpoint.h"
#include "shared/submission/log_comparison.h"
#include "shared/submission/verdict.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// What each call is told: whom to trust, and what goes with the question.
struct Request {
  Json json;
  VerificationTrust trust;
  std::optional<std::vector<LogHash>> proof;
};

std::optional<std::string> text_if_given(const Json& object, std::string_view key) {
  const std::string_view text = member_text_or(object, key, {});
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

Result<Request> read_request(std::string_view text) {
  Result<Json> json = parse_json(text);
  if (!json.ok()) return json.error();
  const Result<Ed25519PublicKey> root =
      parse_public_key(member_text_or(json.value(), "root_key", {}));
  if (!root.ok()) return root.error();
  Request request;
  request.trust.root = root.value();
  request.trust.audience = text_if_given(json.value(), "aud");
  request.trust.manifest_sha256 = text_if_given(json.value(), "manifest_sha256");
  request.trust.now = member_text_or(json.value(), "now", {});
  if (const auto index = text_if_given(json.value(), "index")) {
    Result<Index> verified = verify_index(*index, {root.value(), request.trust.audience, 0});
    if (!verified.ok()) return verified.error();
    request.trust.index = std::move(verified).value();
  }
  if (const Json* hashes = find_member(json.value(), "proof"); hashes != nullptr) {
    Result<std::vector<LogHash>> proof = parse_log_proof(*hashes);
    if (!proof.ok()) return proof.error();
    request.proof = std::move(proof).value();
  }
  request.json = std::move(json).value();
  return request;
}

Result<VerifiedReceipt> genuine_receipt(std::string_view text, const VerificationTrust& trust) {
  ReceiptTrust receipt_trust;
  receipt_trust.root = trust.root;
  if (trust.audience) receipt_trust.audience = *trust.audience;
  if (trust.index) receipt_trust.revoked = trust.index->revoked;
  Result<VerifiedReceipt> receipt = verify_receipt(without_margins(text), receipt_trust);
  if (receipt.ok() && !receipt.value().log) return Error{ErrorCode::receipt_not_in_log};
  return receipt;
}

// The verified checkpoint in `text`, which is one or a full receipt that brings its own. Where the
// caller `believes` it, it was verified before, by keys that may have left the index since.
Result<Checkpoint> genuine_checkpoint(std::string_view text, const VerificationTrust& trust,
                                      bool believes) {
  if (kind_of(bytes_of(text)) == ContentKind::jws) {
    const Result<VerifiedReceipt> receipt = genuine_receipt(text, trust);
    if (!receipt.ok()) return receipt.error();
    return read_checkpoint_claims(receipt.value().log->checkpoint);
  }
  if (believes) return read_checkpoint_claims(text);
  if (!trust.index) return Error{ErrorCode::receipt_key_unknown};
  const std::string& origin = trust.audience ? *trust.audience : trust.index->aud;
  return verify_checkpoint_by_index(text, origin, *trust.index, trust.index->revoked);
}

Json checkpoint_json(const Checkpoint& checkpoint) {
  return {{"origin", checkpoint.origin},
          {"size", checkpoint.size},
          {"root", format_hex(checkpoint.root)}};
}

Result<std::string> judge(ByteView content, std::string_view request_text) {
  const Result<Request> request = read_request(request_text);
  if (!request.ok()) return request.error();
  return write_canonical_json(verdict_json(judge_content(content, request.value().trust)));
}

Result<std::string> compare(std::string_view one, std::string_view other,
                            std::string_view request_text) {
  const Result<Request> request = read_request(request_text);
  if (!request.ok()) return request.error();
  const VerificationTrust& trust = request.value().trust;
  const bool believes = member_bool_or(request.value().json, "believes_first", false);
  const Result<Checkpoint> first = genuine_checkpoint(one, trust, believes);
  if (!first.ok()) return first.error();
  const Result<Checkpoint> second = genuine_checkpoint(other, trust, false);
  if (!second.ok()) return second.error();
  const LogRelation relation =
      compare_checkpoints(first.value(), second.value(), request.value().proof);
  return write_canonical_json({{"relation", relation_name(relation)},
                               {"first", checkpoint_json(first.value())},
                               {"second", checkpoint_json(second.value())}});
}

Result<std::string> place(std::string_view receipt_text, std::string_view note,
                          std::string_view request_text) {
  const Result<Request> request = read_request(request_text);
  if (!request.ok()) return request.error();
  const Result<VerifiedReceipt> receipt = genuine_receipt(receipt_text, request.value().trust);
  if (!receipt.ok()) return receipt.error();
  const Result<Checkpoint> checkpoint = genuine_checkpoint(note, request.value().trust, false);
  if (!checkpoint.ok()) return checkpoint.error();
  const ReceiptPlace found =
      find_receipt(receipt.value(), checkpoint.value(), request.value().proof);
  return write_canonical_json({{"place", place_name(found)},
                               {"index", receipt.value().log->index},
                               {"checkpoint", checkpoint_json(checkpoint.value())}});
}

}  // namespace

extern "C" {

Handle lf_trust_judge(const std::uint8_t* content, std::uint32_t content_size,
                      const std::uint8_t* request, std::uint32_t request_size) {
  return answer(judge(bytes_at(content, content_size), text_at(request, request_size)));
}

Handle lf_trust_compare(const std::uint8_t* one, std::uint32_t one_size, const std::uint8_t* other,
                        std::uint32_t other_size, const std::uint8_t* request,
                        std::uint32_t request_size) {
  return answer(
      compare(text_at(one, one_size), text_at(other, other_size), text_at(request, request_size)));
}

Handle lf_trust_place(const std::uint8_t* receipt, std::uint32_t receipt_size,
                      const std::uint8_t* note, std::uint32_t note_size,
                      const std::uint8_t* request, std::uint32_t request_size) {
  return answer(place(text_at(receipt, receipt_size), text_at(note, note_size),
                      text_at(request, request_size)));
}

}  // extern "C"

}  // namespace landfall::bridge
