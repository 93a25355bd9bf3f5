#include "shared/submission/verdict.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/build_list.h"
#include "shared/submission/bundle.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/message.h"
#include "shared/submission/package_signature.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

constexpr std::string_view kPackage = R"({"form":{}})";

VerificationTrust sample_trust() {
  VerificationTrust trust;
  trust.root = agency_key().public_key();
  trust.now = "2026-11-21T08:00:00Z";
  return trust;
}

std::string package_signature() {
  return sign_package({std::string(kAudience), "tac", "2026.1",
                       format_hex(sha256(bytes_of(kPackage))), true},
                      agency_key())
      .value();
}

VerificationTrust trust_with_index() {
  VerificationTrust trust = sample_trust();
  Index index = sample_index();
  index.packages = {{"tac", "2026.1", format_hex(sha256(bytes_of(kPackage))), kPackage.size(),
                     package_signature()}};
  index.receipt_keys = {
      {receipt_key().public_key(), "2026-01-01T00:00:00Z", "2027-12-31T00:00:00Z"}};
  trust.index = index;
  return trust;
}

std::string sample_receipt() {
  const ReceiptBody body = sample_receipt_body();
  return sign_receipt(body, sample_log(body, 5, 11), receipt_certificate(), receipt_key()).value();
}

std::string sample_checkpoint() {
  return sign_checkpoint({std::string(kAudience), 3, sha256(bytes_of("root")), {}}, receipt_key())
      .value();
}

std::string sample_desk_message() {
  const SigningKey desk = sample_key(11);
  const std::string certificate =
      sign_certificate({std::string(kAudience), CertificateRole::desk, desk.public_key(),
                        "2026-01-01T00:00:00Z", "2027-12-31T23:59:59Z", true},
                       agency_key())
          .value();
  return sign_message({std::string(kAudience), digest_of('a'), 1, "2026-11-22T08:00:00Z",
                       MessageKind::opened},
                      certificate, desk)
      .value();
}

std::string sample_build_list() {
  return sign_build_list({std::string(kAudience),
                          "2026-11-21T00:00:00Z",
                          true,
                          {{"index.html", 3, digest_of('a')}}},
                         agency_key())
      .value();
}

Verdict judge(std::string_view content, const VerificationTrust& trust = trust_with_index()) {
  return judge_content(bytes_of(content), trust);
}

// "shape+ certified+ signature- key_time?": what was looked at, in a line.
std::string told(const Verdict& verdict) {
  std::string line;
  for (const VerificationStep& step : verdict.steps) {
    if (!line.empty()) line += ' ';
    line += step.name;
    line += std::string_view("+-?")[static_cast<std::size_t>(step.state)];
  }
  return line;
}

TEST_CASE("content of each kind is recognised and found genuine, step by step") {
  struct Row {
    std::string content;
    std::string_view kind;
    std::string_view steps;
  };
  const std::vector<Row> rows = {
      {sample_receipt(), "receipt",
       "shape+ certified+ revocation+ signature+ key_time+ log_place+"},
      {sample_desk_message(), "message", "shape+ certified+ revocation+ signature+ key_time+"},
      {sample_checkpoint(), "checkpoint", "shape+ certified+ revocation+ signature+"},
      {sign_index(sample_index(), agency_key()).value(), "index", "shape+ signature+"},
      {sample_build_list(), "build", "shape+ signature+ audience+ files?"},
      {receipt_certificate(), "certificate", "shape+ signature+"},
      {sign_manifest(sample_manifest(), sample_key(1)).value(), "submission",
       "shape+ signature+ audience+"},
      {std::string(kPackage), "package", "listed+ shape+ signature+ digest+"}};
  std::size_t judged = 0;
  for (const Row& row : rows) {
    const Verdict verdict = judge(row.content);

    CHECK(verdict.kind == row.kind);
    CHECK_MESSAGE(verdict.genuine(), row.kind);
    CHECK(told(verdict) == row.steps);
    ++judged;
  }
  CHECK(judged == 8);
}

TEST_CASE("what follows the step that failed was not looked at") {
  const ReceiptBody body = sample_receipt_body();
  const std::string uncertified =
      sign_receipt(body, sample_log(body, 5, 11), receipt_certificate(), sample_key(8)).value();

  const Verdict verdict = judge(uncertified);

  CHECK_FALSE(verdict.genuine());
  CHECK(verdict.refusal == ErrorCode::receipt_not_genuine);
  CHECK(told(verdict) == "shape+ certified+ revocation+ signature- key_time? log_place?");
}

