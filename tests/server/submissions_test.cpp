#include <doctest/doctest.h>

#include <functional>
#include <set>
#include <string>
#include <thread>

#include "server/intake/digest.h"
#include "server/intake/read_log.h"
#include "server/store/open_case_store.h"
#include "shared/codec/base64url.h"
#include "shared/submission/checkpoint.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/submitting.h"

namespace landfall {
namespace {

constexpr const char* kSubmissions = "/api/v1/submissions";
const Fields kJose = {{"Content-Type", "application/jose"}};
const Fields kTar = {{"Content-Type", "application/x-tar"}};

TEST_CASE("a new submission gets a genuine receipt with a case number, the fee and a proof") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});

  const HttpResponse response =
      Exchange{"POST", kSubmissions,
               kJose,  manifest,
               201,    {{"Content-Type", "application/jose"}, {"Cache-Control", "no-store"}},
               ""}
          .run(*intake.api);

  const VerifiedReceipt receipt = verified(intake, response.body_view(), manifest);
  CHECK(receipt.body.case_number == "115550000001");
  CHECK(receipt.body.received_at == "2026-11-21T09:00:00Z");
  CHECK(receipt.body.amount_due == Amount{600, "TWD"});
  REQUIRE(receipt.log.has_value());
  CHECK(receipt.log->tree_size == 1);
}

TEST_CASE("the same submission again gets the same receipt, before and after a restart") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  const Exchange first{"POST", kSubmissions, kJose, manifest, 201, {}, ""};
  const Exchange again{"POST", kSubmissions, kJose, manifest, 200, {}, ""};
  const std::string receipt = first.run(*intake.api).body;

  CHECK(again.run(*intake.api).body == receipt);
  intake.clock.advance(3600);
  intake.reopen();
  CHECK(again.run(*intake.api).body == receipt);
  CHECK(intake.store->log_head().value().tree_size == 1);
}

TEST_CASE("the same id by the same key with another body is refused with 409") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  bring_part(intake, applicant, "other answers");
  Exchange{"POST", kSubmissions, kJose, applicant.manifest(1, {"sealed answers"}), 201, {}, ""}.run(
      *intake.api);

  Exchange{"POST", kSubmissions,         kJose, applicant.manifest(1, {"other answers"}), 409,
           {},     "submission_conflict"}
      .run(*intake.api);

  CHECK(intake.store->log_head().value().tree_size == 1);
}

TEST_CASE("nobody can squat another's submission id") {
  IntakeFixture intake;
  const TestApplicant squatter(1);
  const TestApplicant applicant(2);
  bring_part(intake, squatter, "nonsense");
  bring_part(intake, applicant, "sealed answers");
  Exchange{"POST", kSubmissions, kJose, squatter.manifest(1, {"nonsense"}), 201, {}, ""}.run(
      *intake.api);

  Exchange{"POST", kSubmissions, kJose, applicant.manifest(1, {"sealed answers"}), 201, {}, ""}.run(
      *intake.api);
}

TEST_CASE("missing parts are listed with 409, and the submission is taken once they are here") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string manifest = applicant.manifest(1, {"sealed answers", "sealed photo"});
  bring_part(intake, applicant, "sealed answers");

  const HttpResponse refused =
      Exchange{"POST", kSubmissions, kJose, manifest, 409, {}, "parts_missing"}.run(*intake.api);
  const Json problem = parse_json(refused.body_view()).value();
  bring_part(intake, applicant, "sealed photo");

  const Json* missing = find_member(problem, "missing");
  REQUIRE(missing != nullptr);
  CHECK(*missing == Json::array({sha256_hex_of(bytes_of("sealed photo"))}));
  Exchange{"POST", kSubmissions, kJose, manifest, 201, {}, ""}.run(*intake.api);
}

TEST_CASE("a hundred missing parts still make a problem of at most one kibibyte") {
  IntakeFixture intake;
  std::vector<std::string> parts;
  for (int i = 0; i < 100; ++i) parts.push_back("part " + std::to_string(i));

  const HttpResponse refused =
      Exchange{"POST", kSubmissions, kJose,          TestApplicant(1).manifest(1, parts),
               409,    {},           "parts_missing"}
          .run(*intake.api);

  const Json problem = parse_json(refused.body_view()).value();
  CHECK(member_integer(problem, "missing_count").value() == 100);
}

TEST_CASE("a part that another key brought counts as missing") {
  IntakeFixture intake;
  const TestApplicant owner(1);
  const TestApplicant thief(2);
  bring_part(intake, owner, "sealed answers");

  Exchange{"POST", kSubmissions, kJose,          thief.manifest(1, {"sealed answers"}),
           409,    {},           "parts_missing"}
      .run(*intake.api);
  Exchange{"POST", kSubmissions, kJose, owner.manifest(2, {"sealed answers"}), 201, {}, ""}.run(
      *intake.api);
}

