#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "server/intake/digest.h"
#include "server/intake/empty_uploads.h"
#include "server/intake/pending_room.h"
#include "shared/codec/base64url.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/tus_client.h"

namespace landfall {
namespace {

TEST_CASE("one key cannot leave more uploads or bytes than its share") {
  PartLimits limits;
  limits.pending_uploads_per_key = 2;
  limits.pending_bytes_per_key = 1000;
  IntakeFixture intake(limits);
  const TestApplicant applicant(1);
  const TestApplicant other(2);
  const auto fields = [](const TestApplicant& who, const std::string& length) {
    return Fields{{"Tus-Resumable", kVersion},
                  {"Upload-Length", length},
                  {"Upload-Metadata", metadata_of(who.kid(), "whatever")}};
  };

  Exchange{"POST",
           kParts,
           fields(applicant, "1001"),
           std::nullopt,
           429,
           {{"Retry-After", "30"}},
           "upload_quota_reached"}
      .run(*intake.api);
  for (int begun = 0; begun < 2; ++begun) {
    const std::string path = create(*intake.api, 10, {fields(applicant, "10")[2]});
    Exchange{"PATCH", path, patch_headers(0), "1", 204, {}, ""}.run(*intake.api);
  }
  Exchange{"POST", kParts, fields(applicant, "10"), std::nullopt, 429, {}, "upload_quota_reached"}
      .run(*intake.api);
  Exchange{"POST", kParts, fields(other, "10"), std::nullopt, 201, {}, ""}.run(*intake.api);
}

TEST_CASE("a key cannot get round its share by announcing first and filling later") {
  PartLimits limits;
  limits.pending_bytes_per_key = 100;
  IntakeFixture intake(limits);
  const Fields metadata = {{"Upload-Metadata", metadata_of(TestApplicant(1).kid(), "whatever")}};
  const std::string first = create(*intake.api, 60, metadata);
  const std::string second = create(*intake.api, 60, metadata);

  Exchange{"PATCH", first, patch_headers(0), "1", 204, {}, ""}.run(*intake.api);
  Exchange{"PATCH", second, patch_headers(0), "1", 429, {}, "upload_quota_reached"}.run(
      *intake.api);
}

TEST_CASE("a thousand announcements without a byte leave room for everybody else") {
  PartLimits limits;
  limits.pending_bytes_in_all = std::uint64_t{1} << 30;
  limits.empty_uploads_in_all = 64;
  IntakeFixture intake(limits);
  const std::string honest = create(*intake.api, 5);
  int announced = 0;

  for (int stranger = 0; stranger < 1000; ++stranger) {
    const std::string kid = format_base64url(sha256_of(bytes_of(std::to_string(stranger))));
    const Result<UploadStatus> made =
        intake.parts->create({limits.upload_bytes, "", kid, "", "192.0.2.1"}, nullptr);
    announced += made.ok() ? 1 : 0;
  }

  CHECK(announced == 1000);
  Exchange{"PATCH", honest, patch_headers(0), "12345", 204, {{"Upload-Offset", "5"}}, ""}.run(
      *intake.api);
  create(*intake.api, 5);
  CHECK(intake.store->expired_uploads({intake.clock.now().unix_seconds + 3600}, 2000)
            .value()
            .size() <= 64 + 1);
}

TEST_CASE("empty uploads of one key push out the oldest of that key only") {
  PartLimits limits;
  limits.empty_uploads_per_key = 2;
  IntakeFixture intake(limits);
  const auto made_by = [&](int number) {
    const std::string kid = TestApplicant(static_cast<std::uint8_t>(number)).kid();
    return intake.parts->create({5, "", kid, ""}, nullptr).value().record.id;
  };
  const std::string other = made_by(2);
  const std::string first = made_by(1);
  const std::string second = made_by(1);

  const std::string third = made_by(1);

  CHECK(intake.parts->status(first).error().code == ErrorCode::not_found);
  CHECK(intake.parts->status(second).ok());
  CHECK(intake.parts->status(third).ok());
  CHECK(intake.parts->status(other).ok());
}

TEST_CASE("an upload lives for minutes while it is empty and for days once it has a byte") {
  IntakeFixture intake;
  const std::string empty = create(*intake.api, 5);
  const std::string begun = create(*intake.api, 5);
  const std::string broken = create(*intake.api, 5).substr(std::string(kParts).size() + 1);
  BrokenSource source("12345", 2, SourceEnd::broken);

  Exchange{"PATCH", begun, patch_headers(0),
           "1",     204,   {{"Upload-Expires", "Sat, 28 Nov 2026 09:00:00 GMT"}},
           ""}
      .run(*intake.api);
  CHECK_FALSE(intake.parts->append(broken, 0, {&source, std::nullopt}).ok());
  intake.clock.advance(PartLimits{}.empty_seconds + 1);

  Exchange{"HEAD", empty, {{"Tus-Resumable", kVersion}}, std::nullopt, 410, {}, ""}.run(
      *intake.api);
  check_offset(*intake.api, begun, 1);
  CHECK(intake.parts->status(broken).value().offset_bytes == 2);
}

TEST_CASE("bytes that arrived fill the room of all, and it is given back with them") {
  PartLimits limits;
  limits.pending_bytes_in_all = 10;
  IntakeFixture intake(limits);
  const TestApplicant applicant(1);
  const auto refused = [&] {
    const Result<UploadStatus> made = intake.parts->create({8, "", "", ""}, nullptr);
    return !made.ok() && made.error().code == ErrorCode::upload_quota_reached;
  };
  const std::string path =
      create(*intake.api, 5, {{"Upload-Metadata", metadata_of(applicant.kid(), "right")}});
  CHECK_FALSE(refused());

  Exchange{"PATCH", path, patch_headers(0), "wro", 204, {}, ""}.run(*intake.api);
  CHECK(refused());
  REQUIRE(intake.parts->clean_up().ok());
  CHECK(refused());
  Exchange{"PATCH", path, patch_headers(3), "ng", 422, {}, "upload_digest_mismatch"}.run(
      *intake.api);
  CHECK_FALSE(refused());

  MemorySource whole(bytes_of("12345"));
  const UploadChunk wrong_checksum{&whole, UploadChunk::Checksum{DigestKind::sha256, Bytes(32)}};
  CHECK_FALSE(intake.parts->create({5, "", "", ""}, &wrong_checksum).ok());
  CHECK_FALSE(refused());
}

TEST_CASE("a count of what strangers hold keeps what is added while it runs") {
  PendingRoom room;
  room.add(100);

  room.begin_count();
  room.add(7);
  room.release(30);
  room.end_count(70);

  CHECK(room.bytes() == 77);
  room.release(7);
  CHECK(room.bytes() == 70);
}

TEST_CASE("the peer with the most empty uploads loses one first") {
  EmptyUploads empty({100, 3});
  REQUIRE(empty.enter({"honest", "k1", "192.0.2.9", 1}).empty());
  REQUIRE(empty.enter({"flood-1", "k2", "192.0.2.1", 1}).empty());
  REQUIRE(empty.enter({"flood-2", "k3", "192.0.2.1", 1}).empty());

  CHECK(empty.enter({"flood-3", "k4", "192.0.2.1", 1}) == std::vector<std::string>{"flood-1"});
  CHECK(empty.enter({"flood-4", "k5", "192.0.2.1", 1}) == std::vector<std::string>{"flood-2"});
  empty.leave("honest");
  CHECK(empty.of_key("k1").count == 0);
  CHECK(empty.of_key("k5").bytes == 1);
}

}  // namespace
}  // namespace landfall
