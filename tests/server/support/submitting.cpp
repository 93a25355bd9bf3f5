#include "tests/server/support/submitting.h"

#include <doctest/doctest.h>

#include <utility>

#include "server/intake/digest.h"
#include "shared/submission/bundle.h"

namespace landfall {

void bring_part(IntakeFixture& intake, const TestApplicant& applicant, const std::string& bytes) {
  REQUIRE(intake.parts->keep_part(applicant.kid(), sha256_hex_of(bytes_of(bytes)), bytes_of(bytes))
              .ok());
}

VerifiedReceipt verified(const IntakeFixture& intake, std::string_view receipt,
                         const std::string& manifest) {
  const std::string digest = sha256_hex_of(bytes_of(manifest));
  ReceiptTrust trust;
  trust.root = intake.keys.keys().root;
  trust.audience = kTestOrigin;
  trust.manifest_sha256 = digest;
  Result<VerifiedReceipt> receipt_facts = verify_receipt(receipt, trust);
  REQUIRE(receipt_facts.ok());
  return std::move(receipt_facts).value();
}

std::string tar_of(const std::string& manifest, const std::vector<std::string>& parts) {
  std::vector<ByteView> views;
  for (const std::string& part : parts) views.push_back(bytes_of(part));
  const Result<Bytes> tar = write_bundle(manifest, views);
  REQUIRE(tar.ok());
  return std::string(text_of(tar.value()));
}

}  // namespace landfall
