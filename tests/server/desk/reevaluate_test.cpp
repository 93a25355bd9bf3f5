// The desk says where its engine and the applicant's differ, and tells no answers doing so.

#include "server/desk/reevaluate.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "shared/codec/hex.h"
#include "shared/form/publish.h"
#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

std::string digest_of_bytes(ByteView bytes) { return format_hex(sha256(bytes)); }

// A form of two questions: a name that must be given, and an age below 120.
PublishedPackage visit_form() {
  PackageSources sources;
  sources.form = R"json({
    "settings": {"form_id": "visit", "version": "1", "default_language": "en", "title": "title"},
    "survey": [
      {"type": "text", "name": "full_name", "label": "name", "required": "true()"},
      {"type": "integer", "name": "age", "label": "age", "constraint": ". < 120"}],
    "choices": []})json";
  sources.documents = "{}";
  sources.workflow = "{}";
  sources.fees = R"({"currency": "TWD", "rows": [
    {"code": "CHILD", "when": "${age} < 18", "amount": "0"},
    {"code": "ADULT", "when": "${age} >= 18", "amount": "600"}]})";
  sources.locales = {{"en", R"({"title": "Visit", "name": "Name", "age": "Age"})", ""}};
  Result<PublishedPackage> published = publish_package(sources, digest_of_bytes);
  REQUIRE(published.ok());
  return published.value();
}

StatedVerdict agreed() {
  StatedVerdict stated;
  stated.form_id = "visit";
  stated.form_version = "1";
  stated.package_digest = visit_form().digest;
  stated.as_of = "2026-11-21";
  stated.time_zone = "Asia/Taipei";
  stated.answers = R"({"age":17,"full_name":"CHAN TAI MAN"})";
  stated.status = "complete";
  stated.fee_code = "CHILD";
  return stated;
}

std::vector<std::string> differences(const StatedVerdict& stated) {
  Result<std::vector<Difference>> found = reevaluate(bytes_of(visit_form().bytes), stated);
  REQUIRE(found.ok());
  std::vector<std::string> names;
  for (const Difference& difference : found.value()) names.push_back(difference.what);
  return names;
}

bool holds(const std::vector<std::string>& names, std::string_view wanted) {
  return std::find(names.begin(), names.end(), wanted) != names.end();
}

TEST_CASE("a verdict that both engines share has no differences") {
  CHECK(differences(agreed()).empty());
}

TEST_CASE("a verdict of complete over a missing answer is a difference of status and finding") {
  StatedVerdict stated = agreed();
  stated.answers = R"({"age":17})";

  const std::vector<std::string> names = differences(stated);

  CHECK(holds(names, "status"));
  CHECK(holds(names, "finding required at full_name"));
}

TEST_CASE("a finding that this engine does not have is a difference") {
  StatedVerdict stated = agreed();
  stated.findings = {{"age", "A-01", {}, Severity::warning}};

  CHECK(differences(stated) == std::vector<std::string>{"finding A-01 at age"});
}

TEST_CASE("a finding that the applicant's engine did not state is a difference") {
  StatedVerdict stated = agreed();
  stated.answers = R"({"age":130,"full_name":"CHAN TAI MAN"})";
  stated.status = "incomplete";
  stated.fee_code = "ADULT";

  CHECK(differences(stated) == std::vector<std::string>{"finding constraint at age"});
}

TEST_CASE("another fee, another form and other canonical answers are differences") {
  StatedVerdict fee = agreed();
  fee.fee_code = "ADULT";
  StatedVerdict form = agreed();
  form.form_version = "2";
  StatedVerdict answers = agreed();
  answers.answers = R"({"age":"17","full_name":"CHAN TAI MAN"})";

  CHECK(differences(fee) == std::vector<std::string>{"fee_code"});
  CHECK(differences(form) == std::vector<std::string>{"form_version"});
  CHECK(holds(differences(answers), "answers"));
}

TEST_CASE("a package with another digest is not evaluated") {
  StatedVerdict stated = agreed();
  stated.package_digest = std::string(64, '0');

  Result<std::vector<Difference>> found = reevaluate(bytes_of(visit_form().bytes), stated);

  REQUIRE_FALSE(found.ok());
  CHECK(found.error().code == ErrorCode::package_digest_differs);
}

}  // namespace
}  // namespace landfall
