#include "server/cli/verification.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "server/cli/files.h"
#include "server/cli/receipt_keys.h"
#include "server/cli/verify_build.h"
#include "shared/codec/hex.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/bundle.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/manifest.h"
#include "shared/submission/package_signature.h"
#include "shared/submission/receipt.h"

namespace landfall {
namespace {

struct Reason {
  ErrorCode code;
  std::string_view sentence;
};

constexpr std::array kReasons = {
    Reason{ErrorCode::receipt_malformed, "it does not have the shape of a receipt"},
    Reason{
        ErrorCode::receipt_key_revoked,
        "the agency has revoked the key that signed it, and nothing that this key signed counts, "
        "whatever date it gives: whoever has the key writes the date. Ask the agency for a new "
        "receipt"},
    Reason{ErrorCode::receipt_key_not_valid,
           "it says that it was received at a time when its key was not valid"},
    Reason{
        ErrorCode::receipt_key_unknown,
        "a short receipt, by a key that is not known here: give the agency's index with --index"},
    Reason{ErrorCode::receipt_certificate_wrong,
           "the agency's root key did not certify the key that signed it"},
    Reason{ErrorCode::receipt_not_genuine,
           "the certified key did not sign it, or it was changed afterwards"},
    Reason{ErrorCode::receipt_not_in_log, "its proof that it stands in the log does not hold"},
    Reason{ErrorCode::receipt_for_another_submission, "it is genuine, but for another submission"},
    Reason{ErrorCode::jws_key_wrong, "another key than the agency's root key signed it"},
    Reason{ErrorCode::jws_signature_wrong, "it was changed after it was signed"},
    Reason{ErrorCode::jws_audience_wrong, "it is for another log"},
    Reason{ErrorCode::index_not_genuine,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::certificate_not_genuine,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::package_signature_wrong,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::package_digest_differs, "the signature is for other bytes than these"},
    Reason{ErrorCode::checkpoint_signature_wrong,
           "none of the receipt keys in the index signed it"}};

Verification genuine(std::string_view kind, std::string sentence, Json facts) {
  facts["genuine"] = true;
  facts["kind"] = kind;
  return {true, std::move(sentence), std::move(facts), {}};
}

std::string_view development_mark(bool development) {
  return development ? " (development key)" : "";
}

std::optional<std::string_view> audience_view(const VerificationTrust& trust) {
  if (!trust.audience) return std::nullopt;
  return std::string_view(*trust.audience);
}

// The `aud` a document claims, which its verification then confirms; "" when it has none.
std::string claimed_audience(std::string_view text) {
  Result<Jws> jws = parse_jws(text);
  if (!jws.ok()) return "";
  Result<Json> payload = parse_json(text_of(jws.value().payload));
  return payload.ok() ? std::string(member_text_or(payload.value(), "aud", "")) : "";
}

Verification verify_receipt_document(std::string_view text, const VerificationTrust& trust) {
  ReceiptTrust receipt_trust;
  receipt_trust.root = trust.root;
  receipt_trust.audience = audience_view(trust);
  if (trust.index) {
    receipt_trust.known_keys = trust.index->receipt_keys;
    receipt_trust.revoked = trust.index->revoked;
  }
  if (trust.manifest_sha256) receipt_trust.manifest_sha256 = *trust.manifest_sha256;
  Result<VerifiedReceipt> verified = verify_receipt(text, receipt_trust);
  if (!verified.ok()) return not_genuine("receipt", verified.error().code);
  const VerifiedReceipt& receipt = verified.value();
  const ReceiptBody& body = receipt.body;
  std::string sentence = fmt::format(
      "receipt for case {}, manifest {}, received at {}, amount due {} {}, signed by {}{}",
      body.case_number, body.manifest_sha256, body.received_at, body.amount_due.currency,
      body.amount_due.amount, receipt.kid, development_mark(receipt.development));
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
    sentence += fmt::format(", entry {} of {} in the log {}", receipt.log->index,
                            receipt.log->tree_size, receipt.log->origin);
    facts["log"] = {{"origin", receipt.log->origin},
                    {"index", receipt.log->index},
                    {"tree_size", receipt.log->tree_size}};
  }
  facts["revocation_checked"] = trust.index.has_value();
  if (!trust.index) sentence += "; whether its key was revoked was not looked at without --index";
  return genuine("receipt", std::move(sentence), std::move(facts));
}

Verification verify_index_document(std::string_view text, const VerificationTrust& trust) {
  IndexTrust index_trust;
  index_trust.root = trust.root;
  index_trust.audience = audience_view(trust);
  Result<Index> verified = verify_index(text, index_trust);
  if (!verified.ok()) return not_genuine("index", verified.error().code);
  const Index& index = verified.value();
  const bool expired = is_expired(index, trust.now);
  std::string sentence = fmt::format(
      "index number {} of {}, issued at {}, {} at {}, with {} package(s), {} case office "
      "recipient(s), {} receipt key(s) and {} revoked, signed by the agency root{}",
      index.serial, index.aud, index.issued, expired ? "EXPIRED" : "expires", index.expires,
      index.packages.size(), index.case_office.size(), index.receipt_keys.size(),
      index.revoked.size(), development_mark(index.development));
  Json facts = index_json(index);
  facts["expired"] = expired;
  return genuine("index", std::move(sentence), std::move(facts));
}

Verification verify_certificate_document(std::string_view text, const VerificationTrust& trust) {
  Result<Certificate> verified = verify_certificate(text, trust.root, audience_view(trust));
  if (!verified.ok()) return not_genuine("certificate", verified.error().code);
  const Certificate& certificate = verified.value();
  const std::string_view role = certificate.role == CertificateRole::receipt ? "receipt" : "desk";
  return genuine("certificate",
                 fmt::format("certificate of {} key {}, valid from {} to {}, signed by the agency "
                             "root{}",
                             role, key_thumbprint(certificate.key), certificate.not_before,
                             certificate.not_after, development_mark(certificate.development)),
                 {{"role", role},
                  {"kid", key_thumbprint(certificate.key)},
                  {"aud", certificate.aud},
                  {"not_before", certificate.not_before},
                  {"not_after", certificate.not_after},
                  {"development", certificate.development}});
}

Verification describe_submission(const VerifiedManifest& verified, std::string_view parts) {
  const Manifest& manifest = verified.manifest;
  return genuine(
      "submission",
      fmt::format("submission {} of form {} version {}, sealed at {}, {} part(s){}, signed by its "
                  "applicant {}; whether it was received, only a receipt says",
                  manifest.submission_id, manifest.form.id, manifest.form.version,
                  manifest.sealed_at, manifest.parts.size(), parts, verified.kid),
      {{"submission_id", manifest.submission_id},
       {"manifest_sha256", verified.digest},
       {"kid", verified.kid},
       {"aud", manifest.aud},
       {"form",
        {{"id", manifest.form.id},
         {"version", manifest.form.version},
         {"digest", manifest.form.digest}}},
       {"parts", manifest.parts.size()}});
}

Result<VerifiedManifest> verified_manifest(std::string_view text, const VerificationTrust& trust) {
  return verify_manifest(text, trust.audience ? *trust.audience : claimed_audience(text));
}

}  // namespace

