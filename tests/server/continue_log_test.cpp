#include "server/intake/continue_log.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "server/intake/digest.h"
#include "server/store/sqlite_connection.h"
#include "server/store/sqlite_log.h"
#include "shared/codec/json.h"
#include "shared/submission/receipt.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/submitting.h"
#include "tests/server/support/vault_owner.h"

namespace landfall {
namespace {

using Kind = ContinuationRefusal::Kind;

const std::string kOld{kTestOrigin};
const std::string kNew = "landfall.localhost/log-2";
const std::string kThird = "landfall.localhost/log-3";

std::vector<AgencyRoot> roots_of(const IntakeFixture& intake) {
  return {{intake.keys.keys().root, RootStanding::own, "", "", ""}};
}

// Holds every certificate but the one for `uncertified`.
class TestLinkSigner final : public LogLinkSigner {
 public:
  explicit TestLinkSigner(const IntakeFixture& intake, std::string uncertified = "")
      : keys_(intake.keys.keys()),
        roots_(roots_of(intake)),
        now_(intake.clock.now()),
        uncertified_(std::move(uncertified)) {}

  [[nodiscard]] std::span<const AgencyRoot> roots() const override { return roots_; }
  [[nodiscard]] Result<std::string> sign_link(const LogLink& link, const Checkpoint& first,
                                              std::string_view) const override {
    if (link.former == uncertified_) return Error{ErrorCode::receipt_certificate_wrong};
    return sign_log_link(
        link, first,
        {TestKeys::certificate(now_, link.origin), TestKeys::certificate(now_, link.former)},
        keys_.receipt);
  }

 private:
  const ServerKeys& keys_;
  std::vector<AgencyRoot> roots_;
  Instant now_;
  std::string uncertified_;
};

std::string data_of(const IntakeFixture& intake) { return intake.folder.path() + "/data"; }

// Copies the data folder as it is, to be put back by restore().
void back_up(IntakeFixture& intake, const std::string& name = "backup") {
  intake.close();
  std::filesystem::copy(data_of(intake), intake.folder.path() + "/" + name,
                        std::filesystem::copy_options::recursive);
  intake.reopen();
}

void restore(IntakeFixture& intake, const std::string& name = "backup") {
  intake.close();
  std::filesystem::remove_all(data_of(intake));
  std::filesystem::copy(intake.folder.path() + "/" + name, data_of(intake),
                        std::filesystem::copy_options::recursive);
}

std::variant<ContinuedLog, ContinuationRefusal> continued(const IntakeFixture& intake,
                                                          const LogContinuation& wanted,
                                                          const std::string& uncertified = "") {
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::open(data_of(intake) + "/landfall.db");
  REQUIRE(store.ok());
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(data_of(intake));
  REQUIRE(log.ok());
  return continue_log(*store.value(), *log.value(), TestLinkSigner(intake, uncertified),
                      intake.clock, wanted);
}

LogContinuation to(const std::string& origin) {
  LogContinuation wanted;
  wanted.origin = origin;
  return wanted;
}

Kind refusal_of(const std::variant<ContinuedLog, ContinuationRefusal>& outcome) {
  REQUIRE(std::holds_alternative<ContinuationRefusal>(outcome));
  const auto& refusal = std::get<ContinuationRefusal>(outcome);
  CHECK_FALSE(describe(refusal).empty());
  return refusal.kind;
}

IssuedReceipt submit(IntakeFixture& intake, int number, const std::string& aud = kOld) {
  const TestApplicant applicant(1);
  const std::string part = "sealed answers " + std::to_string(number);
  const std::string manifest =
      applicant.manifest(number, {part}, [&](Manifest& said) { said.aud = aud; });
  SubmissionAnswer answer = intake.submissions->accept_manifest(manifest);
  if (!answer.issued) {
    bring_part(intake, applicant, part);
    answer = intake.submissions->accept_manifest(manifest);
  }
  REQUIRE(answer.issued.has_value());
  return *std::move(answer.issued);
}

ReceiptClaims claims_of(const IssuedReceipt& issued) {
  Result<ReceiptClaims> claims = read_receipt_claims(issued.receipt);
  REQUIRE(claims.ok());
  return std::move(claims).value();
}

LogCheck sound_check(const IntakeFixture& intake) {
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(data_of(intake));
  REQUIRE(log.ok());
  Result<LogCheck> check = check_log(*log.value());
  REQUIRE(check.ok());
  if (check.value().defect) INFO(describe(*check.value().defect));
  CHECK_FALSE(check.value().defect.has_value());
  CHECK_FALSE(check_log_signatures(check.value(), roots_of(intake), {}).has_value());
  return std::move(check).value();
}

// Two cases, a backup, one more case, the backup put back, and the log gone on as kNew.
IssuedReceipt lose_one_and_go_on(IntakeFixture& intake) {
  submit(intake, 1);
  submit(intake, 2);
  back_up(intake);
  IssuedReceipt lost = submit(intake, 3);
  restore(intake);
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, to(kNew))));
  intake.reopen_as(kNew, {kOld});
  return lost;
}

