#include <doctest/doctest.h>

#include <string>

#include "server/intake/digest.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/tus_client.h"

namespace landfall {
namespace {

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

}  // namespace
}  // namespace landfall
