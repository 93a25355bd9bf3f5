#include "shared/submission/manifest.h"

#include <algorithm>
#include <utility>

#include "shared/base/sorting.h"
#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::manifest_malformed};

bool is_recipient(std::string_view text) { return parse_x25519_recipient(text).ok(); }

bool is_public_key(std::string_view text) { return parse_public_key(text).ok(); }

bool is_fee_code(std::string_view text) { return text.empty() || is_token(text, kMaxFeeCodeBytes); }

bool is_role(std::string_view text) { return text == "answers" || text == "attachment"; }

std::string_view role_name(PartRole role) {
  return role == PartRole::answers ? "answers" : "attachment";
}

ManifestPart read_part(const Json& json, bool& ok) {
  PayloadReader reader(json);
  ManifestPart part;
  const std::string_view role = reader.text("role", is_role);
  part.role = role == "answers" ? PartRole::answers : PartRole::attachment;
  part.sha256 = reader.text("sha256", is_sha256_hex);
  part.size = static_cast<std::uint64_t>(
      reader.integer("size", 1, static_cast<std::int64_t>(kMaxPartBytes)));
  ok = ok && reader.complete();
  return part;
}

// The answers come first and once, and no digest stands twice: a part is then its digest.
bool is_in_order(const std::vector<ManifestPart>& parts) {
  if (parts.empty() || parts.front().role != PartRole::answers) return false;
  std::vector<std::string_view> digests;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0 && parts[i].role == PartRole::answers) return false;
    digests.push_back(parts[i].sha256);
  }
  digests = sorted_texts(digests);
  return std::adjacent_find(digests.begin(), digests.end()) == digests.end();
}

void read_parts(PayloadReader& reader, Manifest& manifest) {
  bool ok = true;
  for (const Json& part : reader.array("parts", kMaxManifestParts)) {
    manifest.parts.push_back(read_part(part, ok));
  }
  reader.check(ok && is_in_order(manifest.parts));
}

Json parts_json(const std::vector<ManifestPart>& parts) {
  Json list = Json::array();
  for (const ManifestPart& part : parts) {
    list.push_back({{"role", role_name(part.role)}, {"sha256", part.sha256}, {"size", part.size}});
  }
  return list;
}

}  // namespace

std::string_view verdict_name(SubmissionVerdict verdict) {
  return verdict == SubmissionVerdict::complete ? "complete" : "with_warnings";
}

Result<SubmissionVerdict> parse_verdict(std::string_view name) {
  if (name == verdict_name(SubmissionVerdict::complete)) return SubmissionVerdict::complete;
  if (name == verdict_name(SubmissionVerdict::with_warnings))
    return SubmissionVerdict::with_warnings;
  return kMalformed;
}

Result<FormReference> parse_form_reference(const Json& json) {
  PayloadReader reader(json);
  FormReference form;
  form.id = reader.token("id", kMaxFormIdBytes);
  form.version = reader.token("version", kMaxFormVersionBytes);
  form.digest = reader.text("digest", is_sha256_hex);
  if (!reader.complete()) return kMalformed;
  return form;
}

Json form_reference_json(const FormReference& form) {
  return {{"id", form.id}, {"version", form.version}, {"digest", form.digest}};
}

Result<Manifest> parse_manifest(const Json& payload) {
  PayloadReader reader(payload);
  Manifest manifest;
  manifest.aud = reader.token("aud", kMaxAudienceBytes);
  manifest.submission_id = reader.text("submission_id", is_uuid_v7);
  const Result<FormReference> form = parse_form_reference(reader.object("form"));
  reader.check(form.ok());
  manifest.engine = reader.token("engine", 64);
  manifest.as_of = reader.text("as_of", is_calendar_date);
  manifest.time_zone = reader.token("time_zone", kMaxTimeZoneBytes);
  manifest.sealed_at = reader.text("sealed_at", is_utc_time);
  manifest.clock_offset_ms = reader.integer_or_null("clock_offset_ms");
  manifest.sign_key = reader.text("sign_key", is_public_key);
  manifest.age_recipient = reader.text("age_recipient", is_recipient);
  read_parts(reader, manifest);
  const Result<SubmissionVerdict> verdict = parse_verdict(reader.token("verdict", 16));
  reader.check(verdict.ok());
  manifest.answers_commitment = reader.text("answers_commitment", is_sha256_hex);
  manifest.fee_code = reader.text("fee_code", is_fee_code);
  if (reader.has("supersedes")) manifest.supersedes = reader.text("supersedes", is_sha256_hex);
  if (!reader.complete()) return kMalformed;
  manifest.form = form.value();
  manifest.verdict = verdict.value();
  return manifest;
}

Json manifest_json(const Manifest& manifest) {
  Json json = {
      {"aud", manifest.aud},
      {"submission_id", manifest.submission_id},
      {"form", form_reference_json(manifest.form)},
      {"engine", manifest.engine},
      {"as_of", manifest.as_of},
      {"time_zone", manifest.time_zone},
      {"sealed_at", manifest.sealed_at},
      {"clock_offset_ms", nullptr},
      {"sign_key", manifest.sign_key},
      {"age_recipient", manifest.age_recipient},
      {"parts", parts_json(manifest.parts)},
      {"verdict", verdict_name(manifest.verdict)},
      {"answers_commitment", manifest.answers_commitment},
      {"fee_code", manifest.fee_code},
  };
  if (manifest.clock_offset_ms) json["clock_offset_ms"] = *manifest.clock_offset_ms;
  if (manifest.supersedes) json["supersedes"] = *manifest.supersedes;
  return json;
}

Result<std::string> sign_manifest(Manifest manifest, const SigningKey& key) {
  manifest.sign_key = format_public_key(key.public_key());
  const Json payload = manifest_json(manifest);
  const Result<Manifest> readable = parse_manifest(payload);
  if (!readable.ok()) return readable.error();
  return sign_document(document_type::kSubmission, payload, key);
}

Result<VerifiedManifest> verify_manifest(std::string_view text, std::string_view audience) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kSubmission, text);
  if (!document.ok()) return document.error();
  Result<Manifest> manifest = parse_manifest(document.value().payload);
  if (!manifest.ok()) return manifest.error();
  const Result<Ed25519PublicKey> key = parse_public_key(manifest.value().sign_key);
  if (!key.ok()) return kMalformed;
  const Result<Done> checked = check_document(document.value(), key.value(), audience);
  if (!checked.ok()) {
    switch (checked.error().code) {
      case ErrorCode::jws_key_wrong:
        return Error{ErrorCode::manifest_key_wrong};
      case ErrorCode::jws_audience_wrong:
        return Error{ErrorCode::audience_mismatch};
      default:
        return Error{ErrorCode::manifest_signature_wrong};
    }
  }
  return VerifiedManifest{std::move(manifest).value(), document.value().kid, document_digest(text)};
}

std::string document_digest(std::string_view text) { return format_hex(sha256(bytes_of(text))); }

Result<ManifestPart> find_part(const Manifest& manifest, std::string_view digest,
                               std::uint64_t size) {
  const auto part = std::find_if(manifest.parts.begin(), manifest.parts.end(),
                                 [&](const ManifestPart& p) { return p.sha256 == digest; });
  if (part == manifest.parts.end()) return Error{ErrorCode::part_not_in_manifest};
  if (part->size != size) return Error{ErrorCode::part_size_mismatch};
  return *part;
}

}  // namespace landfall
