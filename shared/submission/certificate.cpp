#include "shared/submission/certificate.h"

#include <utility>

#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::certificate_malformed};

bool is_role(std::string_view text) { return text == "receipt" || text == "desk"; }

bool is_root_role(std::string_view text) { return text == "agency" || text == "former"; }

Result<Certificate> read_certificate(const Json& payload) {
  PayloadReader reader(payload);
  Certificate certificate;
  certificate.aud = reader.token("aud", kMaxAudienceBytes);
  const std::string_view role = reader.text("role", is_role);
  certificate.role = role == "desk" ? CertificateRole::desk : CertificateRole::receipt;
  certificate.key = reader.public_key("key");
  certificate.not_before = reader.text("not_before", is_utc_time);
  certificate.not_after = reader.text("not_after", is_utc_time);
  certificate.development = reader.boolean("development");
  if (!reader.complete()) return kMalformed;
  return certificate;
}

// Apart from the other, so that what only verifies receipts carries nothing of this.
Result<Certificate> read_root_certificate(const Json& payload) {
  PayloadReader reader(payload);
  Certificate certificate;
  certificate.aud = reader.token("aud", kMaxAudienceBytes);
  const std::string_view role = reader.text("role", is_root_role);
  certificate.role = role == "former" ? CertificateRole::former : CertificateRole::agency;
  certificate.key = reader.public_key("key");
  certificate.not_before = reader.text("not_before", is_utc_time);
  certificate.not_after = reader.text("not_after", is_utc_time);
  certificate.development = reader.boolean("development");
  if (!reader.complete() || certificate.not_before > certificate.not_after) return kMalformed;
  return certificate;
}

Json certificate_json(const Certificate& certificate) {
  return {{"aud", certificate.aud},
          {"role", certificate_role_name(certificate.role)},
          {"key", format_public_key(certificate.key)},
          {"not_before", certificate.not_before},
          {"not_after", certificate.not_after},
          {"development", certificate.development}};
}

}  // namespace

std::string_view certificate_role_name(CertificateRole role) {
  switch (role) {
    case CertificateRole::receipt:
      return "receipt";
    case CertificateRole::desk:
      return "desk";
    case CertificateRole::agency:
      return "agency";
    case CertificateRole::former:
      return "former";
  }
  return "";
}

Result<std::string> sign_certificate(const Certificate& certificate, const SigningKey& root) {
  const Json payload = certificate_json(certificate);
  if (!read_certificate(payload).ok() && !read_root_certificate(payload).ok()) return kMalformed;
  return sign_document(document_type::kCertificate, payload, root);
}

Result<Certificate> verify_certificate(std::string_view text, const Ed25519PublicKey& root,
                                       std::optional<std::string_view> audience) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kCertificate, text);
  if (!document.ok()) return kMalformed;
  if (!check_document(document.value(), root, audience).ok()) {
    return Error{ErrorCode::certificate_not_genuine};
  }
  return read_certificate(document.value().payload);
}

Result<Certificate> verify_root_certificate(std::string_view text, const Ed25519PublicKey& root,
                                            std::optional<std::string_view> audience) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kCertificate, text);
  if (!document.ok()) return kMalformed;
  if (!check_document(document.value(), root, audience).ok()) {
    return Error{ErrorCode::certificate_not_genuine};
  }
  return read_root_certificate(document.value().payload);
}

bool is_valid_at(const Certificate& certificate, std::string_view at) {
  return certificate.not_before <= at && at <= certificate.not_after;
}

}  // namespace landfall
