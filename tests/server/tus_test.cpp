#include <doctest/doctest.h>

#include <string>

#include "server/intake/digest.h"
#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"

namespace landfall {
namespace {

constexpr const char* kParts = "/api/v1/parts";
const std::string kVersion = "1.0.0";
const std::string kChunk = "application/offset+octet-stream";

std::string base64(std::string_view text) {
  return format_base64(bytes_of(text), Base64Padding::required);
}

std::string base64(const Bytes& bytes) { return format_base64(bytes, Base64Padding::required); }

std::string metadata_of(const std::string& kid, const std::string& bytes) {
  return "kid " + base64(kid) + ",sha256 " + base64(sha256_hex_of(bytes_of(bytes)));
}

// Makes an upload of `length` bytes and returns its path.
std::string create(Api& api, std::size_t length, Fields more = {}) {
  Fields headers = {{"Tus-Resumable", kVersion}, {"Upload-Length", std::to_string(length)}};
  headers.insert(headers.end(), more.begin(), more.end());
  const Exchange exchange{"POST", kParts, headers, std::nullopt, 201, {{"Upload-Offset", "0"}}, ""};
  return header_of(exchange.run(api), "Location");
}

Fields patch_headers(std::size_t offset, Fields more = {}) {
  Fields headers = {{"Tus-Resumable", kVersion},
                    {"Content-Type", kChunk},
                    {"Upload-Offset", std::to_string(offset)}};
  headers.insert(headers.end(), more.begin(), more.end());
  return headers;
}

void check_offset(Api& api, const std::string& path, std::size_t offset) {
  Exchange{"HEAD",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           200,
           {{"Upload-Offset", std::to_string(offset)}, {"Cache-Control", "no-store"}},
           ""}
      .run(api);
}

TEST_CASE("OPTIONS names the protocol and exactly the extensions there are") {
  IntakeFixture intake;

  Exchange{"OPTIONS",
           kParts,
           {},
           std::nullopt,
           204,
           {{"Tus-Version", "1.0.0"},
            {"Tus-Resumable", "1.0.0"},
            {"Tus-Extension", "creation,creation-with-upload,checksum,expiration,termination"},
            {"Tus-Checksum-Algorithm", "sha1,sha256"},
            {"Tus-Max-Size", "268435456"}},
           ""}
      .run(*intake.api);
}

TEST_CASE("an upload is made, filled in two pieces and read back at every step") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 11);

  check_offset(api, path, 0);
  Exchange{"PATCH", path, patch_headers(0), "hello ", 204, {{"Upload-Offset", "6"}}, ""}.run(api);
  check_offset(api, path, 6);
  Exchange{"PATCH", path, patch_headers(6), "world", 204, {{"Upload-Offset", "11"}}, ""}.run(api);
  check_offset(api, path, 11);
}

TEST_CASE("a request in another version of tus, or in none, is refused and changes nothing") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 5);
  int cases = 0;

  for (const Fields& version : {Fields{}, Fields{{"Tus-Resumable", "0.2.2"}}}) {
    for (const std::string method : {"HEAD", "PATCH", "DELETE"}) {
      const HttpResponse response = Exchange{method,
                                             path,
                                             version,
                                             "12",
                                             412,
                                             {{"Tus-Version", "1.0.0"}, {"Tus-Resumable", "1.0.0"}},
                                             "tus_version_unsupported"}
                                        .run(api);
      ++cases;
    }
    Exchange{"POST", kParts, version, std::nullopt, 412, {{"Tus-Version", "1.0.0"}}, ""}.run(api);
  }

  CHECK(cases == 6);
  check_offset(api, path, 0);
}

TEST_CASE("a chunk of another type, or without one, is refused with 415") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 5);

  Exchange{"PATCH",
           path,
           {{"Tus-Resumable", kVersion}, {"Upload-Offset", "0"}},
           "12345",
           415,
           {},
           "content_type_unsupported"}
      .run(api);
  Exchange{"PATCH",
           path,
           {{"Tus-Resumable", kVersion}, {"Upload-Offset", "0"}, {"Content-Type", "text/plain"}},
           "12345",
           415,
           {},
           "content_type_unsupported"}
      .run(api);

  check_offset(api, path, 0);
}

