#include "shared/submission/package_signature.h"

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::package_signature_malformed};

Result<PackageStatement> read_statement(const Json& payload) {
  PayloadReader reader(payload);
  PackageStatement statement;
  statement.aud = reader.token("aud", kMaxAudienceBytes);
  statement.form_id = reader.token("form_id", kMaxFormIdBytes);
  statement.version = reader.token("version", kMaxFormVersionBytes);
  statement.digest = reader.text("digest", is_sha256_hex);
  statement.development = reader.boolean("development");
  if (!reader.complete()) return kMalformed;
  return statement;
}

}  // namespace

Result<std::string> sign_package(const PackageStatement& statement, const SigningKey& root) {
  const Json payload = {{"aud", statement.aud},
                        {"form_id", statement.form_id},
                        {"version", statement.version},
                        {"digest", statement.digest},
                        {"development", statement.development}};
  if (!read_statement(payload).ok()) return kMalformed;
  return sign_document(document_type::kPackage, payload, root);
}

Result<PackageStatement> verify_package(ByteView package, std::string_view signature,
                                        const Ed25519PublicKey& root,
                                        std::optional<std::string_view> audience) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kPackage, signature);
  if (!document.ok()) return kMalformed;
  if (!check_document(document.value(), root, audience).ok()) {
    return Error{ErrorCode::package_signature_wrong};
  }
  Result<PackageStatement> statement = read_statement(document.value().payload);
  if (!statement.ok()) return statement.error();
  if (format_hex(sha256(package)) != statement.value().digest) {
    return Error{ErrorCode::package_digest_differs};
  }
  return statement;
}

}  // namespace landfall
