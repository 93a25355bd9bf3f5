#include "shared/submission/log_link.h"

#include <algorithm>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/signed_note.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::json_shape};

// A link's payload; nothing in it is believed yet.
struct LinkPayload {
  LogLink link;
  std::string certificate;
  std::string former_certificate;
  std::string checkpoint;
};

Result<LinkPayload> read_payload(const Json& payload) {
  PayloadReader reader(payload);
  LinkPayload read;
  read.link.origin = reader.token("aud", kMaxAudienceBytes);
  read.certificate = reader.free_text("cert", kMaxLogLinkBytes);
  read.checkpoint = reader.free_text("checkpoint", kMaxLogLinkBytes);
  read.link.linked_at = reader.text("linked_at", is_utc_time);
  PayloadReader former(reader.object("former"));
  read.link.former = former.token("origin", kMaxAudienceBytes);
  read.former_certificate = former.free_text("cert", kMaxLogLinkBytes);
  read.link.tree_size =
      static_cast<std::uint64_t>(former.integer("tree_size", 0, kMaxExactInteger));
  const Result<Bytes> root = parse_hex(former.text("root", is_sha256_hex));
  if (!former.complete() || !reader.complete() || !root.ok()) return kMalformed;
  std::copy(root.value().begin(), root.value().end(), read.link.root.begin());
  if (read.link.origin == read.link.former) return kMalformed;
  return read;
}

Json payload_json(const LinkPayload& payload) {
  return {{"aud", payload.link.origin},
          {"cert", payload.certificate},
          {"checkpoint", payload.checkpoint},
          {"former",
           {{"cert", payload.former_certificate},
            {"origin", payload.link.former},
            {"root", format_hex(payload.link.root)},
            {"tree_size", payload.link.tree_size}}},
          {"linked_at", payload.link.linked_at}};
}

struct ParsedLink {
  UnverifiedDocument document;
  LinkPayload payload;
};

Result<ParsedLink> parse_link(std::string_view text) {
  if (text.size() > kMaxLogLinkBytes) return kMalformed;
  Result<UnverifiedDocument> document = parse_document(document_type::kLink, text);
  if (!document.ok()) return document.error();
  Result<LinkPayload> payload = read_payload(document.value().payload);
  if (!payload.ok()) return payload.error();
  return ParsedLink{std::move(document).value(), std::move(payload).value()};
}

// The certificate of a receipt key for the log `origin`.
Result<Certificate> certificate_for(std::string_view text, const std::string& origin,
                                    std::string_view at, const LogLinkTrust& trust) {
  for (const AgencyRoot& root : trust.roots) {
    if (!speaks_at(root, at)) continue;
    Result<Certificate> certificate = verify_certificate(text, root.key, origin);
    if (certificate.ok() && certificate.value().role == CertificateRole::receipt) {
      return certificate;
    }
  }
  return Error{ErrorCode::receipt_certificate_wrong};
}

Result<Done> check_first_checkpoint(const LinkPayload& payload, const Ed25519PublicKey& key) {
  const Result<Checkpoint> checkpoint =
      verify_checkpoint(payload.checkpoint, payload.link.origin, std::span(&key, 1));
  if (!checkpoint.ok()) return checkpoint.error();
  // The empty tree is the beginning of every other.
  const bool is_same_tree = checkpoint.value().size == payload.link.tree_size &&
                            checkpoint.value().root == payload.link.root;
  const bool is_empty = payload.link.tree_size == 0 && payload.link.root == tree_root({});
  if (!is_same_tree && !is_empty) return Error{ErrorCode::log_inconsistent};
  return Done{};
}

// The link of `links` that says what became of the log `origin`; nullptr when it goes on.
const LogLink* link_of(std::string_view origin, std::span<const LogLink> links) {
  const auto found = std::find_if(links.begin(), links.end(),
                                  [origin](const LogLink& link) { return link.former == origin; });
  return found == links.end() ? nullptr : &*found;
}