TEST_CASE("without an index, what it alone could tell is said not to be looked at") {
  CHECK(told(judge(sample_receipt(), sample_trust())) ==
        "shape+ certified+ revocation? signature+ key_time+ log_place+");
  const std::string short_receipt =
      sign_short_receipt(sample_receipt_body(), kAudience, receipt_key()).value();
  std::size_t undecided = 0;
  for (const std::string& content : {sample_checkpoint(), std::string(kPackage), short_receipt}) {
    const Verdict verdict = judge(content, sample_trust());
    CHECK_FALSE(verdict.genuine());
    CHECK(verdict.needs_index);
    ++undecided;
  }
  CHECK(undecided == 3);
}

TEST_CASE(
    "a revoked key, another submission and an unlisted package are each told for themselves") {
  VerificationTrust revoking = trust_with_index();
  revoking.index->revoked = {receipt_key().kid()};
  CHECK(told(judge(sample_receipt(), revoking)) ==
        "shape+ certified+ revocation- signature? key_time? log_place?");
  CHECK(judge(sample_checkpoint(), revoking).refusal == ErrorCode::receipt_key_revoked);

  VerificationTrust expecting = trust_with_index();
  expecting.manifest_sha256 = digest_of('f');
  CHECK(told(judge(sample_receipt(), expecting)) ==
        "shape+ certified+ revocation+ signature+ key_time+ log_place+ submission_expected-");
  expecting.manifest_sha256 = sample_receipt_body().manifest_sha256;
  CHECK(told(judge(sample_receipt(), expecting)).ends_with("submission_expected+"));

  const Verdict other = judge(R"({"form":{"other":1}})");
  CHECK(other.refusal == ErrorCode::package_digest_differs);
  CHECK_FALSE(other.needs_index);
  CHECK(told(other) == "listed- shape? signature? digest?");
}

TEST_CASE("a bundle says which of its parts are missing, and nothing of one that is damaged") {
  const Bytes answers(4000, 'a');
  const Bytes photo(900, 'p');
  Manifest manifest = sample_manifest();
  manifest.parts = {{PartRole::answers, format_hex(sha256(answers)), answers.size()},
                    {PartRole::attachment, format_hex(sha256(photo)), photo.size()}};
  const std::string signed_manifest = sign_manifest(manifest, sample_key(1)).value();
  const auto bundle = [&](const std::vector<ByteView>& parts) {
    return write_bundle(signed_manifest, parts).value();
  };

  const Verdict whole = judge_bundle(bundle({answers, photo}), sample_trust());
  const Verdict lacking = judge_bundle(bundle({answers}), sample_trust());
  Bytes damaged = bundle({answers, photo});
  damaged[damaged.size() - 1024 - 200] ^= 1;
  const Verdict broken = judge_bundle(ByteView(damaged).first(damaged.size() - 3), sample_trust());

  CHECK(told(whole) == "archive+ parts+ shape+ signature+ audience+ complete+");
  CHECK(told(lacking) == "archive+ parts+ shape+ signature+ audience+ complete-");
  CHECK(lacking.refusal == ErrorCode::parts_missing);
  const Json wanted =
      Json::array({{{"sha256", manifest.parts[1].sha256}, {"size", manifest.parts[1].size}}});
  CHECK(*find_member(lacking.facts, "missing") == wanted);
  CHECK(told(broken) == "archive- parts? shape? signature? audience? complete?");
  CHECK(broken.facts == Json::object());
}

TEST_CASE("what is no document of ours is called that") {
  const std::vector<std::string> contents = {"",
                                             "a photo, say",
                                             std::string(3000, '\0'),
                                             "\xff\xfe"
                                             "a.b.c",
                                             "..",
                                             "x.y.z",
                                             "\xef\xbb\xbf"};
  std::size_t refused = 0;
  for (const std::string& content : contents) {
    const Verdict verdict = judge(content);
    if (!verdict.genuine() && verdict.kind == "document" && verdict.steps.empty()) ++refused;
  }
  CHECK(refused == contents.size());
  const Verdict request =
      judge(signed_payload(document_type::kRequest, Json::object(), agency_key()));
  CHECK(request.refusal == ErrorCode::jws_type_wrong);
}

TEST_CASE("a document with any character changed is not genuine, and its verdict can be written") {
  std::size_t refused = 0;
  std::size_t tried = 0;
  for (const std::string& good : {sample_receipt(), sample_checkpoint(), sample_build_list()}) {
    for (std::size_t at = 0; at < good.size(); at += 11) {
      std::string changed = good;
      changed[at] = changed[at] == 'A' ? 'B' : 'A';
      const Verdict verdict = judge(changed);
      if (!verdict.genuine() && write_canonical_json(verdict_json(verdict)).ok()) ++refused;
      ++tried;
    }
  }
  CHECK(tried > 100);
  CHECK(refused == tried);
}

}  // namespace
}  // namespace landfall
