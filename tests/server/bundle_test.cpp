#include <doctest/doctest.h>

#include <string>

#include "server/intake/digest.h"
#include "server/intake/receive_bundle.h"
#include "shared/codec/tar.h"
#include "shared/submission/bundle.h"
#include "tests/server/support/exchange.h"
#include "tests/server/support/intake_fixture.h"
#include "tests/server/support/submitting.h"

namespace landfall {
namespace {

constexpr const char* kSubmissions = "/api/v1/submissions";
const Fields kJose = {{"Content-Type", "application/jose"}};
const Fields kTar = {{"Content-Type", "application/x-tar"}};

// Bytes in pieces of a size that fits nothing, to an early end where `broken_after` says so.
class PiecewiseSource final : public ByteSource {
 public:
  PiecewiseSource(std::string_view bytes, std::size_t piece_bytes, std::size_t broken_after)
      : bytes_(bytes), piece_bytes_(piece_bytes), broken_after_(broken_after) {}

  SourceEnd read(const std::function<bool(ByteView)>& receive) override {
    const std::string_view sent = bytes_.substr(0, broken_after_);
    for (std::size_t at = 0; at < sent.size(); at += piece_bytes_) {
      if (!receive(bytes_of(sent.substr(at, piece_bytes_)))) return SourceEnd::refused;
    }
    return sent.size() == bytes_.size() ? SourceEnd::complete : SourceEnd::broken;
  }
  [[nodiscard]] std::optional<std::uint64_t> declared_bytes() const override {
    return bytes_.size();
  }

 private:
  std::string_view bytes_;
  std::size_t piece_bytes_;
  std::size_t broken_after_;
};

constexpr const char* kBundles = "/api/v1/bundles";

TEST_CASE("a bundle carried by hand and the same submission sent online are one case") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  // One part that fits a piece exactly, one that needs several, one of a few bytes.
  const std::string large(std::size_t{9} << 20, 'l');
  const std::string exact(std::size_t{4} << 20, 'e');
  const std::string manifest = applicant.manifest(1, {"sealed answers", large, exact});
  const std::string tar = tar_of(manifest, {"sealed answers", large, exact});

  const std::string receipt =
      Exchange{"POST", kBundles, kTar, tar, 201, {}, ""}.run(*intake.api).body;

