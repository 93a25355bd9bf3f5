// The exported surface of landfall-trust.wasm: decode, call shared/submission, encode.

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/followed_links.h"
#include "shared/submission/indexed_checkpoint.h"
#include "shared/submission/log_comparison.h"
#include "shared/submission/log_link.h"
#include "shared/submission/root_verdict.h"
#include "shared/submission/verdict.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// What each call is told: whom to trust, and what goes with the question.
struct Request {
  Json json;
  VerificationTrust trust;
  std::vector<AgencyRoot> roots;  // at least one
  std::optional<std::vector<LogHash>> proof;
};

std::optional<std::string> text_if_given(const Json& object, std::string_view key) {
  const std::string_view text = member_text_or(object, key, {});
  return text.empty() ? std::nullopt : std::optional<std::string>(text);
}

Result<std::vector<Ed25519PublicKey>> read_keys(const Json& object, std::string_view name) {
  std::vector<Ed25519PublicKey> keys;
  const Json* list = find_member(object, name);
  if (list == nullptr || !list->is_array()) return Error{ErrorCode::json_shape};
  for (const Json& item : *list) {
    const Result<Ed25519PublicKey> key = parse_public_key(text_value(item));
    if (!key.ok()) return key.error();
    keys.push_back(key.value());
  }
  return keys;
}

std::vector<std::string> read_texts(const Json& object, std::string_view name) {
  std::vector<std::string> texts;
  const Json* list = find_member(object, name);
  if (list == nullptr || !list->is_array()) return texts;
  for (const Json& text : *list) texts.emplace_back(text_value(text));
  return texts;
}

// {own, current?, certificates, aud, revoked}: the root keys that speak for the agency.
Result<std::vector<AgencyRoot>> read_roots(std::string_view request_text) {
  const Result<Json> json = parse_json(request_text);
  if (!json.ok()) return json.error();
  const Result<std::vector<Ed25519PublicKey>> own = read_keys(json.value(), "own");
  if (!own.ok()) return own.error();
  RootTrust trust;
  trust.own = own.value();
  if (const auto current = text_if_given(json.value(), "current")) {
    const Result<Ed25519PublicKey> key = parse_public_key(*current);
    if (!key.ok()) return key.error();
    trust.current = key.value();
  }
  const std::vector<std::string> certificates = read_texts(json.value(), "certificates");
  const std::vector<std::string> revoked = read_texts(json.value(), "revoked");
  trust.certificates = certificates;
  trust.revoked = revoked;
  trust.audience = member_text_or(json.value(), "aud", {});
  return agency_roots(trust);
}

Json root_json(const AgencyRoot& root) {
  return {{"key", format_public_key(root.key)},
          {"standing", root_standing_name(root.standing)},
          {"not_before", root.not_before},
          {"not_after", root.not_after}};
}

Result<std::string> list_roots(std::string_view request_text) {
  const Result<std::vector<AgencyRoot>> roots = read_roots(request_text);
  if (!roots.ok()) return roots.error();
  Json list = Json::array();
  for (const AgencyRoot& root : roots.value()) list.push_back(root_json(root));
  return write_canonical_json({{"roots", std::move(list)}});
}

// The index by a root that may publish; from then on that root and its index decide who speaks.
Result<Done> believe_index(std::string_view text, const Ed25519PublicKey& own,
                           std::span<const std::string> certificates, Request& request) {
  Result<Index> index = Error{ErrorCode::index_not_genuine};
  for (const AgencyRoot& root : request.roots) {
    Result<Index> verified = verify_index(text, {root.key, request.trust.audience, 0});
    if (!verified.ok() && root.key == own) index = verified.error();
    if (!verified.ok() || !may_publish(root) || !speaks_at(root, verified.value().issued)) continue;
    Result<std::vector<AgencyRoot>> roots =
        agency_roots({std::span(&own, 1), root.key, certificates, verified.value().aud,
                      verified.value().revoked});
    if (!roots.ok()) return roots.error();
    if (roots.value().empty()) return Error{ErrorCode::index_not_genuine};
    request.roots = std::move(roots).value();
    request.trust.index = std::move(verified).value();
    return Done{};
  }
  return index.error();
}