TEST_CASE("a chunk anywhere but at the end of the upload is refused with 409") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 10);
  Exchange{"PATCH", path, patch_headers(0), "12345", 204, {}, ""}.run(api);

  for (const std::size_t offset : {std::size_t{0}, std::size_t{4}, std::size_t{6}}) {
    Exchange{"PATCH",
             path,
             patch_headers(offset),
             "x",
             409,
             {{"Tus-Resumable", "1.0.0"}},
             "upload_offset_mismatch"}
        .run(api);
  }

  check_offset(api, path, 5);
}

TEST_CASE("an offset that is not a count of bytes is refused with 400") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 10);
  int cases = 0;

  for (const std::string offset : {"", "-1", "+0", "0x0", "1.0", " 0", "99999999999999999999"}) {
    Exchange{"PATCH",
             path,
             {{"Tus-Resumable", kVersion}, {"Content-Type", kChunk}, {"Upload-Offset", offset}},
             "1",
             400,
             {},
             "header_malformed"}
        .run(api);
    ++cases;
  }

  CHECK(cases == 7);
}

TEST_CASE("an unknown upload is 404 whatever is asked of it") {
  IntakeFixture intake;
  const std::string path = std::string(kParts) + "/" + std::string(32, '0');

  Exchange{"HEAD", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {}, ""}.run(*intake.api);
  Exchange{"PATCH", path, patch_headers(0), "1", 404, {}, "not_found"}.run(*intake.api);
  Exchange{"DELETE", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {}, "not_found"}.run(
      *intake.api);
  Exchange{
      "HEAD", std::string(kParts) + "/..%2f", {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {},
      ""}
      .run(*intake.api);
}

TEST_CASE("a length that is missing, deferred or no number is refused with 400") {
  IntakeFixture intake;
  int cases = 0;

  for (const Fields& length :
       {Fields{}, Fields{{"Upload-Length", "-1"}}, Fields{{"Upload-Length", "ten"}},
        Fields{{"Upload-Defer-Length", "1"}}, Fields{{"Upload-Defer-Length", "2"}},
        Fields{{"Upload-Length", "5"}, {"Upload-Defer-Length", "1"}}}) {
    Fields headers = {{"Tus-Resumable", kVersion}};
    headers.insert(headers.end(), length.begin(), length.end());
    Exchange{"POST", kParts, headers, std::nullopt, 400, {}, "upload_length_malformed"}.run(
        *intake.api);
    ++cases;
  }

  CHECK(cases == 6);
}

TEST_CASE("a length above the limit is refused with 413 and never rounded") {
  IntakeFixture intake;

  for (const std::string length : {"268435457", "9007199254740993"}) {
    Exchange{"POST",       kParts, {{"Tus-Resumable", kVersion}, {"Upload-Length", length}},
             std::nullopt, 413,    {},
             "too_large"}
        .run(*intake.api);
  }
}

TEST_CASE("metadata comes back as it was sent, keys without value included") {
  IntakeFixture intake;
  const std::string metadata = "is_confidential,empty ,filename " + base64("簽名照.jpg");
  const std::string path = create(*intake.api, 1, {{"Upload-Metadata", metadata}});

  Exchange{"HEAD",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           200,
           {{"Upload-Metadata", metadata}, {"Upload-Length", "1"}},
           ""}
      .run(*intake.api);
}

TEST_CASE("metadata that is not what tus describes is refused with 400") {
  IntakeFixture intake;
  int cases = 0;

  for (const std::string& metadata :
       {std::string("name not/base64!"), std::string("a YQ==,a YQ=="), std::string(", YQ=="),
        "kid " + base64("short"), "sha256 " + base64("ABC"), std::string(5000, 'a')}) {
    Exchange{"POST",
             kParts,
             {{"Tus-Resumable", kVersion}, {"Upload-Length", "1"}, {"Upload-Metadata", metadata}},
             std::nullopt,
             400,
             {},
             "upload_metadata_malformed"}
        .run(*intake.api);
    ++cases;
  }

  CHECK(cases == 6);
}

TEST_CASE("the whole body may come with the POST that makes the upload") {
  IntakeFixture intake;
  const std::string bytes = "all at once";

  const HttpResponse response =
      Exchange{"POST",
               kParts,
               {{"Tus-Resumable", kVersion}, {"Upload-Length", "11"}, {"Content-Type", kChunk}},
               bytes,
               201,
               {{"Upload-Offset", "11"}},
               ""}
          .run(*intake.api);

  check_offset(*intake.api, header_of(response, "Location"), 11);
}

TEST_CASE("the first bytes may come with the POST and the others after it") {
  IntakeFixture intake;
  const HttpResponse response =
      Exchange{"POST",
               kParts,
               {{"Tus-Resumable", kVersion}, {"Upload-Length", "11"}, {"Content-Type", kChunk}},
               "hello",
               201,
               {{"Upload-Offset", "5"}},
               ""}
          .run(*intake.api);
  const std::string path = header_of(response, "Location");

  Exchange{"PATCH", path, patch_headers(5), " world", 204, {{"Upload-Offset", "11"}}, ""}.run(
      *intake.api);
}

TEST_CASE("a checksum that fits lets the chunk in, sha1 or sha256") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 22);

  Exchange{"PATCH",
           path,
           patch_headers(0, {{"Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}}),
           "hello world",
           204,
           {{"Upload-Offset", "11"}},
           ""}
      .run(*intake.api);
  Exchange{"PATCH",
           path,
           patch_headers(
               11, {{"Upload-Checksum", "sha256 " + base64(sha256_of(bytes_of("hello world")))}}),
           "hello world",
           204,
           {{"Upload-Offset", "22"}},
           ""}
      .run(*intake.api);
}

TEST_CASE("a chunk with the wrong checksum is dropped with 460 and may be sent again") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 11);
  const Fields headers =
      patch_headers(0, {{"Upload-Checksum", "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}});

  Exchange{"PATCH", path, headers, "hello_world", 460, {}, "upload_checksum_mismatch"}.run(
      *intake.api);
  check_offset(*intake.api, path, 0);
  Exchange{"PATCH", path, headers, "hello world", 204, {{"Upload-Offset", "11"}}, ""}.run(
      *intake.api);
  CHECK(intake.part_folder->list_uploads().size() == 1);
}

TEST_CASE("a checksum that cannot be read, or of another kind, is refused with 400") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 11);
  int cases = 0;

  for (const std::string checksum : {"", "sha1", "sha1 ", "sha1 !!!",
                                     "sha1 YQ==", "md5 XrY7u+Ae7tCTyyK7j1rNww==", "sha1  Kq5s"}) {
    Exchange{"PATCH",
             path,
             patch_headers(0, {{"Upload-Checksum", checksum}}),
             "hello world",
             400,
             {},
             "upload_checksum_malformed"}
        .run(*intake.api);
    ++cases;
  }

  CHECK(cases == 7);
  check_offset(*intake.api, path, 0);
}

TEST_CASE("more bytes than announced are refused with 413 and none of them is kept") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 5);

  Exchange{"PATCH", path, patch_headers(0), "123456", 413, {}, "too_large"}.run(*intake.api);

  check_offset(*intake.api, path, 0);
}

