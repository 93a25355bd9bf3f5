// Submissions: the answers part and the signed manifest.

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/submission/manifest.h"
#include "shared/submission/sealed_answers.h"
#include "wasm/bridge/applicant_keys.h"
#include "wasm/bridge/open_forms.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// The attachments of the request, as far as they are well-formed: build_sealed_answers() refuses
// what is missing.
std::vector<AttachmentEntry> read_attachments(const Json& request) {
  std::vector<AttachmentEntry> entries;
  const Json* list = find_member(request, "attachments");
  if (list == nullptr || !list->is_array()) return entries;
  for (const Json& item : *list) {
    const Result<std::int64_t> size = member_integer(item, "size");
    const std::uint64_t known =
        size.ok() && size.value() > 0 ? static_cast<std::uint64_t>(size.value()) : 0;
    entries.push_back({std::string(member_text_or(item, "slot", {})),
                       std::string(member_text_or(item, "file_name", {})),
                       std::string(member_text_or(item, "media_type", {})), known,
                       std::string(member_text_or(item, "sha256", {})),
                       std::string(member_text_or(item, "sealed_sha256", {}))});
  }
  return entries;
}

FormReference read_form_reference(const Json& request) {
  const Result<const Json*> form = member_object(request, "form");
  if (!form.ok()) return {};
  return {std::string(member_text_or(*form.value(), "id", {})),
          std::string(member_text_or(*form.value(), "version", {})),
          std::string(member_text_or(*form.value(), "digest", {}))};
}

Json findings_json(const std::vector<Finding>& findings) {
  Json list = Json::array();
  for (const Finding& finding : findings) {
    Json params = Json::object();
    for (const auto& [name, value] : finding.params) params[name] = value;
    list.push_back({{"path", finding.path},
                    {"code", finding.code},
                    {"severity", finding.severity == Severity::error ? "error" : "warning"},
                    {"params", params}});
  }
  return list;
}

Result<std::string> build_answers(Handle handle, const FormOutcome& typed,
                                  std::string_view request_text) {
  if (typed.status == FormStatus::incomplete) return Error{ErrorCode::form_incomplete};
  const Result<Json> request = parse_json(request_text);
  if (!request.ok()) return request.error();
  const Result<FormOutcome> stored =
      outcome_of_answers(handle, typed.answers, member_text_or(request.value(), "as_of", {}),
                         member_text_or(request.value(), "time_zone", {}));
  if (!stored.ok()) return stored.error();
  const FormOutcome& form = stored.value();
  if (form.status == FormStatus::incomplete) return Error{ErrorCode::form_incomplete};
  Result<Json> answers = parse_json(form.answers);
  if (!answers.ok()) return answers.error();

  SealedAnswers sealed;
  sealed.submission_id = member_text_or(request.value(), "submission_id", {});
  sealed.kid = member_text_or(request.value(), "kid", {});
  sealed.salt = member_text_or(request.value(), "salt", {});
  sealed.form = read_form_reference(request.value());
  sealed.as_of = member_text_or(request.value(), "as_of", {});
  sealed.time_zone = member_text_or(request.value(), "time_zone", {});
  sealed.answers = std::move(answers).value();
  const bool warned = form.status == FormStatus::with_warnings;
  sealed.verdict = warned ? SubmissionVerdict::with_warnings : SubmissionVerdict::complete;
  sealed.findings = form.findings;
  sealed.attachments = read_attachments(request.value());
  const Result<BuiltAnswers> built = build_sealed_answers(sealed);
  if (!built.ok()) return built.error();

  return write_canonical_json(
      {{"plaintext", built.value().plaintext},
       {"answers_commitment", built.value().commitment},
       {"fee_code", form.fee_code},
       {"verdict",
        {{"status", verdict_name(sealed.verdict)}, {"findings", findings_json(form.findings)}}}});
}

Result<std::string> sign(const ApplicantKeys& keys, std::string_view payload_text) {
  const Result<Json> payload = parse_json(payload_text);
  if (!payload.ok()) return payload.error();
  Result<Manifest> manifest = parse_manifest(payload.value());
  if (!manifest.ok()) return manifest.error();
  return sign_manifest(std::move(manifest).value(), keys.sign);
}

}  // namespace

extern "C" {

Handle lf_manifest_sign(Handle keys, const std::uint8_t* payload, std::uint32_t size) {
  const ApplicantKeys* found = applicant_keys().find(keys);
  if (found == nullptr) return answer_unknown_handle();
  return answer(sign(*found, text_at(payload, size)));
}

Handle lf_submission_answers(Handle form, const std::uint8_t* request, std::uint32_t size) {
  const std::optional<FormOutcome> typed = form_outcome(form);
  if (!typed) return answer_unknown_handle();
  return answer(build_answers(form, *typed, text_at(request, size)));
}

}  // extern "C"

}  // namespace landfall::bridge
