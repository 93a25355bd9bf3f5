#include "tests/server/support/vault_owner.h"

#include <doctest/doctest.h>

namespace landfall {

std::string path_of(const std::string& id) { return "/api/v1/vaults/" + id; }

std::string etag_of(const std::string& bytes) { return '"' + sha256_hex_of(bytes_of(bytes)) + '"'; }

std::string statement_for(const TestApplicant& applicant, std::uint64_t counter,
                          const std::string& bytes, const std::string& id) {
  BackupStatement statement;
  statement.aud = std::string(kTestOrigin);
  statement.vault = id;
  statement.counter = counter;
  statement.content = BackupContent{sha256_hex_of(bytes_of(bytes)), bytes.size()};
  return sign_backup_statement(statement, applicant.signing_key()).value();
}

std::string deletion_by(const TestApplicant& applicant, std::uint64_t counter,
                        const std::string& id) {
  BackupStatement statement;
  statement.aud = std::string(kTestOrigin);
  statement.vault = id;
  statement.counter = counter;
  return sign_backup_statement(statement, applicant.signing_key()).value();
}

Fields first_put(const std::string& statement) {
  return {{"Content-Type", kOctets}, {"If-None-Match", "*"}, {"Vault-Statement", statement}};
}

Fields later_put(const std::string& statement, const std::string& etag) {
  return {{"Content-Type", kOctets}, {"If-Match", etag}, {"Vault-Statement", statement}};
}

void put_first(IntakeFixture& intake, const TestApplicant& applicant, const std::string& bytes) {
  Exchange{"PUT", path_of(kId), first_put(statement_for(applicant, 1, bytes)), bytes, 201, {}, ""}
      .run(*intake.api);
}

std::string text_of_stored(const HttpResponse& response) {
  if (response.stored_body == nullptr) return {};
  Bytes bytes(response.stored_body->size_bytes());
  REQUIRE(response.stored_body->read(0, bytes).ok());
  return std::string(text_of(bytes));
}

std::string kept_bytes(IntakeFixture& intake, const std::string& id) {
  return text_of_stored(
      Exchange{"GET", path_of(id), {}, std::nullopt, 200, {}, ""}.run(*intake.api));
}

int vault_files(const IntakeFixture& intake) {
  return count_files(intake.folder.path() + "/data/vaults");
}

}  // namespace landfall
