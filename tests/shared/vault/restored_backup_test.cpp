#include "shared/vault/restored_backup.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

Secret<kRootBytes> root_of(std::uint8_t number) {
  Secret<kRootBytes> root;
  root.fill()[0] = number;
  return root;
}

BackupStatement statement_with(std::uint64_t counter) {
  BackupStatement statement;
  statement.aud = std::string(kAudience);
  statement.vault = digest_of('a');
  statement.counter = counter;
  statement.content = BackupContent{digest_of('b'), 4096};
  return statement;
}

std::string signed_by(std::uint8_t number, BackupStatement statement) {
  const Secret<kRootBytes> root = root_of(number);
  return sign_backup_statement(std::move(statement), derive_applicant_keys(root).sign).value();
}

ExpectedBackup expected() {
  return {kAudience, digest_of('a'), BackupContent{digest_of('b'), 4096}, 3};
}

ErrorCode refusal_of(const std::string& statement, const ExpectedBackup& wanted) {
  const Result<std::uint64_t> counter = check_restored_backup(statement, root_of(1), wanted);
  return counter.ok() ? ErrorCode::internal : counter.error().code;
}

TEST_CASE("a statement by the root inside the backup gives its counter") {
  const std::string statement = signed_by(1, statement_with(7));

  const Result<std::uint64_t> counter = check_restored_backup(statement, root_of(1), expected());

  REQUIRE(counter.ok());
  CHECK(counter.value() == 7);
}

TEST_CASE("a statement by another key is not genuine") {
  CHECK(refusal_of(signed_by(2, statement_with(7)), expected()) == ErrorCode::backup_not_genuine);
}

TEST_CASE("a statement about something else is not genuine") {
  const std::string statement = signed_by(1, statement_with(7));
  const std::string other = digest_of('c');
  ExpectedBackup other_log = expected();
  other_log.audience = "elsewhere.localhost/log";
  ExpectedBackup other_vault = expected();
  other_vault.vault = other;
  ExpectedBackup other_bytes = expected();
  other_bytes.content.sha256 = other;
  ExpectedBackup other_size = expected();
  other_size.content.size = 4095;

  CHECK(refusal_of(statement, other_log) == ErrorCode::backup_not_genuine);
  CHECK(refusal_of(statement, other_vault) == ErrorCode::backup_not_genuine);
  CHECK(refusal_of(statement, other_bytes) == ErrorCode::backup_not_genuine);
  CHECK(refusal_of(statement, other_size) == ErrorCode::backup_not_genuine);
}

TEST_CASE("what is no statement is not genuine") {
  CHECK(refusal_of("", expected()) == ErrorCode::backup_not_genuine);
  CHECK(refusal_of("eyJ.e30.AA", expected()) == ErrorCode::backup_not_genuine);
}

TEST_CASE("a counter lower than the highest seen is told apart") {
  CHECK(refusal_of(signed_by(1, statement_with(2)), expected()) == ErrorCode::backup_rolled_back);
  CHECK(check_restored_backup(signed_by(1, statement_with(3)), root_of(1), expected()).ok());
}

TEST_CASE("a genuine deletion is no backup") {
  BackupStatement deletion = statement_with(7);
  deletion.content.reset();

  CHECK(refusal_of(signed_by(1, deletion), expected()) == ErrorCode::backup_deleted);
}

}  // namespace
}  // namespace landfall