// `content` is what the question is about: without an index it says whose log it is for.
Result<Request> read_request(std::string_view text, std::string_view content) {
  Result<Json> json = parse_json(text);
  if (!json.ok()) return json.error();
  const Result<Ed25519PublicKey> root =
      parse_public_key(member_text_or(json.value(), "root_key", {}));
  if (!root.ok()) return root.error();
  Request request;
  request.trust.audience = text_if_given(json.value(), "aud");
  request.trust.manifest_sha256 = text_if_given(json.value(), "manifest_sha256");
  request.trust.now = member_text_or(json.value(), "now", {});
  const std::vector<std::string> certificates = read_texts(json.value(), "certificates");
  const auto index = text_if_given(json.value(), "index");
  const std::string audience = claimed_audience(index ? std::string_view(*index) : content);
  Result<std::vector<AgencyRoot>> roots =
      agency_roots({std::span(&root.value(), 1), std::nullopt, certificates, audience, {}});
  if (!roots.ok()) return roots.error();
  request.roots = std::move(roots).value();
  if (index) {
    const Result<Done> believed = believe_index(*index, root.value(), certificates, request);
    if (!believed.ok()) return believed.error();
  }
  if (const Json* hashes = find_member(json.value(), "proof"); hashes != nullptr) {
    Result<std::vector<LogHash>> proof = parse_log_proof(*hashes);
    if (!proof.ok()) return proof.error();
    request.proof = std::move(proof).value();
  }
  request.trust.root = root.value();
  request.json = std::move(json).value();
  return request;
}

Result<VerifiedReceipt> genuine_receipt(std::string_view text, const Request& request) {
  Result<VerifiedReceipt> found = Error{ErrorCode::receipt_certificate_wrong};
  for (const AgencyRoot& root : request.roots) {
    ReceiptTrust trust;
    trust.root = root.key;
    if (request.trust.audience) trust.audience = *request.trust.audience;
    if (request.trust.index) trust.revoked = request.trust.index->revoked;
    Result<VerifiedReceipt> receipt = verify_receipt(without_margins(text), trust);
    if (receipt.ok() && !receipt.value().log) return Error{ErrorCode::receipt_not_in_log};
    if (receipt.ok() && speaks_at(root, receipt.value().body.received_at)) return receipt;
    const bool is_nearer = found.error().code == ErrorCode::receipt_certificate_wrong;
    if (!receipt.ok() && is_nearer) found = receipt.error();
  }
  return found;
}

