#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "server/intake/digest.h"
#include "server/store/migrations.h"
#include "server/store/open_case_store.h"
#include "server/store/part_folder.h"
#include "server/store/sqlite_store.h"
#include "tests/server/support/temporary_folder.h"

namespace landfall {
namespace {

// What every Store must do; part 4 runs the same against other engines.
struct StoreFixture {
  StoreFixture() { reopen(); }
  void reopen() {
    store.reset();
    Result<std::unique_ptr<SqliteStore>> opened = SqliteStore::open(folder.path() + "/landfall.db");
    REQUIRE(opened.ok());
    store = std::move(opened).value();
  }

  TemporaryFolder folder;
  std::unique_ptr<SqliteStore> store;
};

const UploadRecord kUpload{std::string(32, 'a'), "kid", "sha", 10, "a b", {1000}, false};
const PartRecord kPart{std::string(64, 'b'), "kid", 20, {2000}, std::nullopt};

SubmissionRecord submission(std::uint64_t index) {
  return {
      index,    "id",   "kid " + std::to_string(index),        "digest " + std::to_string(index),
      "jws",    "form", "11555000000" + std::to_string(index), {5},
      "receipt"};
}

TEST_CASE("what was written is there after the store is opened again") {
  StoreFixture fixture;

  const Result<Done> written = fixture.store->write([](StoreWriter& writer) -> Result<Done> {
    CHECK(writer.upsert_upload(kUpload).ok());
    CHECK(writer.upsert_part(kPart).ok());
    CHECK(writer.insert_submission(submission(0)).ok());
    CHECK(writer.set_log_head({1, "note"}).ok());
    return Done{};
  });
  fixture.reopen();

  REQUIRE(written.ok());
  CHECK(fixture.store->find_upload(kUpload.id).value() == kUpload);
  CHECK(fixture.store->log_head().value() == LogHead{1, "note"});
  CHECK(fixture.store->find_receipt("id", "digest 0").value() == "receipt");
  CHECK(fixture.store->is_part_known(kPart.sha256).value());
}

TEST_CASE("messages are for who knows the submission's id and manifest, oldest first") {
  StoreFixture fixture;
  REQUIRE(fixture.store
              ->write([](StoreWriter& writer) -> Result<Done> {
                return writer.insert_submission(submission(0));
              })
              .ok());
  const auto messages = [&](std::string_view id, std::string_view digest) {
    return fixture.store->find_messages(id, digest).value();
  };
  CHECK(messages("id", "digest 0").value().empty());
  CHECK_FALSE(messages("id", "digest 1").has_value());
  CHECK_FALSE(messages("other", "digest 0").has_value());

  const std::unique_ptr<CaseStore> desk =
      open_case_store(fixture.folder.path(), CaseAccess::write).value();
  CHECK(desk->add_message("digest 0", 2, "second").value());
  CHECK(desk->add_message("digest 0", 1, "first").value());
  CHECK_FALSE(desk->add_message("digest 0", 2, "another").value());
  CHECK(desk->add_message("digest 1", 1, "elsewhere").value());

  const std::vector<std::string> told = {"first", "second"};
  CHECK(messages("id", "digest 0").value() == told);
  CHECK(desk->messages("digest 0").value() == told);
  fixture.reopen();
  CHECK(messages("id", "digest 0").value() == told);
}

TEST_CASE("whoever opened the store to read cannot add a message") {
  StoreFixture fixture;
  const std::unique_ptr<CaseStore> desk = open_case_store(fixture.folder.path()).value();
  CHECK(desk->add_message("digest", 1, "text").error().code == ErrorCode::storage_unavailable);
}

TEST_CASE("a change that fails leaves nothing behind") {
  StoreFixture fixture;

  const Result<Done> written = fixture.store->write([](StoreWriter& writer) -> Result<Done> {
    CHECK(writer.upsert_upload(kUpload).ok());
    return Error{ErrorCode::part_claimed};
  });

  CHECK(written.error().code == ErrorCode::part_claimed);
  CHECK_FALSE(fixture.store->find_upload(kUpload.id).value().has_value());
  CHECK(fixture.store->write([](StoreWriter&) -> Result<Done> { return Done{}; }).ok());
}

TEST_CASE("a second submission of the same id and key cannot be stored") {
  StoreFixture fixture;
  const auto insert = [](StoreWriter& writer) -> Result<Done> {
    SubmissionRecord twin = submission(1);
    twin.kid = submission(0).kid;
    CHECK(writer.insert_submission(submission(0)).ok());
    return writer.insert_submission(twin);
  };

  CHECK(fixture.store->write(insert).error().code == ErrorCode::storage_unavailable);
  CHECK_FALSE(fixture.store->find_receipt("id", "digest 0").value().has_value());
}

TEST_CASE("a part can only be claimed by a submission that is stored with it") {
  StoreFixture fixture;
  PartRecord claimed = kPart;
  claimed.claimed = 7;

  const Result<Done> written = fixture.store->write(
      [&](StoreWriter& writer) -> Result<Done> { return writer.upsert_part(claimed); });

  CHECK_FALSE(written.ok());
  CHECK_FALSE(fixture.store->is_part_known(kPart.sha256).value());
}

TEST_CASE("serial numbers count from one for each year and kind, without gaps") {
  StoreFixture fixture;
  std::vector<std::uint32_t> serials;

  for (const std::pair<int, int>& row : {std::pair(115, 55), std::pair(115, 55), std::pair(116, 55),
                                         std::pair(115, 10), std::pair(115, 55)}) {
    const Result<Done> written = fixture.store->write([&](StoreWriter& writer) -> Result<Done> {
      serials.push_back(writer.next_case_serial(row.first, row.second).value());
      return Done{};
    });
    REQUIRE(written.ok());
  }

  CHECK(serials == std::vector<std::uint32_t>{1, 2, 1, 1, 3});
}

TEST_CASE("expired uploads and unclaimed parts are found, claimed ones never") {
  StoreFixture fixture;
  PartRecord claimed{std::string(64, 'c'), "kid", 20, {2000}, 0};
  REQUIRE(fixture.store
              ->write([&](StoreWriter& writer) -> Result<Done> {
                CHECK(writer.insert_submission(submission(0)).ok());
                CHECK(writer.upsert_upload(kUpload).ok());
                CHECK(writer.upsert_part(kPart).ok());
                return writer.upsert_part(claimed);
              })
              .ok());

  CHECK(fixture.store->expired_uploads({999}, 10).value().empty());
  CHECK(fixture.store->expired_uploads({1000}, 10).value() == std::vector{kUpload});
  CHECK(fixture.store->expired_parts({1999}, 10).value().empty());
  CHECK(fixture.store->expired_parts({2000}, 10).value() == std::vector{kPart});
}

TEST_CASE("quotas count unfinished uploads and unclaimed parts of a key") {
  StoreFixture fixture;
  UploadRecord complete = kUpload;
  complete.id = std::string(32, 'd');
  complete.complete = true;
  REQUIRE(fixture.store
              ->write([&](StoreWriter& writer) -> Result<Done> {
                CHECK(writer.upsert_upload(kUpload).ok());
                CHECK(writer.upsert_upload(complete).ok());
                return writer.upsert_part(kPart);
              })
              .ok());

  const Store::Pending of_key = fixture.store->pending_uploads("kid").value();
  const Store::Pending of_other = fixture.store->pending_uploads("other").value();

  CHECK(of_key.count == 2);
  CHECK(of_key.bytes == 30);
  CHECK(of_other.count == 0);
  CHECK(fixture.store->unclaimed_part_bytes().value() == kPart.size_bytes);
}

TEST_CASE("a part's file is unused only when no key holds it any more") {
  StoreFixture fixture;
  PartRecord second = kPart;
  second.kid = "other";
  std::vector<bool> unused;

  REQUIRE(fixture.store
              ->write([&](StoreWriter& writer) -> Result<Done> {
                CHECK(writer.upsert_part(kPart).ok());
                CHECK(writer.upsert_part(second).ok());
                unused.push_back(writer.delete_part(kPart.sha256, "kid").value());
                unused.push_back(writer.delete_part(kPart.sha256, "other").value());
                return Done{};
              })
              .ok());

  CHECK(unused == std::vector{false, true});
}

TEST_CASE("a database newer than the program is refused") {
  StoreFixture fixture;
  fixture.store.reset();
  {
    Result<std::unique_ptr<SqliteConnection>> connection = SqliteConnection::open(
        fixture.folder.path() + "/landfall.db", SqliteConnection::Mode::write);
    REQUIRE(connection.ok());
    REQUIRE(connection.value()->execute("PRAGMA user_version=9999").ok());
  }

  const auto opened = SqliteStore::open(fixture.folder.path() + "/landfall.db");

  CHECK(opened.error().code == ErrorCode::storage_unavailable);
}

TEST_CASE("migrations are numbered from one without gaps") {
  int expected = 1;

  for (const Migration& migration : migrations()) {
    CHECK(migration.version == expected);
    ++expected;
  }

  CHECK(expected > 1);
}

TEST_CASE("a file that is no database is refused") {
  TemporaryFolder folder;
  save_text(folder.path() + "/landfall.db", std::string(5000, 'x'));

  CHECK_FALSE(SqliteStore::open(folder.path() + "/landfall.db").ok());
}

TEST_CASE("a part is published under its digest and read back whole") {
  TemporaryFolder folder;
  const std::unique_ptr<PartFolder> parts = PartFolder::open(folder.path() + "/data").value();
  const std::string bytes(300000, 'p');
  const std::string sha256 = sha256_hex_of(bytes_of(bytes));
  const std::string id(32, '1');

  const std::unique_ptr<UploadFile> file = parts->open_upload(id).value();
  REQUIRE(file->append(bytes_of(bytes.substr(0, 100000))).ok());
  REQUIRE(file->append(bytes_of(bytes.substr(100000))).ok());
  REQUIRE(file->sync().ok());
  REQUIRE(parts->publish(id, sha256).ok());
  REQUIRE(parts->discard_upload(id).ok());

  std::string read;
  REQUIRE(parts->read_part(sha256, [&](ByteView piece) { read += text_of(piece); }).ok());
  CHECK(read == bytes);
  CHECK(parts->list_uploads().empty());
  CHECK(parts->list_parts() == std::vector{sha256});
  REQUIRE(parts->remove_part(sha256).ok());
  CHECK(parts->read_part(sha256, [](ByteView) {}).error().code == ErrorCode::not_found);
}

TEST_CASE("an upload is cut back to what was good") {
  TemporaryFolder folder;
  const std::unique_ptr<PartFolder> parts = PartFolder::open(folder.path() + "/data").value();

  const std::unique_ptr<UploadFile> file = parts->open_upload(std::string(32, '1')).value();
  REQUIRE(file->append(bytes_of("good bad")).ok());
  REQUIRE(file->truncate(4).ok());
  REQUIRE(file->append(bytes_of("!")).ok());

  std::string read;
  REQUIRE(file->read([&](ByteView piece) { read += text_of(piece); }).ok());
  CHECK(read == "good!");
}

}  // namespace
}  // namespace landfall
