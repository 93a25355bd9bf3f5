#include "shared/submission/verdict.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/primitives.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/build_list.h"
#include "shared/submission/bundle.h"
#include "shared/submission/certificate.h"
#include "shared/submission/indexed_checkpoint.h"
#include "shared/submission/manifest.h"
#include "shared/submission/message.h"
#include "shared/submission/package_signature.h"
#include "shared/submission/receipt.h"
#include "shared/submission/verdict_steps.h"

namespace landfall {
namespace {

using Names = std::span<const std::string_view>;

constexpr std::size_t kArchiveMagicOffset = 257;
constexpr std::string_view kArchiveMagic = "ustar";
// Where the signatures of a note begin: an empty line, an em dash, a space.
constexpr std::string_view kNoteSignatures = "\n\n\u2014 ";

Verdict refused(std::string_view kind, ErrorCode code, Names skipped = {}) {
  Verdict verdict;
  verdict.kind = kind;
  verdict.refusal = code;
  verdict.steps = steps_of(kind, code, skipped);
  return verdict;
}

Verdict found(std::string_view kind, Json facts, Names skipped = {}) {
  Verdict verdict;
  verdict.kind = kind;
  verdict.facts = std::move(facts);
  verdict.steps = steps_of(kind, std::nullopt, skipped);
  return verdict;
}

std::optional<std::string_view> audience_view(const VerificationTrust& trust) {
  if (!trust.audience) return std::nullopt;
  return std::string_view(*trust.audience);
}

Json receipt_facts(const VerifiedReceipt& receipt) {
  const ReceiptBody& body = receipt.body;
  Json facts = {
      {"case_number", body.case_number},
      {"manifest_sha256", body.manifest_sha256},
      {"received_at", body.received_at},
      {"amount_due", {{"amount", body.amount_due.amount}, {"currency", body.amount_due.currency}}},
      {"kid", receipt.kid},
      {"aud", receipt.audience},
      {"development", receipt.development},
      {"short", !receipt.log.has_value()}};
  if (receipt.log) {
    facts["log"] = {{"origin", receipt.log->origin},
                    {"index", receipt.log->index},
                    {"tree_size", receipt.log->tree_size}};
  }
  return facts;
}

Verdict judge_receipt(std::string_view text, const VerificationTrust& trust) {
  ReceiptTrust receipt_trust;
  receipt_trust.root = trust.root;
  receipt_trust.audience = audience_view(trust);
  if (trust.index) {
    receipt_trust.known_keys = trust.index->receipt_keys;
    receipt_trust.revoked = trust.index->revoked;
  }
  if (trust.manifest_sha256) receipt_trust.manifest_sha256 = *trust.manifest_sha256;
  const Result<VerifiedReceipt> verified = verify_receipt(text, receipt_trust);
  std::vector<std::string_view> skipped;
  if (!trust.index) skipped.emplace_back("revocation");
  if (!verified.ok()) {
    Verdict verdict = refused("receipt", verified.error().code, skipped);
    verdict.needs_index = !trust.index && verified.error().code == ErrorCode::receipt_key_unknown;
    return verdict;
  }
  if (!verified.value().log) skipped.emplace_back("log_place");
  Json facts = receipt_facts(verified.value());
  facts["revocation_checked"] = trust.index.has_value();
  Verdict verdict = found("receipt", std::move(facts), skipped);
  if (trust.manifest_sha256) verdict.steps.push_back({"submission_expected", StepState::held});
  return verdict;
}

Verdict judge_message(std::string_view text, const VerificationTrust& trust) {
  MessageTrust message_trust;
  message_trust.root = trust.root;
  message_trust.audience = audience_view(trust);
  if (trust.index) message_trust.revoked = trust.index->revoked;
  if (trust.manifest_sha256) message_trust.manifest_sha256 = *trust.manifest_sha256;
  std::vector<std::string_view> skipped;
  if (!trust.index) skipped.emplace_back("revocation");
  const Result<VerifiedMessage> verified = verify_message(text, message_trust);
  if (!verified.ok()) return refused("message", verified.error().code, skipped);
  const Message& message = verified.value().message;
  Verdict verdict = found("message",
                          {{"aud", message.aud},
                           {"counter", message.counter},
                           {"development", verified.value().development},
                           {"issued", message.issued},
                           {"kid", verified.value().kid},
                           {"manifest_sha256", message.manifest_sha256},
                           {"revocation_checked", trust.index.has_value()},
                           {"says", message_kind_name(message.kind)}},
                          skipped);
  if (trust.manifest_sha256) verdict.steps.push_back({"submission_expected", StepState::held});
  return verdict;
}

Verdict judge_index(std::string_view text, const VerificationTrust& trust) {
  IndexTrust index_trust;
  index_trust.root = trust.root;
  index_trust.audience = audience_view(trust);
  const Result<Index> verified = verify_index(text, index_trust);
  if (!verified.ok()) return refused("index", verified.error().code);
  Json facts = index_json(verified.value());
  facts["expired"] = is_expired(verified.value(), trust.now);
  return found("index", std::move(facts));
}

Verdict judge_build_list(std::string_view text, const VerificationTrust& trust) {
  const Result<BuildList> verified = verify_build_list(text, trust.root, audience_view(trust));
  if (!verified.ok()) return refused("build", verified.error().code);
  const BuildList& list = verified.value();
  constexpr std::array<std::string_view, 1> kNotHere = {"files"};
  return found("build",
               {{"aud", list.aud},
                {"issued", list.issued},
                {"development", list.development},
                {"files", list.files.size()}},
               kNotHere);
}

Verdict judge_certificate(std::string_view text, const VerificationTrust& trust) {
  Result<Certificate> verified = verify_certificate(text, trust.root, audience_view(trust));
  if (!verified.ok()) {
    Result<Certificate> of_root = verify_root_certificate(text, trust.root, audience_view(trust));
    if (of_root.ok()) verified = std::move(of_root);
  }
  if (!verified.ok()) return refused("certificate", verified.error().code);
  const Certificate& certificate = verified.value();
  return found("certificate", {{"role", certificate_role_name(certificate.role)},
                               {"kid", key_thumbprint(certificate.key)},
                               {"aud", certificate.aud},
                               {"not_before", certificate.not_before},
                               {"not_after", certificate.not_after},
                               {"development", certificate.development}});
}

Result<VerifiedManifest> verified_manifest(std::string_view text, const VerificationTrust& trust) {
  return verify_manifest(text, trust.audience ? *trust.audience : claimed_audience(text));
}

Json submission_facts(const VerifiedManifest& verified) {
  const Manifest& manifest = verified.manifest;
  return {{"submission_id", manifest.submission_id},
          {"manifest_sha256", verified.digest},
          {"kid", verified.kid},
          {"aud", manifest.aud},
          {"sealed_at", manifest.sealed_at},
          {"form", form_reference_json(manifest.form)},
          {"parts", manifest.parts.size()}};
}

Verdict judge_submission(std::string_view text, const VerificationTrust& trust) {
  const Result<VerifiedManifest> verified = verified_manifest(text, trust);
  if (!verified.ok()) return refused("submission", verified.error().code);
  return found("submission", submission_facts(verified.value()));
}

// Which of the manifest's parts the bundle lacks.
Json missing_parts(const Bundle& bundle, const Manifest& manifest) {
  Json missing = Json::array();
  for (const ManifestPart& part : manifest.parts) {
    const bool is_here =
        std::any_of(bundle.parts.begin(), bundle.parts.end(),
                    [&](const BundlePart& here) { return here.sha256 == part.sha256; });
    if (!is_here) missing.push_back({{"sha256", part.sha256}, {"size", part.size}});
  }
  return missing;
}

}  // namespace

std::string claimed_audience(std::string_view text) {
  const Result<Jws> jws = parse_jws(text);
  if (!jws.ok()) return "";
  const Result<Json> payload = parse_json(text_of(jws.value().payload));
  return payload.ok() ? std::string(member_text_or(payload.value(), "aud", "")) : "";
}

std::string_view without_margins(std::string_view text) {
  constexpr std::string_view kMargins = " \t\r\n";
  const std::size_t start = text.find_first_not_of(kMargins);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(kMargins) - start + 1);
}