TEST_CASE("a restored log goes on under a new name with the same entries and a link that holds") {
  IntakeFixture intake;
  lose_one_and_go_on(intake);

  const LogCheck check = sound_check(intake);

  CHECK(check.checkpoint.origin == kNew);
  CHECK(check.checkpoint.size == 2);
  REQUIRE(check.links.size() == 1);
  CHECK(check.links[0].former == kOld);
  CHECK(check.links[0].tree_size == 2);
  CHECK(check.links[0].root == check.checkpoint.root);
}

TEST_CASE(
    "an offered again submission is received as new, and one that is held keeps its receipt") {
  IntakeFixture intake;
  const IssuedReceipt held = submit(intake, 1);
  submit(intake, 2);
  back_up(intake);
  const IssuedReceipt lost = submit(intake, 3);
  restore(intake);
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, to(kNew))));
  intake.reopen_as(kNew, {kOld});

  CHECK(submit(intake, 1) == IssuedReceipt{held.receipt, false});
  const IssuedReceipt again = submit(intake, 3);
  CHECK(again.is_new);
  CHECK(submit(intake, 3) == IssuedReceipt{again.receipt, false});
  submit(intake, 4, kNew);

  const ReceiptClaims claims = claims_of(again);
  CHECK(claims.log.origin == kNew);
  CHECK(claims.log.index == 2);
  CHECK(claims.body.manifest_sha256 == claims_of(lost).body.manifest_sha256);
  ReceiptTrust trust;
  trust.root = intake.keys.keys().root;
  trust.audience = kNew;
  CHECK(verify_receipt(again.receipt, trust).ok());
  trust.audience = kOld;
  CHECK(verify_receipt(lost.receipt, trust).ok());
  CHECK(sound_check(intake).checkpoint.size == 4);
}

TEST_CASE("no new case has the number of a lost one") {
  IntakeFixture intake;
  const IssuedReceipt lost = lose_one_and_go_on(intake);

  const std::string number = claims_of(submit(intake, 9)).body.case_number;

  CHECK(claims_of(lost).body.case_number == "115550000003");
  CHECK(number == "115550010003");
}

TEST_CASE("case numbers are passed over in every kind and in the years since the last receipt") {
  IntakeFixture intake;
  submit(intake, 1);
  intake.clock.advance(std::int64_t{366} * 86400);
  intake.close();
  LogContinuation wanted = to(kNew);
  wanted.passed_over_case_numbers = 5;
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, wanted)));
  intake.reopen_as(kNew, {kOld});
  std::vector<std::uint32_t> serials;

  const Result<Done> done = intake.store->write([&](StoreWriter& writer) -> Result<Done> {
    for (const auto& [year, kind] : std::vector<std::pair<int, int>>{
             {115, 55}, {115, 0}, {115, 99}, {116, 55}, {116, 7}, {117, 55}, {114, 55}}) {
      const Result<std::uint32_t> serial = writer.next_case_serial(year, kind);
      if (!serial.ok()) return serial.error();
      serials.push_back(serial.value());
    }
    return Done{};
  });

  REQUIRE(done.ok());
  CHECK(serials == std::vector<std::uint32_t>{7, 6, 6, 6, 6, 1, 1});
}

TEST_CASE("a manifest for a name that no link leads from is refused") {
  IntakeFixture intake;
  lose_one_and_go_on(intake);
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "x");

  const SubmissionAnswer answer = intake.submissions->accept_manifest(
      applicant.manifest(7, {"x"}, [](Manifest& said) { said.aud = kThird; }));

  CHECK_FALSE(answer.issued.has_value());
  CHECK(answer.refusal.error.code == ErrorCode::audience_mismatch);
}

TEST_CASE("a backup that was signed under the former name is still kept and replaced") {
  IntakeFixture intake;
  const TestApplicant owner(1);
  put_first(intake, owner, "first");
  back_up(intake);
  restore(intake);
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, to(kNew))));
  intake.reopen_as(kNew, {kOld});

  CHECK(kept_bytes(intake) == "first");
  Exchange{"PUT",    path_of(kId), later_put(statement_for(owner, 2, "second"), etag_of("first")),
           "second", 204,          {},
           ""}
      .run(*intake.api);
  CHECK(kept_bytes(intake) == "second");
}