TEST_CASE("a part of another submission of the same key is refused with 409") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  bring_part(intake, applicant, "more answers");
  Exchange{"POST", kSubmissions, kJose, applicant.manifest(1, {"sealed answers"}), 201, {}, ""}.run(
      *intake.api);

  Exchange{
      "POST", kSubmissions,  kJose, applicant.manifest(2, {"more answers", "sealed answers"}), 409,
      {},     "part_claimed"}
      .run(*intake.api);

  CHECK(intake.store->log_head().value().tree_size == 1);
}

TEST_CASE("a part of another size than the manifest says is refused with 422") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(
      1, {"sealed answers"}, [](Manifest& changed) { changed.parts[0].size += 1; });

  Exchange{"POST", kSubmissions, kJose, manifest, 422, {}, "part_size_mismatch"}.run(*intake.api);
}

TEST_CASE("a manifest for another log, form or fee is refused with 422") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const auto refused = [&](const std::function<void(Manifest&)>& change, const char* code) {
    Exchange{"POST", kSubmissions, kJose, applicant.manifest(1, {"sealed answers"}, change),
             422,    {},           code}
        .run(*intake.api);
  };

  refused([](Manifest& manifest) { manifest.aud = "elsewhere.example/log"; }, "audience_mismatch");
  refused([](Manifest& manifest) { manifest.form.digest = std::string(64, 'a'); }, "form_unknown");
  refused([](Manifest& manifest) { manifest.form.version = "2"; }, "form_unknown");
  refused([](Manifest& manifest) { manifest.fee_code = "bargain"; }, "fee_unknown");
  CHECK(intake.store->log_head().value().tree_size == 0);
}

TEST_CASE("hostile manifests are refused with a typed problem and leave nothing behind") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string good = applicant.manifest(1, {"sealed answers"});
  const std::size_t payload = good.find('.') + 1;
  const std::string none = format_base64url(bytes_of(R"({"alg":"none"})"));
  std::string flipped = good;
  flipped[good.size() - 5] = good[good.size() - 5] == 'A' ? 'B' : 'A';
  std::string deep = format_base64url(bytes_of(std::string(60000, '[')));
  const std::vector<std::string> hostile = {
      "",
      ".",
      "..",
      good.substr(0, good.size() / 2),
      good.substr(0, good.rfind('.')),
      none + "." + good.substr(payload),
      none + "." + good.substr(payload, good.rfind('.') - payload) + ".",
      flipped,
      good + "." + good,
      good.substr(0, payload) + deep + good.substr(good.rfind('.')),
      std::string("\xff\xfe\x00\x01", 4),
  };
  int cases = 0;

  for (const std::string& manifest : hostile) {
    HttpRequest request;
    request.method = "POST";
    request.path = kSubmissions;
    request.headers = {{"Content-Type", "application/jose"}};
    MemorySource source(bytes_of(manifest));
    request.body = &source;
    const HttpResponse response = intake.api->handle(request);
    INFO("case ", cases, ": ", std::string(response.body_view()));
    CHECK(response.status >= 400);
    CHECK(response.status < 500);
    CHECK(header_of(response, "Content-Type") == "application/problem+json");
    ++cases;
  }

  CHECK(cases == 11);
  CHECK(intake.store->log_head().value().tree_size == 0);
  CHECK(count_files(intake.folder.path() + "/data/uploads") == 0);
}

TEST_CASE("a body beyond the limit is refused, announced or not, before it is read whole") {
  IntakeFixture intake;
  const std::string gigantic(std::size_t{2} << 20, '[');

  Exchange{"POST", kSubmissions, kJose, gigantic, 413, {}, "too_large"}.run(*intake.api);
  Exchange{"POST", kSubmissions, kTar, gigantic, 413, {}, "too_large"}.run(*intake.api);
}

TEST_CASE("a submission of another content type is refused with 415") {
  IntakeFixture intake;
  int cases = 0;

  for (const std::string type : {"", "application/json", "multipart/form-data", "text/plain"}) {
    Exchange{"POST", kSubmissions, {{"Content-Type", type}},  "x",
             415,    {},           "content_type_unsupported"}
        .run(*intake.api);
    ++cases;
  }

  CHECK(cases == 4);
}

TEST_CASE("one tar brings manifest and parts in one request") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string manifest = applicant.manifest(1, {"sealed answers", "sealed photo"});
  const std::string tar = tar_of(manifest, {"sealed answers", "sealed photo"});

  const std::string receipt =
      Exchange{"POST", kSubmissions, kTar, tar, 201, {}, ""}.run(*intake.api).body;

  verified(intake, receipt, manifest);
  CHECK(Exchange{"POST", kSubmissions, kTar, tar, 200, {}, ""}.run(*intake.api).body == receipt);
  CHECK(Exchange{"POST", kSubmissions, kJose, manifest, 200, {}, ""}.run(*intake.api).body ==
        receipt);
  CHECK(intake.part_folder->list_parts().size() == 2);
}