TEST_CASE("what arrived before the connection broke is kept, unless a checksum covers it") {
  IntakeFixture intake;
  const std::string id = create(*intake.api, 10).substr(std::string(kParts).size() + 1);
  BrokenSource plain("1234567890", 4, SourceEnd::broken);
  BrokenSource covered("567890", 3, SourceEnd::broken);

  const Result<UploadStatus> first = intake.parts->append(id, 0, {&plain, std::nullopt});
  const Result<UploadStatus> second =
      intake.parts->append(id, 4, {&covered, UploadChunk::Checksum{DigestKind::sha256, Bytes(32)}});

  CHECK(first.error().code == ErrorCode::request_incomplete);
  CHECK(second.error().code == ErrorCode::request_incomplete);
  CHECK(intake.parts->status(id).value().offset_bytes == 4);
}

TEST_CASE("an upload goes on after a restart where it stood") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string bytes = "hello world";
  const std::string path =
      create(*intake.api, 11, {{"Upload-Metadata", metadata_of(applicant.kid(), bytes)}});
  Exchange{"PATCH", path, patch_headers(0), "hello", 204, {}, ""}.run(*intake.api);

  intake.reopen();

  check_offset(*intake.api, path, 5);
  Exchange{"PATCH", path, patch_headers(5), " world", 204, {{"Upload-Offset", "11"}}, ""}.run(
      *intake.api);
  CHECK(intake.part_folder->list_parts() == std::vector{sha256_hex_of(bytes_of(bytes))});
  CHECK(intake.part_folder->list_uploads().empty());
}