// True when each log has one successor at most and none in the end continues itself.
bool is_chain(std::span<const LogLink> links) {
  for (const LogLink& link : links) {
    if (link_of(link.former, links) != &link) return false;
    std::size_t steps = 0;
    for (const LogLink* step = &link; step != nullptr; step = link_of(step->origin, links)) {
      if (++steps > links.size()) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::string> sign_log_link(const LogLink& link, const Checkpoint& first,
                                  const LogLinkCertificates& certificates, const SigningKey& key) {
  Result<std::string> checkpoint = sign_checkpoint(first, key);
  if (!checkpoint.ok()) return kMalformed;
  const Json payload = payload_json(
      {link, certificates.current, certificates.former, std::move(checkpoint).value()});
  if (!read_payload(payload).ok()) return kMalformed;
  Result<std::string> text = sign_document(document_type::kLink, payload, key);
  if (text.ok() && text.value().size() > kMaxLogLinkBytes) return kMalformed;
  return text;
}

Result<LogLinkClaims> read_log_link_claims(std::string_view text) {
  Result<ParsedLink> parsed = parse_link(text);
  if (!parsed.ok()) return parsed.error();
  return LogLinkClaims{std::move(parsed.value().payload.link),
                       std::move(parsed.value().payload.checkpoint),
                       std::move(parsed.value().document.kid)};
}

Result<LogLink> verify_log_link(std::string_view text, const LogLinkTrust& trust) {
  Result<ParsedLink> parsed = parse_link(text);
  if (!parsed.ok()) return parsed.error();
  LinkPayload& payload = parsed.value().payload;
  const UnverifiedDocument& document = parsed.value().document;
  const Result<Certificate> certificate =
      certificate_for(payload.certificate, payload.link.origin, payload.link.linked_at, trust);
  if (!certificate.ok()) return certificate.error();
  const Result<Certificate> former = certificate_for(
      payload.former_certificate, payload.link.former, payload.link.linked_at, trust);
  if (!former.ok()) return former.error();
  const Ed25519PublicKey& key = certificate.value().key;
  if (former.value().key != key) return Error{ErrorCode::receipt_certificate_wrong};
  const bool is_revoked = std::find(trust.revoked.begin(), trust.revoked.end(),
                                    key_thumbprint(key)) != trust.revoked.end();
  if (is_revoked) return Error{ErrorCode::receipt_key_revoked};
  const Result<Done> genuine = check_document(document, key, payload.link.origin);
  if (!genuine.ok()) return genuine.error();
  if (!is_valid_at(certificate.value(), payload.link.linked_at) ||
      !is_valid_at(former.value(), payload.link.linked_at)) {
    return Error{ErrorCode::receipt_key_not_valid};
  }
  const Result<Done> first = check_first_checkpoint(payload, key);
  if (!first.ok()) return first.error();
  return std::move(payload.link);
}

Result<std::vector<LogLink>> verify_log_links(std::span<const std::string> texts,
                                              const LogLinkTrust& trust) {
  if (texts.size() > kMaxLogLinks) return Error{ErrorCode::too_large};
  std::vector<LogLink> links;
  for (const std::string& text : texts) {
    Result<LogLink> link = verify_log_link(text, trust);
    if (!link.ok()) return link.error();
    links.push_back(std::move(link).value());
  }
  if (!is_chain(links)) return Error{ErrorCode::log_inconsistent};
  return links;
}

std::optional<std::uint64_t> entries_continued(std::string_view origin, std::string_view current,
                                               std::span<const LogLink> links) {
  std::uint64_t entries = kAllLogEntries;
  std::string_view at = origin;
  for (std::size_t steps = 0; at != current; ++steps) {
    const LogLink* link = link_of(at, links);
    if (link == nullptr || steps == links.size()) return std::nullopt;
    entries = std::min(entries, link->tree_size);
    at = link->origin;
  }
  return entries;
}

EntryStanding standing_of_entry(std::string_view origin, std::uint64_t index,
                                std::string_view current, std::span<const LogLink> links) {
  const std::optional<std::uint64_t> entries = entries_continued(origin, current, links);
  if (!entries) return EntryStanding::foreign;
  return index < *entries ? EntryStanding::held : EntryStanding::lost;
}

}  // namespace landfall