TEST_CASE("the links are served, and none where the log was never restored") {
  IntakeFixture intake;
  const auto served = [&] {
    const HttpResponse response =
        Exchange{"GET", "/api/v1/log/links", {}, std::nullopt, 200, {}, ""}.run(*intake.api);
    Result<Json> json = parse_json(response.body_view());
    REQUIRE(json.ok());
    std::vector<std::string> links;
    const Json* list = find_member(json.value(), "links");
    REQUIRE(list != nullptr);
    for (const Json& link : *list) links.emplace_back(text_value(link));
    return links;
  };
  CHECK(served().empty());

  lose_one_and_go_on(intake);

  const std::vector<AgencyRoot> roots = roots_of(intake);
  const Result<std::vector<LogLink>> links = verify_log_links(served(), {roots, {}});
  REQUIRE(links.ok());
  REQUIRE(links.value().size() == 1);
  CHECK(standing_of_entry(kOld, 1, kNew, links.value()) == EntryStanding::held);
  CHECK(standing_of_entry(kOld, 2, kNew, links.value()) == EntryStanding::lost);
}

TEST_CASE("two restores make two links, and receipts of all three names stay sound") {
  IntakeFixture intake;
  lose_one_and_go_on(intake);
  submit(intake, 3);
  back_up(intake, "second");
  submit(intake, 4, kNew);
  restore(intake, "second");
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, to(kThird))));
  intake.reopen_as(kThird, {kOld, kNew});

  CHECK(submit(intake, 4, kNew).is_new);
  CHECK(submit(intake, 5, kOld).is_new);
  const LogCheck check = sound_check(intake);

  CHECK(check.links.size() == 2);
  CHECK(check.checkpoint.size == 5);
  CHECK(entries_continued(kOld, kThird, check.links) == 2);
  CHECK(entries_continued(kNew, kThird, check.links) == 3);
}

TEST_CASE("a restore from before the last one names what it does not know") {
  IntakeFixture intake;
  lose_one_and_go_on(intake);
  submit(intake, 3);
  restore(intake);
  LogContinuation wanted = to(kThird);
  wanted.lost_origins = {kNew};
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, wanted)));
  intake.reopen_as(kThird, {kOld, kNew});

  CHECK(submit(intake, 8, kNew).is_new);
  const LogCheck check = sound_check(intake);

  CHECK(check.links.size() == 2);
  CHECK(entries_continued(kOld, kThird, check.links) == 2);
  CHECK(entries_continued(kNew, kThird, check.links) == 0);
}

TEST_CASE("a log is not renamed without need, nor to a name that it had") {
  IntakeFixture intake;
  const ReceiptClaims first = claims_of(submit(intake, 1));
  const Checkpoint seen = read_checkpoint_claims(first.log.checkpoint).value();
  submit(intake, 2);
  intake.close();
  LogContinuation whole = to(kNew);
  whole.newest_seen = seen;
  LogContinuation other = whole;
  other.newest_seen->root[0] ^= 1;
  LogContinuation foreign = whole;
  foreign.newest_seen->origin = kThird;
  LogContinuation twice = to(kNew);
  twice.lost_origins = {kNew};

  CHECK(refusal_of(continued(intake, to(kOld))) == Kind::already);
  CHECK(refusal_of(continued(intake, whole)) == Kind::nothing_lost);
  CHECK(refusal_of(continued(intake, other)) == Kind::inconsistent);
  CHECK(refusal_of(continued(intake, foreign)) == Kind::other_log);
  CHECK(refusal_of(continued(intake, twice)) == Kind::name_used);
  CHECK(refusal_of(continued(intake, to(kNew), kOld)) == Kind::certificate_missing);
  CHECK(refusal_of(continued(intake, to("a+name"))) == Kind::not_signed);
  REQUIRE(std::holds_alternative<ContinuedLog>(continued(intake, to(kNew))));
  CHECK(refusal_of(continued(intake, to(kNew))) == Kind::already);
  CHECK(refusal_of(continued(intake, to(kOld))) == Kind::name_used);
}

TEST_CASE("how much was lost is known to whoever kept a newer checkpoint") {
  IntakeFixture intake;
  submit(intake, 1);
  back_up(intake);
  submit(intake, 2);
  const ReceiptClaims newest = claims_of(submit(intake, 3));
  restore(intake);
  LogContinuation wanted = to(kNew);
  wanted.newest_seen = read_checkpoint_claims(newest.log.checkpoint).value();

  const std::variant<ContinuedLog, ContinuationRefusal> done = continued(intake, wanted);

  REQUIRE(std::holds_alternative<ContinuedLog>(done));
  CHECK(std::get<ContinuedLog>(done).lost_entries == 2);
}

