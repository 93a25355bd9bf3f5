#include <doctest/doctest.h>

#include <string>

#include "tests/server/support/vault_owner.h"

namespace landfall {
namespace {

TEST_CASE("a body that breaks off, or is longer than stated, leaves the old version and no file") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  const std::string next = statement_for(applicant, 2, "the second");
  const VaultCondition condition{sha256_hex_of(bytes_of("one"))};
  BrokenSource broken("the second", 4, SourceEnd::broken);
  BrokenSource slow("the second", 4, SourceEnd::too_slow);

  CHECK(intake.vaults->put(kId, next, condition, broken, "").refusal.error.code ==
        ErrorCode::request_incomplete);
  CHECK(intake.vaults->put(kId, next, condition, slow, "").refusal.error.code ==
        ErrorCode::request_too_slow);
  MemorySource longer(bytes_of("the second and more"));
  CHECK(intake.vaults->put(kId, next, condition, longer, "").refusal.error.code ==
        ErrorCode::upload_digest_mismatch);

  CHECK(kept_bytes(intake) == "one");
  CHECK(vault_files(intake) == 1);
}

TEST_CASE("a backup has a largest size") {
  VaultLimits limits;
  limits.backup_bytes = 10;
  IntakeFixture intake({}, limits);
  const TestApplicant applicant(1);
  const std::string largest(10, 'x');
  const std::string larger(11, 'x');

  Exchange{"PUT", path_of(kId), first_put(statement_for(applicant, 1, larger)), larger, 413,
           {},    "too_large"}
      .run(*intake.api);
  Exchange{"PUT", path_of(kId), first_put(statement_for(applicant, 1, largest)), larger, 413,
           {},    "too_large"}
      .run(*intake.api);
  Exchange{"PUT", path_of(kId), first_put(statement_for(applicant, 1, largest)), largest, 201, {},
           ""}
      .run(*intake.api);
}

TEST_CASE("one address makes so many vaults a day; those that came to nothing do not count") {
  VaultLimits limits;
  limits.new_per_peer_and_day = 2;
  limits.unbound_peers = {"127.0.0.1"};
  IntakeFixture intake({}, limits);
  const TestApplicant applicant(1);
  const auto put = [&](char digit, const std::string& peer, const std::string& sent) {
    const std::string id(64, digit);
    MemorySource source(bytes_of(sent));
    const VaultAnswer answer =
        intake.vaults->put(id, statement_for(applicant, 1, "one", id), {}, source, peer);
    return answer.state ? ErrorCode::internal : answer.refusal.error.code;
  };

  CHECK(put('1', "192.0.2.1", "eno") == ErrorCode::upload_digest_mismatch);
  CHECK(put('1', "192.0.2.1", "one") == ErrorCode::internal);
  CHECK(put('2', "192.0.2.1", "one") == ErrorCode::internal);
  CHECK(put('3', "192.0.2.1", "one") == ErrorCode::upload_quota_reached);
  CHECK(put('3', "192.0.2.2", "one") == ErrorCode::internal);
  for (const char digit : {'4', '5', '6'})
    CHECK(put(digit, "127.0.0.1", "one") == ErrorCode::internal);
  intake.clock.advance(86400);
  CHECK(put('7', "192.0.2.1", "one") == ErrorCode::internal);
}

TEST_CASE("replacing a version is no new vault") {
  VaultLimits limits;
  limits.new_per_peer_and_day = 1;
  IntakeFixture intake({}, limits);
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");

  Exchange{"PUT", path_of(kId), later_put(statement_for(applicant, 2, "two"), etag_of("one")),
           "two", 204,          {},
           ""}
      .run(*intake.api);
}

// A disk with little room; all else is the folder's.
class SmallDisk final : public BackupStore {
 public:
  SmallDisk(BackupStore& folder, std::uint64_t free) : folder_(folder), free_(free) {}
  Result<std::unique_ptr<NewBackup>> create(std::string_view name) override {
    ++created;
    return folder_.create(name);
  }
  [[nodiscard]] Result<std::shared_ptr<const StoredBytes>> open(
      std::string_view name) const override {
    return folder_.open(name);
  }
  Result<Done> remove(std::string_view name) override { return folder_.remove(name); }
  [[nodiscard]] std::vector<std::string> list() const override { return folder_.list(); }
  [[nodiscard]] std::uint64_t free_bytes() const override { return free_; }