TEST_CASE("a tar with a part that its manifest does not name is refused whole") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  const std::string manifest = applicant.manifest(1, {"sealed answers"});

  Exchange{
      "POST", kSubmissions,          kTar, tar_of(manifest, {"sealed answers", "stowaway"}), 422,
      {},     "part_not_in_manifest"}
      .run(*intake.api);

  CHECK(intake.part_folder->list_parts().empty());
  CHECK(intake.store->log_head().value().tree_size == 0);
}

TEST_CASE("a tar whose part was changed is refused whole") {
  IntakeFixture intake;
  std::string tar = tar_of(TestApplicant(1).manifest(1, {"sealed answers"}), {"sealed answers"});
  tar[tar.find("sealed answers")] = 'S';

  Exchange{"POST", kSubmissions, kTar, tar, 422, {}, "part_digest_mismatch"}.run(*intake.api);

  CHECK(intake.part_folder->list_parts().empty());
}

TEST_CASE("a receipt is read again by who knows the manifest's digest, and by nobody else") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  const std::string receipt =
      Exchange{"POST", kSubmissions, kJose, manifest, 201, {}, ""}.run(*intake.api).body;
  const std::string path = std::string(kSubmissions) + "/" + submission_id_of(1) + "/receipt";
  const std::string digest = sha256_hex_of(bytes_of(manifest));
  const std::string elsewhere = std::string(kSubmissions) + "/" + submission_id_of(2) + "/receipt";

  CHECK(Exchange{"GET", path + "?digest=" + digest, {}, std::nullopt, 200, {}, ""}
            .run(*intake.api)
            .body == receipt);
  std::set<std::string> refusals;
  for (const std::string& wrong :
       {path, path + "?digest=", path + "?digest=" + std::string(64, '0'),
        elsewhere + "?digest=" + digest, path + "?digest=" + digest + "&digest=" + digest}) {
    refusals.insert(
        Exchange{"GET", wrong, {}, std::nullopt, 404, {}, "not_found"}.run(*intake.api).body);
  }
  CHECK(refusals.size() == 1);
}

