#include "shared/submission/package_signature.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::string_view kPackage = R"({"format":"landfall-package/1"})";

std::string sample_signature() {
  const PackageStatement statement{std::string(kAudience), "hk-macao-entry", "2026-11-01",
                                   format_hex(sha256(bytes_of(kPackage))), false};
  return sign_package(statement, agency_key()).value();
}

ErrorCode refusal_of(std::string_view package, std::string_view signature, const SigningKey& root,
                     std::string_view audience) {
  const Result<PackageStatement> statement =
      verify_package(bytes_of(package), signature, root.public_key(), audience);
  return statement.ok() ? ErrorCode::internal : statement.error().code;
}

TEST_CASE("a package is believed from the agency, for its audience, byte for byte") {
  const std::string signature = sample_signature();
  std::string changed(kPackage);
  changed.back() = ' ';

  CHECK(refusal_of(kPackage, signature, agency_key(), kAudience) == ErrorCode::internal);
  CHECK(refusal_of(changed, signature, agency_key(), kAudience) ==
        ErrorCode::package_digest_differs);
  CHECK(refusal_of(kPackage, signature, sample_key(1), kAudience) ==
        ErrorCode::package_signature_wrong);
  CHECK(refusal_of(kPackage, signature, agency_key(), "other/log") ==
        ErrorCode::package_signature_wrong);
  CHECK(refusal_of(kPackage, "", agency_key(), kAudience) ==
        ErrorCode::package_signature_malformed);
}

TEST_CASE("a receipt's signature is none for a package") {
  const ReceiptBody body = sample_receipt_body();
  const std::string receipt = sign_short_receipt(body, kAudience, agency_key()).value();

  CHECK(refusal_of(kPackage, receipt, agency_key(), kAudience) ==
        ErrorCode::package_signature_malformed);
}

TEST_CASE("a statement that would be refused is not signed") {
  const PackageStatement statement{std::string(kAudience), "", "1", digest_of('a'), false};

  CHECK(sign_package(statement, agency_key()).error() ==
        Error{ErrorCode::package_signature_malformed});
}

}  // namespace
}  // namespace landfall
