#include "shared/submission/sealed_answers.h"

#include <algorithm>
#include <utility>

#include "shared/base/sorting.h"
#include "shared/codec/base64url.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/codec/sizes.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::sealed_answers_malformed};
constexpr Error kNotBound{ErrorCode::sealed_answers_not_bound};

constexpr std::size_t kMaxFindings = 10000;
constexpr std::size_t kMaxPathBytes = 1024;
constexpr std::size_t kMaxFileNameBytes = 1024;
constexpr JsonLimits kLimits{.bytes = kMaxAnswersBytes, .depth = 40};

bool is_salt(std::string_view text) {
  const Result<Bytes> bytes = parse_base64url(text);
  return bytes.ok() && bytes.value().size() == kCommitmentSaltBytes;
}

bool is_severity(std::string_view text) { return text == "error" || text == "warning"; }

Json finding_json(const Finding& finding) {
  Json params = Json::object();
  for (const auto& [name, value] : finding.params) params[name] = value;
  return {{"path", finding.path},
          {"code", finding.code},
          {"severity", finding.severity == Severity::error ? "error" : "warning"},
          {"params", std::move(params)}};
}

Finding read_finding(const Json& json, bool& ok) {
  PayloadReader reader(json);
  Finding finding;
  finding.path = reader.free_text("path", kMaxPathBytes);
  finding.code = reader.token("code", 64);
  finding.severity =
      reader.text("severity", is_severity) == "error" ? Severity::error : Severity::warning;
  for (const auto& [name, value] : reader.object("params").items()) {
    reader.check(value.is_string());
    finding.params.emplace_back(name, text_value(value));
  }
  ok = ok && reader.complete();
  return finding;
}

Json attachment_json(const AttachmentEntry& entry) {
  return {
      {"slot", entry.slot}, {"file_name", entry.file_name}, {"media_type", entry.media_type},
      {"size", entry.size}, {"sha256", entry.sha256},       {"sealed_sha256", entry.sealed_sha256}};
}

AttachmentEntry read_attachment(const Json& json, bool& ok) {
  PayloadReader reader(json);
  AttachmentEntry entry;
  entry.slot = reader.free_text("slot", kMaxPathBytes);
  entry.file_name = reader.free_text("file_name", kMaxFileNameBytes);
  entry.media_type = reader.token("media_type", 128);
  entry.size = static_cast<std::uint64_t>(
      reader.integer("size", 1, static_cast<std::int64_t>(kMaxPartBytes)));
  entry.sha256 = reader.text("sha256", is_sha256_hex);
  entry.sealed_sha256 = reader.text("sealed_sha256", is_sha256_hex);
  ok = ok && reader.complete();
  return entry;
}

void read_verdict(PayloadReader& reader, SealedAnswers& answers) {
  PayloadReader verdict(reader.object("verdict"));
  const Result<SubmissionVerdict> status = parse_verdict(verdict.token("status", 16));
  bool ok = status.ok();
  for (const Json& finding : verdict.array("findings", kMaxFindings)) {
    answers.findings.push_back(read_finding(finding, ok));
  }
  reader.check(ok && verdict.complete());
  if (status.ok()) answers.verdict = status.value();
}

void read_attachments(PayloadReader& reader, SealedAnswers& answers) {
  bool ok = true;
  for (const Json& entry : reader.array("attachments", kMaxManifestParts - 1)) {
    answers.attachments.push_back(read_attachment(entry, ok));
  }
  reader.check(ok);
}

Result<SealedAnswers> read_answers(const Json& payload) {
  PayloadReader reader(payload);
  SealedAnswers answers;
  answers.submission_id = reader.text("submission_id", is_uuid_v7);
  answers.kid = reader.token("kid", 64);
  answers.salt = reader.text("salt", is_salt);
  const Result<FormReference> form = parse_form_reference(reader.object("form"));
  reader.check(form.ok());
  answers.as_of = reader.text("as_of", is_calendar_date);
  answers.time_zone = reader.token("time_zone", kMaxTimeZoneBytes);
  answers.answers = reader.object("answers");
  read_verdict(reader, answers);
  read_attachments(reader, answers);
  if (!reader.complete()) return kMalformed;
  answers.form = form.value();
  return answers;
}