  int created = 0;

 private:
  BackupStore& folder_;
  std::uint64_t free_;
};

TEST_CASE("a full disk is told before a byte is taken, and the old version stays") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  SmallDisk disk(*intake.vault_folder, 5);
  KeepVaults vaults(std::string(kTestOrigin), *intake.store, disk, *intake.sequencer, intake.clock,
                    intake.entropy, {});
  MemorySource small(bytes_of("small"));
  MemorySource larger(bytes_of("larger"));
  REQUIRE(vaults.put(kId, statement_for(applicant, 1, "small"), {}, small, "").state);

  const VaultAnswer refused = vaults.put(kId, statement_for(applicant, 2, "larger"),
                                         {sha256_hex_of(bytes_of("small"))}, larger, "");

  CHECK(refused.refusal.error.code == ErrorCode::storage_full);
  CHECK(disk.created == 1);
  CHECK(kept_bytes(intake) == "small");
}

TEST_CASE("a backup is forgotten a year after it was last put or got, and its id stays") {
  constexpr std::int64_t kDay = 86400;
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");

  intake.clock.advance(364 * kDay);
  Exchange{"HEAD", path_of(kId),
           {},     std::nullopt,
           200,    {{"Vault-Expires", "Sun, 21 Nov 2027 09:00:00 GMT"}},
           ""}
      .run(*intake.api);
  Exchange{"GET", path_of(kId),
           {},    std::nullopt,
           200,   {{"Vault-Expires", "Sun, 19 Nov 2028 09:00:00 GMT"}},
           ""}
      .run(*intake.api);
  intake.clock.advance(365 * kDay - 1);
  REQUIRE(intake.vaults->clean_up().ok());
  CHECK(vault_files(intake) == 1);
  intake.clock.advance(1);
  Exchange{"GET", path_of(kId), {}, std::nullopt, 404, {}, "not_found"}.run(*intake.api);
  REQUIRE(intake.vaults->clean_up().ok());
  CHECK(vault_files(intake) == 0);

  Exchange{
      "PUT", path_of(kId),     first_put(statement_for(TestApplicant(2), 2, "two")), "two", 403,
      {},    "vault_key_wrong"}
      .run(*intake.api);
  Exchange{"PUT", path_of(kId), first_put(statement_for(applicant, 2, "two")), "two", 201, {}, ""}
      .run(*intake.api);
}

TEST_CASE("how long a backup is kept is the operator's to say") {
  VaultLimits limits;
  limits.retention_seconds = 3600;
  IntakeFixture intake({}, limits);
  put_first(intake, TestApplicant(1), "one");

  intake.clock.advance(3600);
  REQUIRE(intake.vaults->clean_up().ok());

  CHECK(vault_files(intake) == 0);
}

TEST_CASE("what a crash left of a new version is gone after the next start, the old one is not") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  const std::string vaults = intake.folder.path() + "/data/vaults/";
  // Killed while it arrived; killed between the file and its record.
  save_text(vaults + std::string(32, 'a') + ".new", "the sec");
  save_text(vaults + std::string(32, 'b'), "the second");

  intake.reopen();

  CHECK(vault_files(intake) == 1);
  CHECK(kept_bytes(intake) == "one");
}

TEST_CASE("the file of a version replaced before a crash is gone after the next start") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  put_first(intake, applicant, "one");
  const std::string old_file = intake.vaults->find(kId).value().file;
  Exchange{"PUT", path_of(kId), later_put(statement_for(applicant, 2, "two"), etag_of("one")),
           "two", 204,          {},
           ""}
      .run(*intake.api);
  save_text(intake.folder.path() + "/data/vaults/" + old_file, "one");

  intake.reopen();

  CHECK(vault_files(intake) == 1);
  CHECK(kept_bytes(intake) == "two");
}

TEST_CASE("reading often writes once a day") {
  IntakeFixture intake;
  put_first(intake, TestApplicant(1), "one");
  const Instant first = intake.vaults->find(kId).value().expires;

  intake.clock.advance(86399);
  kept_bytes(intake);
  CHECK(intake.vaults->find(kId).value().expires == first);
  intake.clock.advance(1);
  kept_bytes(intake);

  CHECK(intake.vaults->find(kId).value().expires.unix_seconds == first.unix_seconds + 86400);
}

}  // namespace
}  // namespace landfall