void change(const IntakeFixture& intake, const std::string& statement) {
  Result<std::unique_ptr<SqliteConnection>> connection =
      SqliteConnection::open(data_of(intake) + "/landfall.db", SqliteConnection::Mode::create);
  REQUIRE(connection.ok());
  REQUIRE(connection.value()->prepare(statement.c_str()).run().ok());
}

TEST_CASE("a folder that does not hold together does not go on") {
  IntakeFixture damaged;
  submit(damaged, 1);
  damaged.close();
  change(damaged, "UPDATE log_node SET hash = zeroblob(32)");
  IntakeFixture fresh;
  fresh.close();
  change(fresh, "UPDATE log_head SET checkpoint = ''");
  IntakeFixture forged;
  submit(forged, 1);
  forged.close();
  // The certificate inside names another log, and everything else agrees.
  forged.keys = TestKeys(forged.clock.now(), kThird);
  forged.reopen();
  submit(forged, 2);
  forged.close();

  CHECK(refusal_of(continued(damaged, to(kNew))) == Kind::defect);
  CHECK(refusal_of(continued(fresh, to(kNew))) == Kind::never_opened);
  CHECK(refusal_of(continued(forged, to(kNew))) == Kind::defect);
}

TEST_CASE("whatever is changed about a link is found, and where") {
  struct Tampering {
    std::string statement;
    LogDefect::Kind kind;
  };
  const std::vector<Tampering> tamperings = {
      {"UPDATE log_link SET statement = 'x'", LogDefect::Kind::link_unreadable},
      {"DELETE FROM log_link", LogDefect::Kind::receipt_differs},
      {"UPDATE log_link SET statement = replace(statement, '.', 'A.') ",
       LogDefect::Kind::link_unreadable},
      {"UPDATE submission SET receipt = (SELECT receipt FROM submission WHERE log_index = 2) "
       "WHERE log_index = 1",
       LogDefect::Kind::receipt_differs},
  };
  std::size_t found = 0;
  for (const Tampering& tampering : tamperings) {
    CAPTURE(tampering.statement);
    IntakeFixture intake;
    lose_one_and_go_on(intake);
    submit(intake, 3);
    intake.close();
    change(intake, tampering.statement);

    Result<std::unique_ptr<StoredLog>> log = open_stored_log(data_of(intake));
    REQUIRE(log.ok());
    const Result<LogCheck> check = check_log(*log.value());

    REQUIRE(check.ok());
    REQUIRE(check.value().defect.has_value());
    CHECK(check.value().defect->kind == tampering.kind);
    CHECK_FALSE(describe(*check.value().defect).empty());
    ++found;
  }
  CHECK(found == tamperings.size());
}

TEST_CASE("a link that was signed over another tree, or by a stranger, is not taken") {
  IntakeFixture intake;
  submit(intake, 1);
  const LogCheck before = sound_check(intake);
  intake.close();
  const auto put = [&](LogLink link, const SigningKey& key) {
    const Checkpoint first{link.origin, link.tree_size, link.root, {}};
    const Instant now = intake.clock.now();
    const Result<std::string> text = sign_log_link(
        link, first,
        {TestKeys::certificate(now, link.origin), TestKeys::certificate(now, link.former)}, key);
    REQUIRE(text.ok());
    const Result<LogLinkClaims> claims = read_log_link_claims(text.value());
    REQUIRE(claims.ok());
    change(intake, "DELETE FROM log_link");
    change(intake, "INSERT INTO log_link (former, statement) VALUES ('" + link.former + "', '" +
                       text.value() + "')");
    change(intake, "UPDATE log_head SET checkpoint = '" + claims.value().checkpoint + "'");
    Result<std::unique_ptr<StoredLog>> log = open_stored_log(data_of(intake));
    REQUIRE(log.ok());
    return check_log(*log.value()).value();
  };
  LogLink link{kNew, kOld, 1, before.checkpoint.root, format_instant(intake.clock.now())};
  const std::vector<AgencyRoot> roots = roots_of(intake);

  const LogCheck good = put(link, intake.keys.keys().receipt);
  CHECK_FALSE(good.defect.has_value());
  CHECK_FALSE(check_log_signatures(good, roots, {}).has_value());

  const LogCheck strange = put(link, TestApplicant(9).signing_key());
  CHECK_FALSE(strange.defect.has_value());
  const std::optional<LogDefect> defect = check_log_signatures(strange, roots, {});
  REQUIRE(defect.has_value());
  CHECK(defect->kind == LogDefect::Kind::link_not_genuine);
  CHECK(defect->code == ErrorCode::jws_key_wrong);

  link.root[0] ^= 1;
  const LogCheck other = put(link, intake.keys.keys().receipt);
  REQUIRE(other.defect.has_value());
  CHECK(other.defect->kind == LogDefect::Kind::root_differs);
}

}  // namespace
}  // namespace landfall