ContentKind kind_of(ByteView content) {
  const std::string_view text = text_of(content);
  if (text.starts_with(kBundleManifestName) &&
      content.size() > kArchiveMagicOffset + kArchiveMagic.size() &&
      text.substr(kArchiveMagicOffset, kArchiveMagic.size()) == kArchiveMagic) {
    return ContentKind::bundle;
  }
  const std::string_view body = without_margins(text);
  if (body.starts_with('{')) return ContentKind::package;
  if (text.find(kNoteSignatures) != std::string_view::npos) return ContentKind::note;
  if (std::count(body.begin(), body.end(), '.') == 2) return ContentKind::jws;
  return ContentKind::unknown;
}

Verdict judge_document(std::string_view text, const VerificationTrust& trust) {
  text = without_margins(text);
  const Result<Jws> jws = parse_jws(text);
  if (!jws.ok()) return refused("document", jws.error().code);
  const std::string_view type = member_text_or(jws.value().header, "typ", "");
  if (type == document_type::kReceipt) return judge_receipt(text, trust);
  if (type == document_type::kIndex) return judge_index(text, trust);
  if (type == document_type::kBuild) return judge_build_list(text, trust);
  if (type == document_type::kCertificate) return judge_certificate(text, trust);
  if (type == document_type::kSubmission) return judge_submission(text, trust);
  if (type == document_type::kMessage) return judge_message(text, trust);
  return refused("document", ErrorCode::jws_type_wrong);
}