// The verified checkpoint in `text`, which is one or a full receipt that brings its own. Where the
// caller `believes` it, it was verified before, by keys that may have left the index since.
Result<Checkpoint> genuine_checkpoint(std::string_view text, const Request& request,
                                      bool believes) {
  const VerificationTrust& trust = request.trust;
  if (kind_of(bytes_of(text)) == ContentKind::jws) {
    const Result<VerifiedReceipt> receipt = genuine_receipt(text, request);
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
  Result<Request> read = read_request(request_text, without_margins(text_of(content)));
  if (!read.ok()) return read.error();
  Request& request = read.value();
  const Verdict verdict = judge_by_roots(request.roots, [&](const Ed25519PublicKey& root) {
    request.trust.root = root;
    return judge_content(content, request.trust);
  });
  return write_canonical_json(verdict_json(verdict));
}

// Only whoever has the newest index knows which keys were revoked, and whose log is today's.
Result<FollowedLinks> read_links(const Request& request) {
  if (!request.trust.index) return Error{ErrorCode::receipt_key_unknown};
  const std::vector<std::string> kept = read_texts(request.json, "kept_links");
  const std::vector<std::string> fetched = read_texts(request.json, "links");
  return follow_log_links(kept, fetched, {request.roots, request.trust.index->revoked});
}

std::string_view standing_name(EntryStanding standing) {
  switch (standing) {
    case EntryStanding::held:
      return "held";
    case EntryStanding::lost:
      return "lost";
    case EntryStanding::foreign:
      return "foreign";
  }
  return {};
}

// Where the entry {origin, index} is now. `continued` is absent where it is all of them, or nobody
// knows.
Result<Json> entry_json(const Json& entry, const std::string& current,
                        std::span<const LogLink> links) {
  const Result<std::string_view> origin = member_text(entry, "origin");
  const Result<std::int64_t> index = member_integer(entry, "index");
  if (!origin.ok() || !index.ok() || index.value() < 0) return Error{ErrorCode::json_shape};
  const auto at = static_cast<std::uint64_t>(index.value());
  Json answer = {
      {"origin", origin.value()},
      {"index", at},
      {"standing", standing_name(standing_of_entry(origin.value(), at, current, links))}};
  const auto continued = entries_continued(origin.value(), current, links);
  if (continued && *continued != kAllLogEntries) answer["continued"] = *continued;
  return answer;
}

Result<std::string> follow(std::string_view request_text) {
  const Result<Request> request = read_request(request_text, {});
  if (!request.ok()) return request.error();
  const Result<FollowedLinks> followed = read_links(request.value());
  if (!followed.ok()) return followed.error();
  const auto& [links, texts, contradiction] = followed.value();
  const std::string& current = request.value().trust.index->aud;
  Json answer = {{"current", current}, {"links", texts}, {"entries", Json::array()}};
  if (contradiction) {
    answer["contradiction"] = std::vector<std::string>{contradiction->first, contradiction->second};
  }
  const Json* entries = find_member(request.value().json, "entries");
  if (entries == nullptr || !entries->is_array()) return Error{ErrorCode::json_shape};
  for (const Json& entry : *entries) {
    Result<Json> found = entry_json(entry, current, links);
    if (!found.ok()) return found.error();
    answer["entries"].push_back(std::move(found).value());
  }
  return write_canonical_json(answer);
}

// How many entries of the log `origin` the request's links say are in the one of its index; nullopt
// where they say nothing.
Result<std::optional<std::uint64_t>> continued_today(const std::string& origin,
                                                     const Request& request) {
  if (find_member(request.json, "links") == nullptr) return std::optional<std::uint64_t>();
  const Result<FollowedLinks> followed = read_links(request);
  if (!followed.ok()) return followed.error();
  if (followed.value().contradiction) return Error{ErrorCode::log_inconsistent};
  return entries_continued(origin, request.trust.index->aud, followed.value().links);
}

// `head` under the name under which all of its entries are now.
Result<Checkpoint> renamed(Checkpoint head, const Request& request) {
  const auto continued = continued_today(head.origin, request);
  if (!continued.ok()) return continued.error();
  if (continued.value() && head.size <= *continued.value()) head.origin = request.trust.index->aud;
  return head;
}

Result<std::string> compare(std::string_view one, std::string_view other,
                            std::string_view request_text) {
  const Result<Request> request = read_request(request_text, without_margins(other));
  if (!request.ok()) return request.error();
  const bool believes = member_bool_or(request.value().json, "believes_first", false);
  const Result<Checkpoint> first = genuine_checkpoint(one, request.value(), believes);
  if (!first.ok()) return first.error();
  const Result<Checkpoint> second = genuine_checkpoint(other, request.value(), false);
  if (!second.ok()) return second.error();
  const Result<Checkpoint> one_today = renamed(first.value(), request.value());
  if (!one_today.ok()) return one_today.error();
  const Result<Checkpoint> other_today = renamed(second.value(), request.value());
  if (!other_today.ok()) return other_today.error();
  const LogRelation relation =
      compare_checkpoints(one_today.value(), other_today.value(), request.value().proof);
  return write_canonical_json({{"relation", relation_name(relation)},
                               {"first", checkpoint_json(first.value())},
                               {"second", checkpoint_json(second.value())}});
}

Result<std::string> place(std::string_view receipt_text, std::string_view note,
                          std::string_view request_text) {
  const Result<Request> request = read_request(request_text, without_margins(receipt_text));
  if (!request.ok()) return request.error();
  const Result<VerifiedReceipt> receipt = genuine_receipt(receipt_text, request.value());
  if (!receipt.ok()) return receipt.error();
  const Result<Checkpoint> checkpoint = genuine_checkpoint(note, request.value(), false);
  if (!checkpoint.ok()) return checkpoint.error();
  const LogEntry& log = *receipt.value().log;
  const auto continued = continued_today(log.origin, request.value());
  if (!continued.ok()) return continued.error();
  Checkpoint head = checkpoint.value();
  const bool goes_on = continued.value() && log.index < *continued.value() &&
                       head.origin == request.value().trust.index->aud;
  if (goes_on) head.origin = log.origin;
  const ReceiptPlace found = find_receipt(receipt.value(), head, request.value().proof);
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

Handle lf_trust_roots(const std::uint8_t* request, std::uint32_t request_size) {
  return answer(list_roots(text_at(request, request_size)));
}

Handle lf_trust_links(const std::uint8_t* request, std::uint32_t request_size) {
  return answer(follow(text_at(request, request_size)));
}

}  // extern "C"

}  // namespace landfall::bridge
