#include "server/store/sqlite_writer.h"

#include <algorithm>

namespace landfall {

UploadRecord upload_of_row(const SqliteStatement& statement) {
  return {statement.text(0),        statement.text(1),
          statement.text(2),        statement.unsigned_integer(3),
          statement.text(4),        {statement.integer(5)},
          statement.integer(6) != 0};
}

PartRecord part_of_row(const SqliteStatement& statement) {
  PartRecord part{statement.text(0),
                  statement.text(1),
                  statement.unsigned_integer(2),
                  {statement.integer(3)},
                  std::nullopt};
  if (!statement.is_null(4)) part.claimed = statement.unsigned_integer(4);
  return part;
}

VaultRecord vault_of_row(const SqliteStatement& statement) {
  return {statement.text(0), statement.text(1),     statement.unsigned_integer(2),
          statement.text(3), statement.text(4),     statement.unsigned_integer(5),
          statement.text(6), {statement.integer(7)}};
}

Result<LogHead> select_log_head(SqliteConnection& connection) {
  SqliteStatement statement = connection.prepare("SELECT tree_size, checkpoint FROM log_head");
  const Result<bool> row = statement.step();
  if (!row.ok()) return row.error();
  if (!row.value()) return Error{ErrorCode::storage_unavailable};
  return LogHead{statement.unsigned_integer(0), statement.text(1)};
}

Result<std::vector<std::string>> select_log_links(SqliteConnection& connection) {
  SqliteStatement statement = connection.prepare("SELECT statement FROM log_link ORDER BY number");
  std::vector<std::string> links;
  for (;;) {
    const Result<bool> row = statement.step();
    if (!row.ok()) return row.error();
    if (!row.value()) return links;
    links.push_back(statement.text(0));
  }
}

Result<LogHash> select_log_node(SqliteConnection& connection, unsigned level,
                                std::uint64_t position) {
  SqliteStatement statement =
      connection.prepare("SELECT hash FROM log_node WHERE level = ? AND position = ?");
  const Result<bool> row = statement.bind(std::uint64_t{level}).bind(position).step();
  if (!row.ok()) return row.error();
  LogHash hash{};
  if (!row.value()) return Error{ErrorCode::storage_unavailable};
  const Bytes stored = statement.blob(0);
  if (stored.size() != hash.size()) return Error{ErrorCode::storage_unavailable};
  std::copy(stored.begin(), stored.end(), hash.begin());
  return hash;
}

Result<std::optional<UploadRecord>> select_upload(SqliteConnection& connection,
                                                  std::string_view id) {
  SqliteStatement statement = connection.prepare(
      "SELECT id, kid, sha256, length_bytes, metadata, expires_at, complete FROM upload "
      "WHERE id = ?");
  const Result<bool> row = statement.bind(id).step();
  if (!row.ok()) return row.error();
  if (!row.value()) return std::optional<UploadRecord>();
  return std::optional<UploadRecord>(upload_of_row(statement));
}

Result<std::optional<VaultRecord>> select_vault(SqliteConnection& connection, std::string_view id) {
  SqliteStatement statement = connection.prepare(
      "SELECT id, kid, counter, file, sha256, size_bytes, statement, expires_at FROM vault "
      "WHERE id = ?");
  const Result<bool> row = statement.bind(id).step();
  if (!row.ok()) return row.error();
  if (!row.value()) return std::optional<VaultRecord>();
  return std::optional<VaultRecord>(vault_of_row(statement));
}

Result<LogHash> SqliteWriter::node(unsigned level, std::uint64_t position) const {
  return select_log_node(connection_, level, position);
}

Result<std::optional<SubmissionRecord>> SqliteWriter::find_submission(
    std::string_view submission_id, std::string_view kid) {
  SqliteStatement statement = connection_.prepare(
      "SELECT log_index, submission_id, kid, manifest_sha256, manifest, form_id, case_number, "
      "received_at, receipt FROM submission WHERE submission_id = ? AND kid = ?");
  const Result<bool> row = statement.bind(submission_id).bind(kid).step();
  if (!row.ok()) return row.error();
  if (!row.value()) return std::optional<SubmissionRecord>();
  return std::optional<SubmissionRecord>(SubmissionRecord{statement.unsigned_integer(0),
                                                          statement.text(1),
                                                          statement.text(2),
                                                          statement.text(3),
                                                          statement.text(4),
                                                          statement.text(5),
                                                          statement.text(6),
                                                          {statement.integer(7)},
                                                          statement.text(8)});
}

Result<Done> SqliteWriter::insert_submission(const SubmissionRecord& submission) {
  return connection_
      .prepare(
          "INSERT INTO submission (log_index, submission_id, kid, manifest_sha256, manifest, "
          "form_id, case_number, received_at, receipt) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(submission.log_index)
      .bind(submission.submission_id)
      .bind(submission.kid)
      .bind(submission.manifest_sha256)
      .bind(submission.manifest)
      .bind(submission.form_id)
      .bind(submission.case_number)
      .bind(submission.received.unix_seconds)
      .bind(submission.receipt)
      .run();
}

Result<std::uint32_t> SqliteWriter::next_case_serial(int roc_year, int case_kind) {
  SqliteStatement statement = connection_.prepare(
      "INSERT INTO case_serial (roc_year, case_kind, last) VALUES (?, ?, 1) "
      "ON CONFLICT (roc_year, case_kind) DO UPDATE SET last = last + 1 RETURNING last");
  const Result<bool> row = statement.bind(roc_year).bind(case_kind).step();
  if (!row.ok()) return row.error();
  constexpr std::int64_t kLastOfSevenDigits = 9999999;
  if (!row.value() || statement.integer(0) > kLastOfSevenDigits) {
    return Error{ErrorCode::storage_unavailable};
  }
  const auto serial = static_cast<std::uint32_t>(statement.integer(0));
  const Result<Done> ended = statement.run();
  if (!ended.ok()) return ended.error();
  return serial;
}

Result<Done> SqliteWriter::skip_case_serials(int first_year, int last_year, std::uint32_t count) {
  constexpr std::int64_t kKinds = 100;  // two digits of a case number
  for (int year = first_year; year <= last_year; ++year) {
    const Result<Done> skipped =
        connection_
            .prepare(
                "WITH RECURSIVE kind (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM kind "
                "WHERE number + 1 < ?) INSERT INTO case_serial (roc_year, case_kind, last) "
                "SELECT ?, number, ? FROM kind WHERE true "
                "ON CONFLICT (roc_year, case_kind) DO UPDATE SET last = last + excluded.last")
            .bind(kKinds)
            .bind(year)
            .bind(std::int64_t{count})
            .run();
    if (!skipped.ok()) return skipped;
  }
  return Done{};
}

Result<LogHead> SqliteWriter::log_head() { return select_log_head(connection_); }

Result<Done> SqliteWriter::set_log_head(const LogHead& head) {
  return connection_.prepare("UPDATE log_head SET tree_size = ?, checkpoint = ? WHERE only = 0")
      .bind(head.tree_size)
      .bind(head.checkpoint)
      .run();
}

Result<Done> SqliteWriter::insert_log_node(unsigned level, std::uint64_t position,
                                           const LogHash& hash) {
  return connection_.prepare("INSERT INTO log_node (level, position, hash) VALUES (?, ?, ?)")
      .bind(std::uint64_t{level})
      .bind(position)
      .bind(ByteView(hash))
      .run();
}

Result<Done> SqliteWriter::insert_log_link(std::string_view former, std::string_view statement) {
  return connection_.prepare("INSERT INTO log_link (former, statement) VALUES (?, ?)")
      .bind(former)
      .bind(statement)
      .run();
}

Result<std::optional<PartRecord>> SqliteWriter::find_part(std::string_view sha256,
                                                          std::string_view kid) {
  SqliteStatement statement = connection_.prepare(
      "SELECT sha256, kid, size_bytes, expires_at, claimed FROM part WHERE sha256 = ? AND kid = ?");
  const Result<bool> row = statement.bind(sha256).bind(kid).step();
  if (!row.ok()) return row.error();
  if (!row.value()) return std::optional<PartRecord>();
  return std::optional<PartRecord>(part_of_row(statement));
}

Result<Done> SqliteWriter::upsert_part(const PartRecord& part) {
  SqliteStatement statement = connection_.prepare(
      "INSERT INTO part (sha256, kid, size_bytes, expires_at, claimed) VALUES (?, ?, ?, ?, ?) "
      "ON CONFLICT (sha256, kid) DO UPDATE SET size_bytes = excluded.size_bytes, "
      "expires_at = excluded.expires_at, claimed = excluded.claimed");
  statement.bind(part.sha256).bind(part.kid).bind(part.size_bytes).bind(part.expires.unix_seconds);
  if (part.claimed) {
    statement.bind(*part.claimed);
  } else {
    statement.bind_null();
  }
  return statement.run();
}

Result<bool> SqliteWriter::delete_part(std::string_view sha256, std::string_view kid) {
  const Result<Done> deleted =
      connection_.prepare("DELETE FROM part WHERE sha256 = ? AND kid = ? AND claimed IS NULL")
          .bind(sha256)
          .bind(kid)
          .run();
  if (!deleted.ok()) return deleted.error();
  SqliteStatement statement = connection_.prepare("SELECT 1 FROM part WHERE sha256 = ? LIMIT 1");
  const Result<bool> row = statement.bind(sha256).step();
  if (!row.ok()) return row.error();
  return !row.value();
}

Result<std::optional<UploadRecord>> SqliteWriter::find_upload(std::string_view id) {
  return select_upload(connection_, id);
}

Result<Done> SqliteWriter::upsert_upload(const UploadRecord& upload) {
  return connection_
      .prepare(
          "INSERT INTO upload (id, kid, sha256, length_bytes, metadata, expires_at, complete) "
          "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
          "sha256 = excluded.sha256, expires_at = excluded.expires_at, "
          "complete = excluded.complete")
      .bind(upload.id)
      .bind(upload.kid)
      .bind(upload.sha256)
      .bind(upload.length_bytes)
      .bind(upload.metadata)
      .bind(upload.expires.unix_seconds)
      .bind(upload.complete ? 1 : 0)
      .run();
}

Result<Done> SqliteWriter::delete_upload(std::string_view id) {
  return connection_.prepare("DELETE FROM upload WHERE id = ?").bind(id).run();
}

Result<std::optional<VaultRecord>> SqliteWriter::find_vault(std::string_view id) {
  return select_vault(connection_, id);
}

Result<Done> SqliteWriter::upsert_vault(const VaultRecord& vault) {
  return connection_
      .prepare(
          "INSERT INTO vault (id, kid, counter, file, sha256, size_bytes, statement, expires_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
          "counter = excluded.counter, file = excluded.file, sha256 = excluded.sha256, "
          "size_bytes = excluded.size_bytes, statement = excluded.statement, "
          "expires_at = excluded.expires_at")
      .bind(vault.id)
      .bind(vault.kid)
      .bind(vault.counter)
      .bind(vault.file)
      .bind(vault.sha256)
      .bind(vault.size_bytes)
      .bind(vault.statement)
      .bind(vault.expires.unix_seconds)
      .run();
}

}  // namespace landfall