TEST_CASE("bytes that do not have the announced digest are refused and dropped") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string path =
      create(*intake.api, 5, {{"Upload-Metadata", metadata_of(applicant.kid(), "right")}});

  Exchange{"PATCH", path, patch_headers(0), "wrong", 422, {}, "upload_digest_mismatch"}.run(
      *intake.api);

  Exchange{"HEAD", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {}, ""}.run(*intake.api);
  CHECK(intake.part_folder->list_parts().empty());
  CHECK(intake.part_folder->list_uploads().empty());
}

TEST_CASE("an empty chunk on a complete upload changes nothing and is no error") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 5);
  Exchange{"PATCH", path, patch_headers(0), "12345", 204, {}, ""}.run(*intake.api);

  Exchange{"PATCH", path, patch_headers(5), "", 204, {{"Upload-Offset", "5"}}, ""}.run(*intake.api);
  Exchange{"PATCH", path, patch_headers(5), "6", 413, {}, "too_large"}.run(*intake.api);
  check_offset(*intake.api, path, 5);
}

TEST_CASE("DELETE ends an upload") {
  IntakeFixture intake;
  const std::string path = create(*intake.api, 5);

  Exchange{"DELETE",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           204,
           {{"Tus-Resumable", "1.0.0"}},
           ""}
      .run(*intake.api);

  Exchange{"HEAD", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {}, ""}.run(*intake.api);
  Exchange{"PATCH", path, patch_headers(0), "1", 404, {}, "not_found"}.run(*intake.api);
}

TEST_CASE("X-HTTP-Method-Override is the method that counts") {
  IntakeFixture intake;
  Api& api = *intake.api;
  const std::string path = create(api, 5);
  const auto with = [](const char* method, Fields headers) {
    headers.emplace_back("X-HTTP-Method-Override", method);
    return headers;
  };

  Exchange{"POST",
           path,
           with("HEAD", {{"Tus-Resumable", kVersion}}),
           std::nullopt,
           200,
           {{"Upload-Offset", "0"}},
           ""}
      .run(api);
  Exchange{"POST", path, with("PATCH", patch_headers(0)), "12345", 204, {{"Upload-Offset", "5"}},
           ""}
      .run(api);
  Exchange{"POST", path, with("DELETE", {{"Tus-Resumable", kVersion}}), std::nullopt, 204, {}, ""}
      .run(api);
  Exchange{"POST",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           405,
           {{"Allow", "OPTIONS, HEAD, PATCH, DELETE"}},
           "method_not_allowed"}
      .run(api);
}

TEST_CASE("an upload says when it expires, and is gone then") {
  PartLimits limits;
  limits.unclaimed_seconds = 60;
  IntakeFixture intake(limits);
  const std::string path = create(*intake.api, 5);

  Exchange{"HEAD",
           path,
           {{"Tus-Resumable", kVersion}},
           std::nullopt,
           200,
           {{"Upload-Expires", "Sat, 21 Nov 2026 09:01:00 GMT"}},
           ""}
      .run(*intake.api);
  intake.clock.advance(61);
  Exchange{"HEAD", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 410, {}, ""}.run(*intake.api);
  REQUIRE(intake.parts->clean_up().ok());
  Exchange{"HEAD", path, {{"Tus-Resumable", kVersion}}, std::nullopt, 404, {}, ""}.run(*intake.api);
}

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