Json answers_json(const SealedAnswers& answers) {
  Json findings = Json::array();
  for (const Finding& finding : answers.findings) findings.push_back(finding_json(finding));
  Json attachments = Json::array();
  for (const AttachmentEntry& entry : answers.attachments) {
    attachments.push_back(attachment_json(entry));
  }
  return {
      {"submission_id", answers.submission_id},
      {"kid", answers.kid},
      {"salt", answers.salt},
      {"form", form_reference_json(answers.form)},
      {"as_of", answers.as_of},
      {"time_zone", answers.time_zone},
      {"answers", answers.answers},
      {"verdict", {{"status", verdict_name(answers.verdict)}, {"findings", std::move(findings)}}},
      {"attachments", std::move(attachments)}};
}

}  // namespace

Result<BuiltAnswers> build_sealed_answers(const SealedAnswers& answers) {
  const Json json = answers_json(answers);
  if (!read_answers(json).ok()) return kMalformed;
  const Result<std::string> commitment = answers_commitment(answers.salt, answers.answers);
  if (!commitment.ok()) return commitment.error();
  Result<std::string> text = write_canonical_json(json);
  if (!text.ok()) return kMalformed;
  const std::uint64_t padded = padme_length(text.value().size());
  if (padded > kMaxAnswersBytes) return Error{ErrorCode::too_large};
  BuiltAnswers built{std::move(text).value(), commitment.value()};
  built.plaintext.resize(static_cast<std::size_t>(padded), ' ');
  return built;
}

Result<SealedAnswers> parse_sealed_answers(ByteView plaintext) {
  if (plaintext.size() > kMaxAnswersBytes) return Error{ErrorCode::too_large};
  std::string_view text = text_of(plaintext);
  text = text.substr(0, text.find_last_not_of(' ') + 1);
  // Padding of another length would say something, to whoever wrote it and whoever counts it.
  if (padme_length(text.size()) != plaintext.size()) return kMalformed;
  const Result<Json> json = parse_canonical_json(text, kLimits);
  if (!json.ok()) return kMalformed;
  return read_answers(json.value());
}

Result<std::string> answers_commitment(std::string_view salt, const Json& answers) {
  const Result<Bytes> bytes = parse_base64url(salt);
  const Result<std::string> canonical = write_canonical_json(answers);
  if (!bytes.ok() || bytes.value().size() != kCommitmentSaltBytes || !canonical.ok()) {
    return kMalformed;
  }
  Sha256 hash;
  hash.update(bytes.value());
  hash.update(bytes_of(canonical.value()));
  return format_hex(hash.finish());
}

Result<Done> check_sealed_answers(const SealedAnswers& answers, const VerifiedManifest& verified) {
  const Manifest& manifest = verified.manifest;
  if (answers.submission_id != manifest.submission_id || answers.kid != verified.kid ||
      answers.form != manifest.form || answers.as_of != manifest.as_of ||
      answers.time_zone != manifest.time_zone || answers.verdict != manifest.verdict) {
    return kNotBound;
  }
  const Result<std::string> commitment = answers_commitment(answers.salt, answers.answers);
  if (!commitment.ok()) return commitment.error();
  if (commitment.value() != manifest.answers_commitment) {
    return Error{ErrorCode::answers_commitment_differs};
  }
  // No digest stands twice in a manifest, so equal lists are also equal sets.
  std::vector<std::string_view> listed;
  for (const ManifestPart& part : manifest.parts) {
    if (part.role == PartRole::attachment) listed.push_back(part.sha256);
  }
  std::vector<std::string_view> sealed;
  for (const AttachmentEntry& entry : answers.attachments) sealed.push_back(entry.sealed_sha256);
  if (sorted_texts(sealed) != sorted_texts(listed)) {
    return Error{ErrorCode::attachment_not_bound};
  }
  return Done{};
}

std::uint64_t padded_attachment_size(std::uint64_t size) { return padme_length(size); }

Result<ByteView> open_attachment(const AttachmentEntry& entry, ByteView padded) {
  constexpr Error kDiffers{ErrorCode::attachment_differs};
  if (padded.size() != padded_attachment_size(entry.size)) return kDiffers;
  const ByteView file = padded.first(static_cast<std::size_t>(entry.size));
  const ByteView padding = padded.subspan(file.size());
  if (std::any_of(padding.begin(), padding.end(), [](std::uint8_t byte) { return byte != 0; })) {
    return kDiffers;
  }
  if (format_hex(sha256(file)) != entry.sha256) return kDiffers;
  return file;
}

}  // namespace landfall
