#include "shared/submission/backup.h"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#include "shared/sealing/signed_document.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

BackupStatement sample_statement() {
  BackupStatement statement;
  statement.aud = std::string(kAudience);
  statement.vault = digest_of('a');
  statement.counter = 7;
  statement.content = BackupContent{digest_of('b'), 4096};
  statement.sign_key = format_public_key(sample_key(1).public_key());
  return statement;
}

BackupStatement sample_deletion() {
  BackupStatement statement = sample_statement();
  statement.content.reset();
  return statement;
}

Json payload_for(const BackupStatement& statement) {
  const std::string text = sign_backup_statement(statement, sample_key(1)).value();
  return payload_of(document_type::kBackup, text);
}

ErrorCode refusal_of(const Json& payload) {
  const Result<BackupStatement> statement = parse_backup_statement(payload);
  return statement.ok() ? ErrorCode::internal : statement.error().code;
}

ErrorCode refusal_of(const std::string& text) {
  const Result<VerifiedBackup> verified = verify_backup_statement(text, kAudience);
  return verified.ok() ? ErrorCode::internal : verified.error().code;
}

Json with(std::string_view name, Json value) {
  Json payload = payload_for(sample_statement());
  payload[std::string(name)] = std::move(value);
  return payload;
}

// How many of `payload`'s members cannot be left out.
std::size_t needed_members(const Json& payload) {
  std::size_t needed = 0;
  for (const auto& [name, value] : payload.items()) {
    Json shorter = payload;
    shorter.erase(name);
    if (refusal_of(shorter) == ErrorCode::json_shape) ++needed;
  }
  return needed;
}

TEST_CASE("a signed statement comes back as it was, with its key's name") {
  for (const BackupStatement& statement : {sample_statement(), sample_deletion()}) {
    const std::string text = sign_backup_statement(statement, sample_key(1)).value();

    const Result<VerifiedBackup> verified = verify_backup_statement(text, kAudience);

    REQUIRE(verified.ok());
    CHECK(verified.value() == VerifiedBackup{statement, sample_key(1).kid()});
    CHECK(sign_backup_statement(statement, sample_key(1)).value() == text);
    CHECK(text.size() < 1024);
  }
}

TEST_CASE("a statement has every member and no other") {
  const Json kept = payload_for(sample_statement());
  const Json deleted = payload_for(sample_deletion());

  CHECK(kept.size() == 6);
  CHECK(needed_members(kept) == kept.size());
  CHECK(deleted.size() == 5);
  CHECK(needed_members(deleted) == deleted.size());
  CHECK(refusal_of(with("note", "more")) == ErrorCode::json_shape);
}

TEST_CASE("a statement keeps a backup or deletes it, never both, never neither") {
  Json both = payload_for(sample_statement());
  both["deleted"] = true;
  Json not_deleted = payload_for(sample_deletion());
  not_deleted["deleted"] = false;
  Json deleted_once_more = payload_for(sample_deletion());
  deleted_once_more["deleted"] = 1;

  CHECK(refusal_of(both) == ErrorCode::json_shape);
  CHECK(refusal_of(not_deleted) == ErrorCode::json_shape);
  CHECK(refusal_of(deleted_once_more) == ErrorCode::json_shape);
}

TEST_CASE("every member of a statement must have its shape") {
  const std::vector<std::pair<std::string, Json>> wrong = {
      {"aud", "two words"},
      {"aud", std::string(129, 'a')},
      {"vault", std::string(63, 'a')},
      {"vault", std::string(64, 'A')},
      {"counter", 0},
      {"counter", -1},
      {"counter", 1.5},
      {"counter", "7"},
      {"counter", 9007199254740992},
      {"sha256", std::string(64, 'g')},
      {"sha256", nullptr},
      {"size", 0},
      {"size", kMaxBackupBytes + 1},
      {"sign_key", "short"},
      {"sign_key", Json::array()},
  };
  std::size_t refused = 0;

  for (const auto& [name, value] : wrong) {
    if (refusal_of(with(name, value)) == ErrorCode::json_shape) ++refused;
  }

  CHECK(refused == wrong.size());
  CHECK(refusal_of(with("counter", kMaxBackupCounter)) == ErrorCode::internal);
  CHECK(refusal_of(with("size", kMaxBackupBytes)) == ErrorCode::internal);
}

TEST_CASE("a statement is not signed when it would be refused") {
  BackupStatement statement = sample_statement();
  statement.vault = "vault";

  CHECK(sign_backup_statement(statement, sample_key(1)).error().code == ErrorCode::json_shape);
}

TEST_CASE("a statement counts only with the signature of the key inside it, for this log") {
  const Json payload = payload_for(sample_statement());
  const std::string text = signed_payload(document_type::kBackup, payload, sample_key(1));
  std::string changed = text;
  // Not the last character, whose lowest bits say nothing.
  char& in_signature = changed[changed.size() - 10];
  in_signature = in_signature == 'A' ? 'B' : 'A';
  const std::string by_another = signed_payload(document_type::kBackup, payload, sample_key(2));
  const std::string other_payload =
      signed_payload(document_type::kBackup, with("counter", 8), sample_key(1));
  const std::string spliced =
      other_payload.substr(0, other_payload.rfind('.')) + text.substr(text.rfind('.'));

  CHECK(refusal_of(text) == ErrorCode::internal);
  CHECK(refusal_of(changed) == ErrorCode::jws_signature_wrong);
  CHECK(refusal_of(spliced) == ErrorCode::jws_signature_wrong);
  CHECK(refusal_of(by_another) == ErrorCode::jws_key_wrong);
  CHECK(verify_backup_statement(text, "another.example/log").error().code ==
        ErrorCode::jws_audience_wrong);
}

TEST_CASE("a statement is a document of its own type, canonical, and short") {
  const Json payload = payload_for(sample_statement());
  const std::string text = signed_payload(document_type::kBackup, payload, sample_key(1));

  CHECK(refusal_of(signed_payload(document_type::kRequest, payload, sample_key(1))) ==
        ErrorCode::jws_type_wrong);
  CHECK(refusal_of(std::string()) == ErrorCode::jws_malformed);
  CHECK(refusal_of(text + "=") == ErrorCode::jws_malformed);
  CHECK(refusal_of(text.substr(0, text.size() / 2)) == ErrorCode::jws_malformed);
  CHECK(refusal_of(text + std::string(kMaxBackupStatementBytes, 'A')) == ErrorCode::too_large);
  CHECK(refusal_of(signed_payload(document_type::kBackup, with("note", "x"), sample_key(1))) ==
        ErrorCode::json_shape);
}

}  // namespace
}  // namespace landfall
