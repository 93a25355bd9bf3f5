#include "shared/submission/bundle.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "shared/codec/hex.h"
#include "shared/codec/tar.h"
#include "shared/sealing/primitives.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

const Bytes kAnswers(4000, 'a');
const Bytes kPhoto(90000, 'p');

Manifest bundled_manifest() {
  Manifest manifest = sample_manifest();
  manifest.parts = {{PartRole::answers, format_hex(sha256(kAnswers)), kAnswers.size()},
                    {PartRole::attachment, format_hex(sha256(kPhoto)), kPhoto.size()}};
  return manifest;
}

Bytes bundle_of(const std::vector<ByteView>& parts) {
  const std::string manifest = sign_manifest(bundled_manifest(), sample_key(1)).value();
  return write_bundle(manifest, parts).value();
}

TEST_CASE("a bundle brings the manifest and all of its parts") {
  const Bytes archive = bundle_of({kAnswers, kPhoto});

  const Result<Bundle> bundle = parse_bundle(archive);

  REQUIRE(bundle.ok());
  const Result<VerifiedManifest> manifest = verify_manifest(bundle.value().manifest, kAudience);
  REQUIRE(manifest.ok());
  CHECK(check_bundle(bundle.value(), manifest.value().manifest).ok());
  CHECK(bundle.value().parts.size() == 2);
}

TEST_CASE("a bundle without a listed part, or with another one, is refused") {
  const Bytes other(10, 'x');
  const Bytes missing = bundle_of({kAnswers});
  const Bytes strange = bundle_of({kAnswers, kPhoto, other});

  CHECK(check_bundle(parse_bundle(missing).value(), bundled_manifest()).error().code ==
        ErrorCode::parts_missing);
  CHECK(check_bundle(parse_bundle(strange).value(), bundled_manifest()).error().code ==
        ErrorCode::part_not_in_manifest);
}

TEST_CASE("a part that was changed no longer has its name") {
  Bytes archive = bundle_of({kAnswers, kPhoto});
  // The photo's bytes lie before its padding and the two blocks of the end.
  archive[archive.size() - 5000] ^= 1;

  CHECK(parse_bundle(archive).error().code == ErrorCode::part_digest_mismatch);
}

TEST_CASE("the manifest comes first, and every other file is a part") {
  const std::string part = bundle_part_name(format_hex(sha256(kAnswers)));
  const Bytes late = write_tar({{part, kAnswers}, {kBundleManifestName, kAnswers}}).value();
  const Bytes named = write_tar({{kBundleManifestName, kAnswers}, {"other", kAnswers}}).value();
  const Bytes empty = write_tar({}).value();

  CHECK(parse_bundle(late).error().code == ErrorCode::bundle_malformed);
  CHECK(parse_bundle(named).error().code == ErrorCode::bundle_malformed);
  CHECK(parse_bundle(empty).error().code == ErrorCode::bundle_malformed);
  CHECK(parse_bundle(ByteView(late).first(100)).error().code == ErrorCode::tar_malformed);
}

TEST_CASE("a part's name is its folder and its digest") {
  CHECK(parse_bundle_part_name("parts/" + digest_of('a')) == digest_of('a'));
  CHECK_FALSE(parse_bundle_part_name("parts/" + digest_of('A')).has_value());
  CHECK_FALSE(parse_bundle_part_name(digest_of('a')).has_value());
  CHECK_FALSE(parse_bundle_part_name("parts/../" + digest_of('a')).has_value());
}

}  // namespace
}  // namespace landfall