std::string_view reason_of(ErrorCode code) {
  const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                  [code](const Reason& reason) { return reason.code == code; });
  return found == kReasons.end() ? std::string_view() : found->sentence;
}

Failure refusal_of(Error error, std::string_view what) {
  Failure failure = failure_of(error, what, kExitNo);
  if (const std::string_view reason = reason_of(error.code); !reason.empty()) {
    failure.message.append(": ").append(reason);
  }
  return failure;
}

Verification not_genuine(std::string_view kind, ErrorCode code) {
  return {
      false,
      refusal_of({code, 0}, kind).message,
      {{"genuine", false}, {"kind", kind}, {"code", error_name(code)}, {"reason", reason_of(code)}},
      {}};
}

DocumentKind kind_of(ByteView content) {
  constexpr std::size_t kMagicOffset = 257;
  const std::string_view text = text_of(content);
  if (text.substr(0, kBundleManifestName.size()) == kBundleManifestName &&
      content.size() > kMagicOffset + 5 && text.substr(kMagicOffset, 5) == "ustar") {
    return DocumentKind::bundle;
  }
  const std::string_view body = trimmed(text);
  if (body.starts_with('{')) return DocumentKind::package;
  if (text.find("\n\n\u2014 ") != std::string_view::npos) return DocumentKind::note;
  if (std::count(body.begin(), body.end(), '.') == 2) return DocumentKind::jws;
  return DocumentKind::unknown;
}

