#include "server/intake/check_log.h"

#include <doctest/doctest.h>

#include <string>

#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_log.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/submitting.h"

namespace landfall {
namespace {

using Kind = LogDefect::Kind;

constexpr int kCases = 5;

void submit(IntakeFixture& intake, int count) {
  const TestApplicant applicant(1);
  for (int number = 1; number <= count; ++number) {
    const std::string part = "sealed answers " + std::to_string(number);
    bring_part(intake, applicant, part);
    Exchange{"POST",
             "/api/v1/submissions",
             {{"Content-Type", "application/jose"}},
             applicant.manifest(number, {part}),
             201,
             {},
             ""}
        .run(*intake.api);
  }
}

LogCheck checked(const IntakeFixture& intake) {
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(intake.folder.path() + "/data");
  REQUIRE(log.ok());
  Result<LogCheck> check = check_log(*log.value());
  REQUIRE(check.ok());
  return std::move(check).value();
}

void change(const IntakeFixture& intake, const char* statement) {
  Result<std::unique_ptr<SqliteConnection>> connection = SqliteConnection::open(
      intake.folder.path() + "/data/landfall.db", SqliteConnection::Mode::create);
  REQUIRE(connection.ok());
  REQUIRE(connection.value()->prepare("PRAGMA foreign_keys = OFF").run().ok());
  REQUIRE(connection.value()->prepare(statement).run().ok());
}

TEST_CASE("a log agrees with its receipts from the first to any number") {
  for (int count = 0; count <= 9; ++count) {
    CAPTURE(count);
    IntakeFixture intake;
    REQUIRE(intake.sequencer->open_log().ok());
    submit(intake, count);

    const LogCheck check = checked(intake);

    CHECK_FALSE(check.defect.has_value());
    CHECK(check.checkpoint.size == static_cast<std::uint64_t>(count));
    CHECK(check.checkpoint.origin == kTestOrigin);
  }
}

struct Tampering {
  const char* statement;
  LogDefect defect;
};

TEST_CASE("whatever is changed behind the server's back is found, and where") {
  const Tampering kTamperings[] = {
      {"DELETE FROM submission WHERE log_index = 2", {Kind::case_missing, 2, 0, ""}},
      {"DELETE FROM submission WHERE log_index = 4", {Kind::case_missing, 4, 0, ""}},
      {"DELETE FROM submission", {Kind::case_missing, 0, 0, ""}},
      {"INSERT INTO submission SELECT 5, 'x', kid, manifest_sha256, manifest, form_id, 'x', "
       "received_at, receipt FROM submission WHERE log_index = 4",
       {Kind::case_surplus, 5, 0, "x"}},
      {"UPDATE submission SET receipt = 'x' WHERE log_index = 3",
       {Kind::receipt_unreadable, 3, 0, "115550000004"}},
      {"UPDATE submission SET receipt = (SELECT receipt FROM submission WHERE log_index = 0) "
       "WHERE log_index = 1",
       {Kind::receipt_differs, 1, 0, "115550000002"}},
      {"UPDATE submission SET manifest_sha256 = 'x' WHERE log_index = 1",
       {Kind::receipt_differs, 1, 0, "115550000002"}},
      {"UPDATE submission SET case_number = 'x' WHERE log_index = 1",
       {Kind::receipt_differs, 1, 0, "x"}},
      {"UPDATE log_node SET hash = zeroblob(32) WHERE level = 0 AND position = 3",
       {Kind::node_differs, 3, 0, ""}},
      {"UPDATE log_node SET hash = x'00' WHERE level = 0 AND position = 3",
       {Kind::node_differs, 3, 0, ""}},
      {"DELETE FROM log_node WHERE level = 0 AND position = 4", {Kind::node_differs, 4, 0, ""}},
      {"INSERT INTO log_node VALUES (0, 5, zeroblob(32))", {Kind::node_differs, 5, 0, ""}},
      {"UPDATE log_node SET hash = zeroblob(32) WHERE level = 2", {Kind::node_differs, 0, 2, ""}},
      {"INSERT INTO log_node VALUES (3, 0, zeroblob(32))", {Kind::node_differs, 0, 3, ""}},
      {"UPDATE log_head SET checkpoint = ''", {Kind::checkpoint_unreadable, 0, 0, ""}},
      {"UPDATE log_head SET tree_size = 4", {Kind::checkpoint_unreadable, 0, 0, ""}},
      {"UPDATE log_head SET checkpoint = 'landfall.localhost/log' || char(10) || '5' || char(10) "
       "|| '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' || char(10) || char(10)",
       {Kind::root_differs, 0, 0, ""}},
  };
  int found = 0;
  for (const Tampering& tampering : kTamperings) {
    CAPTURE(tampering.statement);
    IntakeFixture intake;
    submit(intake, kCases);

    change(intake, tampering.statement);
    const LogCheck check = checked(intake);

    REQUIRE(check.defect.has_value());
    CHECK(*check.defect == tampering.defect);
    CHECK_FALSE(describe(*check.defect).empty());
    ++found;
  }
  CHECK(found == 17);
}

TEST_CASE("a log is read at one moment, whatever arrives meanwhile") {
  IntakeFixture intake;
  submit(intake, kCases);
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(intake.folder.path() + "/data");
  REQUIRE(log.ok());
  REQUIRE(log.value()->head().ok());
  const TestApplicant other(2);
  bring_part(intake, other, "later");
  Exchange{"POST",
           "/api/v1/submissions",
           {{"Content-Type", "application/jose"}},
           other.manifest(9, {"later"}),
           201,
           {},
           ""}
      .run(*intake.api);

  const Result<LogCheck> check = check_log(*log.value());

  REQUIRE(check.ok());
  CHECK_FALSE(check.value().defect.has_value());
  CHECK(check.value().checkpoint.size == kCases);
}

}  // namespace
}  // namespace landfall
