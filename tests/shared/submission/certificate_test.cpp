#include "shared/submission/certificate.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/sealing/signed_document.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

TEST_CASE("a certificate is believed from the agency and for its audience") {
  const std::string text = receipt_certificate();

  const Result<Certificate> certificate =
      verify_certificate(text, agency_key().public_key(), kAudience);

  REQUIRE(certificate.ok());
  CHECK(certificate.value().role == CertificateRole::receipt);
  CHECK(certificate.value().key == receipt_key().public_key());
  CHECK(certificate.value().development);
  CHECK(verify_certificate(text, sample_key(1).public_key(), kAudience).error().code ==
        ErrorCode::certificate_not_genuine);
  CHECK(verify_certificate(text, agency_key().public_key(), "other").error().code ==
        ErrorCode::certificate_not_genuine);
  CHECK(verify_certificate(text, agency_key().public_key(), std::nullopt).ok());
}

TEST_CASE("a certificate is valid at both ends of its time and not beyond") {
  const Certificate certificate =
      verify_certificate(receipt_certificate(), agency_key().public_key(), kAudience).value();

  CHECK(is_valid_at(certificate, "2026-01-01T00:00:00Z"));
  CHECK(is_valid_at(certificate, "2027-12-31T23:59:59Z"));
  CHECK_FALSE(is_valid_at(certificate, "2025-12-31T23:59:59Z"));
  CHECK_FALSE(is_valid_at(certificate, "2028-01-01T00:00:00Z"));
}

TEST_CASE("a certificate says what it must and nothing else") {
  Json payload = payload_of(document_type::kCertificate, receipt_certificate());
  Json role = payload;
  role["role"] = "agency";
  Json more = payload;
  more["note"] = "";
  Json less = payload;
  less.erase("not_after");
  int refused = 0;

  for (const Json& wrong : {role, more, less}) {
    const std::string text = signed_payload(document_type::kCertificate, wrong, agency_key());
    const Result<Certificate> read = verify_certificate(text, agency_key().public_key(), kAudience);
    if (!read.ok() && read.error().code == ErrorCode::certificate_malformed) ++refused;
  }

  CHECK(refused == 3);
  CHECK(verify_certificate("x", agency_key().public_key(), kAudience).error().code ==
        ErrorCode::certificate_malformed);
}

}  // namespace
}  // namespace landfall