Verdict judge_package(ByteView package, std::string_view signature,
                      const VerificationTrust& trust) {
  constexpr std::array<std::string_view, 1> kNotAsked = {"listed"};
  const Result<PackageStatement> verified =
      verify_package(package, without_margins(signature), trust.root, audience_view(trust));
  if (!verified.ok()) return refused("package", verified.error().code, kNotAsked);
  const PackageStatement& statement = verified.value();
  return found("package",
               {{"form_id", statement.form_id},
                {"version", statement.version},
                {"digest", statement.digest},
                {"aud", statement.aud},
                {"development", statement.development}},
               kNotAsked);
}

Verdict judge_listed_package(ByteView package, const VerificationTrust& trust) {
  const std::string digest = format_hex(sha256(package));
  if (trust.index) {
    for (const IndexPackage& listed : trust.index->packages) {
      if (listed.digest != digest) continue;
      Verdict verdict = judge_package(package, listed.signature, trust);
      verdict.steps.front().state = StepState::held;
      return verdict;
    }
  }
  Verdict verdict = refused("package", ErrorCode::package_digest_differs);
  for (VerificationStep& step : verdict.steps) step.state = StepState::not_checked;
  if (trust.index) verdict.steps.front().state = StepState::failed;
  verdict.needs_index = !trust.index;
  return verdict;
}

Verdict judge_bundle(ByteView archive, const VerificationTrust& trust) {
  const Result<Bundle> bundle = parse_bundle(archive);
  if (!bundle.ok()) return refused("bundle", bundle.error().code);
  const Result<VerifiedManifest> manifest = verified_manifest(bundle.value().manifest, trust);
  if (!manifest.ok()) return refused("bundle", manifest.error().code);
  const Result<Done> complete = check_bundle(bundle.value(), manifest.value().manifest);
  if (complete.ok()) return found("bundle", submission_facts(manifest.value()));
  Verdict verdict = refused("bundle", complete.error().code);
  verdict.facts = submission_facts(manifest.value());
  verdict.facts["missing"] = missing_parts(bundle.value(), manifest.value().manifest);
  return verdict;
}

Verdict judge_checkpoint(std::string_view note, const VerificationTrust& trust) {
  if (!trust.index) {
    Verdict verdict = refused("checkpoint", ErrorCode::receipt_key_unknown);
    verdict.needs_index = true;
    return verdict;
  }
  const std::string origin = trust.audience ? *trust.audience : trust.index->aud;
  const Result<Checkpoint> verified =
      verify_checkpoint_by_index(note, origin, *trust.index, trust.index->revoked);
  if (!verified.ok()) return refused("checkpoint", verified.error().code);
  const Checkpoint& checkpoint = verified.value();
  return found("checkpoint", {{"origin", checkpoint.origin},
                              {"size", checkpoint.size},
                              {"root", format_hex(checkpoint.root)}});
}

Verdict judge_content(ByteView content, const VerificationTrust& trust) {
  switch (kind_of(content)) {
    case ContentKind::jws:
      return judge_document(text_of(content), trust);
    case ContentKind::bundle:
      return judge_bundle(content, trust);
    case ContentKind::note:
      return judge_checkpoint(text_of(content), trust);
    case ContentKind::package:
      return judge_listed_package(content, trust);
    case ContentKind::unknown:
      break;
  }
  return refused("document", ErrorCode::jws_malformed);
}

Json verdict_json(const Verdict& verdict) {
  constexpr std::array<std::string_view, 3> kStates = {"held", "failed", "not_checked"};
  Json steps = Json::array();
  for (const VerificationStep& step : verdict.steps) {
    steps.push_back(
        {{"name", step.name}, {"state", kStates[static_cast<std::size_t>(step.state)]}});
  }
  Json json = {{"genuine", verdict.genuine()},
               {"kind", verdict.kind},
               {"facts", verdict.facts},
               {"steps", std::move(steps)}};
  if (verdict.refusal) json["code"] = error_name(*verdict.refusal);
  if (verdict.needs_index) json["needs_index"] = true;
  return json;
}

}  // namespace landfall
