#include "tests/shared/form/whole_application.h"

#include <doctest/doctest.h>

#include <utility>

#include "shared/codec/canonical_json.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

Json parsed(std::string_view text) {
  Result<Json> json = parse_json(text);
  INFO(text);
  REQUIRE(json.ok());
  return std::move(json).value();
}

Json one_file() {
  const Json file = {
      {"file_name", "a.jpg"}, {"media_type", "image/jpeg"}, {"size", 1000}, {"sha256", "00"}};
  return Json::array({file});
}

}  // namespace

WholeApplication::WholeApplication(const std::string& form_id, std::string_view answers)
    : answers_(parsed(answers)) {
  Result<Package> package = package_of_sources(sources_of(form_id));
  REQUIRE(package.ok());
  package_ = std::move(package).value();
}

OpenForm WholeApplication::open(std::string_view change, std::string_view as_of) const {
  Json answers = answers_;
  const Json changes = parsed(change);
  for (const auto& [name, value] : changes.items()) answers[name] = value;
  const Json given = answers;
  for (const auto& [name, value] : given.items()) {
    if (value.is_string() && text_value(value) == "file") answers[name] = one_file();
  }
  Json options = {{"as_of", std::string(as_of)}, {"time_zone", "Asia/Taipei"}};
  options["answers"] = std::move(answers);
  Result<OpenForm> form = open_form_on(package_, write_canonical_json(options).value());
  INFO(error_name(form.ok() ? ErrorCode::internal : form.error().code));
  REQUIRE(form.ok());
  return std::move(form).value();
}

std::string WholeApplication::findings(std::string_view change, std::string_view as_of) const {
  return findings_of(open(change, as_of));
}

}  // namespace landfall