TEST_CASE("many submissions at once get each a receipt, numbers without gap, one consistent log") {
  IntakeFixture intake;
  constexpr int kThreads = 8;
  constexpr int kEach = 12;
  std::vector<std::thread> threads;
  std::vector<std::vector<std::string>> receipts(kThreads);
  std::vector<std::string> manifests(kThreads * kEach);

  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      const TestApplicant applicant(static_cast<std::uint8_t>(thread));
      for (int i = 0; i < kEach; ++i) {
        const int number = thread * kEach + i;
        const std::string part = "answers " + std::to_string(number);
        static_cast<void>(
            intake.parts->keep_part(applicant.kid(), sha256_hex_of(bytes_of(part)), bytes_of(part))
                .ok());
        manifests[static_cast<std::size_t>(number)] = applicant.manifest(number, {part});
        SubmissionAnswer answer =
            intake.submissions->accept_manifest(manifests[static_cast<std::size_t>(number)]);
        if (answer.issued) {
          receipts[static_cast<std::size_t>(thread)].push_back(answer.issued->receipt);
        }
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<std::string> numbers;
  std::set<std::uint64_t> places;
  for (std::size_t thread = 0; thread < kThreads; ++thread) {
    REQUIRE(receipts[thread].size() == kEach);
    for (std::size_t i = 0; i < kEach; ++i) {
      const VerifiedReceipt receipt =
          verified(intake, receipts[thread][i], manifests[thread * kEach + i]);
      numbers.insert(receipt.body.case_number);
      places.insert(receipt.log->index);
    }
  }
  CHECK(numbers.size() == kThreads * kEach);
  CHECK(*numbers.rbegin() == "115550000096");
  CHECK(places.size() == kThreads * kEach);
  CHECK(intake.store->log_head().value().tree_size == kThreads * kEach);
}

TEST_CASE("the same submission from many threads at once is one case with one receipt") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  std::vector<std::thread> threads;
  std::vector<SubmissionAnswer> answers(16);

  for (SubmissionAnswer& answer : answers) {
    threads.emplace_back([&] { answer = intake.submissions->accept_manifest(manifest); });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<std::string> receipts;
  int new_ones = 0;
  for (const SubmissionAnswer& answer : answers) {
    REQUIRE(answer.issued.has_value());
    receipts.insert(answer.issued->receipt);
    new_ones += answer.issued->is_new ? 1 : 0;
  }
  CHECK(receipts.size() == 1);
  CHECK(new_ones == 1);
}

TEST_CASE("a claimed part outlives its expiry and cannot be removed through its upload") {
  PartLimits limits;
  limits.unclaimed_seconds = 60;
  IntakeFixture intake(limits);
  const TestApplicant applicant(1);
  const std::string bytes = "sealed answers";
  const std::string sha256 = sha256_hex_of(bytes_of(bytes));
  MemorySource source(bytes_of(bytes));
  const UploadChunk chunk{&source, std::nullopt};
  const std::string id =
      intake.parts->create({bytes.size(), "", applicant.kid(), sha256}, &chunk).value().record.id;
  bring_part(intake, applicant, "never claimed");
  REQUIRE(intake.submissions->accept_manifest(applicant.manifest(1, {bytes})).issued);

  CHECK(intake.parts->remove(id).error().code == ErrorCode::part_claimed);
  intake.clock.advance(61);
  REQUIRE(intake.parts->clean_up().ok());

  CHECK(intake.part_folder->list_parts() == std::vector{sha256});
}

TEST_CASE("files that a crash left without a record are removed after the start") {
  IntakeFixture intake;
  bring_part(intake, TestApplicant(1), "known");
  const std::string data = intake.folder.path() + "/data";
  save_text(data + "/uploads/" + std::string(32, 'a'), "half an upload");
  const std::string orphan = sha256_hex_of(bytes_of("orphan"));
  const Result<std::unique_ptr<UploadFile>> file =
      intake.part_folder->open_upload(std::string(32, 'b'));
  REQUIRE(file.ok());
  REQUIRE(intake.part_folder->publish(std::string(32, 'b'), orphan).ok());

  intake.reopen();
  REQUIRE(intake.parts->clean_up().ok());

  CHECK(intake.part_folder->list_uploads().empty());
  CHECK(intake.part_folder->list_parts() == std::vector{sha256_hex_of(bytes_of("known"))});
}

TEST_CASE("the desk's view lists what intake received") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  REQUIRE(intake.submissions->accept_manifest(manifest).issued);

  const Result<std::unique_ptr<CaseStore>> cases = open_case_store(intake.folder.path() + "/data");

  REQUIRE(cases.ok());
  const std::vector<ReceivedCase> list = cases.value()->list_cases(0, 10).value();
  REQUIRE(list.size() == 1);
  CHECK(list[0].manifest == manifest);
  CHECK(cases.value()->find_case("115550000001").value() == list[0]);
  CHECK(cases.value()->find_case(list[0].manifest_sha256).value() == list[0]);
  CHECK_FALSE(cases.value()->find_case("999").value().has_value());
  std::string bytes;
  REQUIRE(cases.value()
              ->read_part(sha256_hex_of(bytes_of("sealed answers")),
                          [&](ByteView piece) { bytes += text_of(piece); })
              .ok());
  CHECK(bytes == "sealed answers");
}

TEST_CASE("checkpoint and proofs of the log verify") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  for (int i = 1; i <= 5; ++i) {
    bring_part(intake, applicant, "answers " + std::to_string(i));
    REQUIRE(
        intake.submissions->accept_manifest(applicant.manifest(i, {"answers " + std::to_string(i)}))
            .issued);
  }

  const HttpResponse note =
      Exchange{"GET", "/api/v1/log/checkpoint", {}, std::nullopt, 200, {}, ""}.run(*intake.api);

  const Ed25519PublicKey key = intake.keys.keys().receipt.public_key();
  const Result<Checkpoint> checkpoint = verify_checkpoint(note.body_view(), kTestOrigin, {&key, 1});
  REQUIRE(checkpoint.ok());
  CHECK(checkpoint.value().size == 5);
  Exchange{"GET", "/api/v1/log/proof/2?size=5", {}, std::nullopt, 200, {}, ""}.run(*intake.api);
  Exchange{"GET", "/api/v1/log/proof/5?size=5", {}, std::nullopt, 404, {}, "not_found"}.run(
      *intake.api);
  Exchange{"GET", "/api/v1/log/proof/0?size=6", {}, std::nullopt, 404, {}, "not_found"}.run(
      *intake.api);
  Exchange{"GET", "/api/v1/log/proof/x?size=5", {}, std::nullopt, 400, {}, "request_malformed"}.run(
      *intake.api);
  Exchange{"GET", "/api/v1/log/consistency?from=2&to=5", {}, std::nullopt, 200, {}, ""}.run(
      *intake.api);
  Exchange{"GET", "/api/v1/log/consistency?from=0&to=5", {}, std::nullopt, 404, {}, "not_found"}
      .run(*intake.api);
}

}  // namespace
}  // namespace landfall
