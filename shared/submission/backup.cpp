#include "shared/submission/backup.h"

#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::json_shape};

bool is_public_key(std::string_view text) { return parse_public_key(text).ok(); }

Json statement_json(const BackupStatement& statement) {
  Json json = {{"aud", statement.aud},
               {"vault", statement.vault},
               {"counter", statement.counter},
               {"sign_key", statement.sign_key}};
  if (statement.content) {
    json["sha256"] = statement.content->sha256;
    json["size"] = statement.content->size;
  } else {
    json["deleted"] = true;
  }
  return json;
}

}  // namespace

// As long as a SHA-256 and written like one, and as hard to guess.
bool is_vault_id(std::string_view text) { return is_sha256_hex(text); }

Result<BackupStatement> parse_backup_statement(const Json& payload) {
  PayloadReader reader(payload);
  BackupStatement statement;
  statement.aud = reader.token("aud", kMaxAudienceBytes);
  statement.vault = reader.text("vault", is_vault_id);
  statement.counter = static_cast<std::uint64_t>(reader.integer("counter", 1, kMaxBackupCounter));
  statement.sign_key = reader.text("sign_key", is_public_key);
  if (reader.has("deleted")) {
    reader.check(reader.boolean("deleted"));
  } else {
    BackupContent content;
    content.sha256 = reader.text("sha256", is_sha256_hex);
    content.size = static_cast<std::uint64_t>(
        reader.integer("size", 1, static_cast<std::int64_t>(kMaxBackupBytes)));
    statement.content = std::move(content);
  }
  if (!reader.complete()) return kMalformed;
  return statement;
}

Result<std::string> sign_backup_statement(BackupStatement statement, const SigningKey& key) {
  statement.sign_key = format_public_key(key.public_key());
  const Json payload = statement_json(statement);
  const Result<BackupStatement> readable = parse_backup_statement(payload);
  if (!readable.ok()) return readable.error();
  return sign_document(document_type::kBackup, payload, key);
}

Result<VerifiedBackup> verify_backup_statement(std::string_view text, std::string_view audience) {
  if (text.size() > kMaxBackupStatementBytes) return Error{ErrorCode::too_large};
  const Result<UnverifiedDocument> document = parse_document(document_type::kBackup, text);
  if (!document.ok()) return document.error();
  Result<BackupStatement> statement = parse_backup_statement(document.value().payload);
  if (!statement.ok()) return statement.error();
  const Result<Ed25519PublicKey> key = parse_public_key(statement.value().sign_key);
  if (!key.ok()) return kMalformed;
  const Result<Done> checked = check_document(document.value(), key.value(), audience);
  if (!checked.ok()) return checked.error();
  return VerifiedBackup{std::move(statement).value(), document.value().kid};
}

}  // namespace landfall