Verification verify_jws_document(std::string_view text, const VerificationTrust& trust) {
  text = trimmed(text);
  Result<Jws> jws = parse_jws(text);
  if (!jws.ok()) return not_genuine("document", jws.error().code);
  const std::string_view type = member_text_or(jws.value().header, "typ", "");
  if (type == document_type::kReceipt) return verify_receipt_document(text, trust);
  if (type == document_type::kIndex) return verify_index_document(text, trust);
  if (type == document_type::kBuild) return verify_build_document(text, trust);
  if (type == document_type::kCertificate) return verify_certificate_document(text, trust);
  if (type != document_type::kSubmission) return not_genuine("document", ErrorCode::jws_type_wrong);
  Result<VerifiedManifest> manifest = verified_manifest(text, trust);
  if (!manifest.ok()) return not_genuine("submission", manifest.error().code);
  return describe_submission(manifest.value(), "");
}

Verification verify_package_file(ByteView package, std::string_view signature,
                                 const VerificationTrust& trust) {
  Result<PackageStatement> verified =
      verify_package(package, trimmed(signature), trust.root, audience_view(trust));
  if (!verified.ok()) return not_genuine("package", verified.error().code);
  const PackageStatement& statement = verified.value();
  return genuine("package",
                 fmt::format("package {} version {}, digest {}, signed by the agency root{}",
                             statement.form_id, statement.version, statement.digest,
                             development_mark(statement.development)),
                 {{"form_id", statement.form_id},
                  {"version", statement.version},
                  {"digest", statement.digest},
                  {"aud", statement.aud},
                  {"development", statement.development}});
}

Verification verify_bundle(ByteView archive, const VerificationTrust& trust) {
  Result<Bundle> bundle = parse_bundle(archive);
  if (!bundle.ok()) return not_genuine("bundle", bundle.error().code);
  Result<VerifiedManifest> manifest = verified_manifest(bundle.value().manifest, trust);
  if (!manifest.ok()) return not_genuine("bundle", manifest.error().code);
  Result<Done> complete = check_bundle(bundle.value(), manifest.value().manifest);
  if (!complete.ok()) return not_genuine("bundle", complete.error().code);
  Verification found = describe_submission(manifest.value(), ", all of them here and unchanged");
  found.facts["kind"] = "bundle";
  found.sentence = "bundle with " + found.sentence;
  return found;
}

Verification verify_checkpoint_note(std::string_view note, const VerificationTrust& trust) {
  const std::string origin = trust.audience ? *trust.audience : trust.index->aud;
  Result<Checkpoint> verified =
      verify_checkpoint_by_index(note, origin, *trust.index, trust.index->revoked);
  if (!verified.ok()) return not_genuine("checkpoint", verified.error().code);
  const std::string root = format_hex(verified.value().root);
  return genuine(
      "checkpoint",
      fmt::format("checkpoint of the log {} with {} entries, root {}", verified.value().origin,
                  verified.value().size, root),
      {{"origin", verified.value().origin}, {"size", verified.value().size}, {"root", root}});
}

}  // namespace landfall