  verified(intake, receipt, manifest);
  CHECK(Exchange{"POST", kBundles, kTar, tar, 200, {}, ""}.run(*intake.api).body == receipt);
  CHECK(Exchange{"POST", kSubmissions, kJose, manifest, 200, {}, ""}.run(*intake.api).body ==
        receipt);
  CHECK(intake.part_folder->list_parts().size() == 3);
  CHECK(count_files(intake.folder.path() + "/data/uploads") == 0);
  CHECK(intake.store->log_head().value().tree_size == 1);
}

TEST_CASE("a bundle is taken however its bytes are cut, with what is here already passed over") {
  const TestApplicant applicant(1);
  const std::string photo(70000, 'p');
  const std::string manifest = applicant.manifest(1, {"sealed answers", photo});
  const std::string tar = tar_of(manifest, {"sealed answers", photo});
  int cases = 0;

  for (const std::size_t piece : {1U, 7U, 511U, 512U, 513U, 4096U, 65537U}) {
    IntakeFixture intake;
    if (piece % 2 == 0) bring_part(intake, applicant, photo);
    PiecewiseSource source(tar, piece, tar.size());
    const SubmissionAnswer answer =
        ReceiveBundle(*intake.submissions, *intake.parts).receive(source);
    INFO("pieces of ", piece);
    REQUIRE(answer.issued.has_value());
    verified(intake, answer.issued->receipt, manifest);
    CHECK(intake.part_folder->list_parts().size() == 2);
    ++cases;
  }

  CHECK(cases == 7);
}

TEST_CASE("a bundle that breaks off anywhere is no case, leaves no half, and can be sent again") {
  const std::string photo(3000, 'p');
  const std::string manifest = TestApplicant(1).manifest(1, {"sealed answers", photo});
  const std::string tar = tar_of(manifest, {"sealed answers", photo});
  int cases = 0;

  for (std::size_t end = 0; end < tar.size(); end += 397) {
    IntakeFixture intake;
    PiecewiseSource source(tar, 4096, end);
    const SubmissionAnswer answer =
        ReceiveBundle(*intake.submissions, *intake.parts).receive(source);
    INFO("broken after ", end);
    CHECK(!answer.issued.has_value());
    CHECK(answer.refusal.error.code == ErrorCode::request_incomplete);
    CHECK(count_files(intake.folder.path() + "/data/uploads") == 0);
    CHECK(intake.store->log_head().value().tree_size == 0);
    Exchange{"POST", kBundles, kTar, tar, 201, {}, ""}.run(*intake.api);
    ++cases;
  }

  CHECK(cases > 15);
}

TEST_CASE("a bundle without its end is refused, however much of it is there") {
  const std::string manifest = TestApplicant(1).manifest(1, {"sealed answers"});
  const std::string tar = tar_of(manifest, {"sealed answers"});
  int cases = 0;

  for (std::size_t end = 0; end < tar.size(); end += 397) {
    IntakeFixture intake;
    Exchange{"POST", kBundles, kTar, tar.substr(0, end), 400, {}, "tar_malformed"}.run(*intake.api);
    CHECK(intake.store->log_head().value().tree_size == 0);
    ++cases;
  }

  CHECK(cases > 8);
}

TEST_CASE("a bundle of a large part that breaks off leaves no upload behind") {
  IntakeFixture intake;
  const std::string large(std::size_t{9} << 20, 'l');
  const std::string tar = tar_of(TestApplicant(1).manifest(1, {large}), {large});
  PiecewiseSource source(tar, std::size_t{1} << 20, std::size_t{6} << 20);

  const SubmissionAnswer answer = ReceiveBundle(*intake.submissions, *intake.parts).receive(source);

  CHECK(!answer.issued.has_value());
  CHECK(count_files(intake.folder.path() + "/data/uploads") == 0);
  CHECK(intake.part_folder->list_parts().empty());
}

TEST_CASE("a bundle that says something wrong is refused with its reason") {
  const TestApplicant applicant(1);
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  const std::string good = tar_of(manifest, {"sealed answers"});
  std::string changed = good;
  changed[changed.find("sealed answers")] = 'S';
  std::string forged = good;
  const std::size_t signature = forged.find(manifest) + manifest.size() - 5;
  forged[signature] = forged[signature] == 'A' ? 'B' : 'A';
  std::string hidden = good;
  hidden[hidden.size() - 1] = 'x';
  const std::string elsewhere = tar_of(
      applicant.manifest(1, {"sealed answers"}, [](Manifest& m) { m.aud = "x.example/log"; }),
      {"sealed answers"});
  const auto parts_first = [&] {
    const std::string name = bundle_part_name(sha256_hex_of(bytes_of("sealed answers")));
    return std::string(text_of(
        write_tar({{name, bytes_of("sealed answers")}, {"manifest.jws", bytes_of(manifest)}})
            .value()));
  };
  const struct {
    std::string tar;
    int status;
    const char* code;
  } cases[] = {
      {"", 400, "tar_malformed"},
      {std::string(1024, '\0'), 400, "bundle_malformed"},
      {std::string(4096, 'x'), 400, "tar_malformed"},
      {good.substr(0, good.size() - 512), 400, "tar_malformed"},
      {hidden, 400, "tar_malformed"},
      {parts_first(), 400, "bundle_malformed"},
      {forged, 401, "manifest_signature_wrong"},
      {elsewhere, 422, "audience_mismatch"},
      {tar_of(manifest, {"sealed answers", "stowaway"}), 422, "part_not_in_manifest"},
      {tar_of(manifest, {}), 409, "parts_missing"},
      {changed, 422, "part_digest_mismatch"},
  };
  int count = 0;

  for (const auto& wrong : cases) {
    IntakeFixture intake;
    INFO("case ", count);
    Exchange{"POST", kBundles, kTar, wrong.tar, wrong.status, {}, wrong.code}.run(*intake.api);
    CHECK(count_files(intake.folder.path() + "/data/uploads") == 0);
    CHECK(intake.store->log_head().value().tree_size == 0);
    ++count;
  }

  CHECK(count == 11);
}

TEST_CASE("a bundle of another content type is refused with 415") {
  IntakeFixture intake;

  Exchange{"POST", kBundles, kJose, "x", 415, {}, "content_type_unsupported"}.run(*intake.api);
}

TEST_CASE("a bundle whose parts are all here is a case, whatever became of the rest of it") {
  IntakeFixture intake;
  const TestApplicant applicant(1);
  bring_part(intake, applicant, "sealed answers");
  const std::string manifest = applicant.manifest(1, {"sealed answers"});
  std::string damaged = tar_of(manifest, {"sealed answers"});
  damaged[damaged.find("sealed answers")] = 'S';

  const std::string receipt =
      Exchange{"POST", kBundles, kTar, damaged, 201, {}, ""}.run(*intake.api).body;

  verified(intake, receipt, manifest);
}

}  // namespace
}  // namespace landfall
