#include "tests/scenarios/scenario.h"

#include <doctest/doctest.h>

#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/form/publish.h"
#include "tests/shared/form/forms.h"

namespace landfall {
namespace {

std::string text_of(const Json& json) { return write_canonical_json(json).value(); }

// The survey and choices of a script as package sources.
PackageSources sources_of_form(const Json& form) {
  const auto rows = [&form](const char* sheet) {
    const Json* found = find_member(form, sheet);
    const std::string text = found == nullptr ? "[]" : text_of(*found);
    return text.substr(1, text.size() - 2);
  };
  const Json* config = find_member(form, "config");
  PackageSources sources =
      sources_with(rows("survey"), rows("choices"), config == nullptr ? "{}" : text_of(*config));
  return sources;
}

Json codes_of(const Json& findings) {
  Json codes = Json::array();
  for (const Json& finding : findings) codes.push_back(member_text_or(finding, "code", ""));
  return codes;
}

}  // namespace

Scenario::Scenario(const Json& script) : script_(script) {
  const std::string_view package = member_text_or(script, "package", "");
  const PackageSources sources = package.empty() ? sources_of_form(*find_member(script, "form"))
                                                 : sources_of(std::string(package));
  Result<PublishedPackage> published = publish_package(sources, fake_digest);
  REQUIRE(published.ok());
  package_bytes_ = std::move(published.value().bytes);
  as_of_ = std::string(member_text_or(script, "as_of", "2026-11-21"));
}

void Scenario::open(const std::string& answers) {
  const std::string options =
      R"({"time_zone":"Asia/Taipei","as_of":")" + as_of_ + R"(","answers":)" + answers + "}";
  Result<OpenForm> form = open_form(bytes_of(package_bytes_), options);
  REQUIRE(form.ok());
  form_ = std::move(form).value();
  mirror_.clear();
  const Result<Json> state = parse_json(state_json(*form_.engine));
  for (const Json& node : *find_member(state.value(), "nodes")) {
    mirror_[std::string(member_text_or(node, "path", ""))] = node;
  }
}

void Scenario::run() {
  open("{}");
  for (const Json& step : *find_member(script_, "steps")) {
    ++steps_;
    INFO("step " << steps_);
    run_step(step);
    expect_mirror();
  }
}

void Scenario::run_step(const Json& step) {
  if (const Json* values = find_member(step, "set"); values != nullptr) {
    for (const auto& [path, value] : values->items()) {
      apply(Json::object({{"path", path}, {"value", value}}));
    }
  } else if (find_member(step, "refuse") != nullptr) {
    refuse(step);
  } else if (const Json* add = find_member(step, "add"); add != nullptr) {
    apply(Json::object({{"path", *add}, {"add", true}}));
  } else if (const Json* gone = find_member(step, "remove"); gone != nullptr) {
    apply(Json::object({{"path", *gone}, {"remove", true}}));
  } else if (const Json* date = find_member(step, "as_of"); date != nullptr) {
    as_of_ = std::string(text_value(*date));
    apply(Json::object({{"as_of", *date}}));
  } else if (find_member(step, "reopen") != nullptr) {
    open(all_answers_json(*form_.engine));
  } else if (const Json* expectations = find_member(step, "expect"); expectations != nullptr) {
    expect(*expectations);
  } else if (const Json* status = find_member(step, "status"); status != nullptr) {
    const Result<Json> check = parse_json(check_json(*form_.engine));
    CHECK(member_text_or(check.value(), "status", "") == text_value(*status));
  } else if (const Json* fee = find_member(step, "fee"); fee != nullptr) {
    const Result<Json> found = parse_json(fee_json(*form_.engine));
    CHECK(text_of(*find_member(found.value(), "amount")) == text_of(*fee));
  } else if (const Json* answers = find_member(step, "answers"); answers != nullptr) {
    CHECK(answers_json(*form_.engine) == text_of(*answers));
  } else {
    FAIL("a step that the runner does not know");
  }
}

void Scenario::apply(const Json& change) {
  const Result<std::string> changes = set_json(*form_.engine, text_of(change));
  INFO(text_of(change));
  REQUIRE(changes.ok());
  const Result<Json> parsed = parse_json(changes.value());
  for (const Json& node : *find_member(parsed.value(), "changes")) {
    const std::string path(member_text_or(node, "path", ""));
    mirror_[path] = node;
    // As the page does: what lies beyond a repeat's count is no longer there.
    const Result<std::int64_t> count = member_integer(node, "count");
    if (!count.ok()) continue;
    for (auto at = mirror_.begin(); at != mirror_.end();) {
      const std::string prefix = path + "[";
      const bool inside = at->first.rfind(prefix, 0) == 0;
      const bool beyond = inside && std::stoll(at->first.substr(prefix.size())) > count.value();
      at = beyond ? mirror_.erase(at) : std::next(at);
    }
  }
}

void Scenario::refuse(const Json& step) {
  for (const auto& [path, value] : find_member(step, "refuse")->items()) {
    const Json change = Json::object({{"path", path}, {"value", value}});
    const Result<std::string> changes = set_json(*form_.engine, text_of(change));
    REQUIRE_FALSE(changes.ok());
    CHECK(error_name(changes.error().code) == member_text_or(step, "code", ""));
  }
}

void Scenario::expect(const Json& expectations) {
  for (const Json::Member& item : expectations.items()) {
    // Not a structured binding: doctest's INFO captures by reference, which clang refuses for one.
    const std::string& path = item.name;
    const Json& members = item.value;
    INFO(path);
    if (text_value(members) == "gone") {
      CHECK(mirror_.count(path) == 0);
      continue;
    }
    REQUIRE(mirror_.count(path) == 1);
    for (const auto& [member, wanted] : members.items()) expect_member(path, member, wanted);
  }
}

void Scenario::expect_member(const std::string& path, const std::string& member,
                             const Json& wanted) {
  INFO(member);
  const Json* found = find_member(mirror_[path], member);
  REQUIRE(found != nullptr);
  const Json value = member == "findings" ? codes_of(*found) : *found;
  CHECK(text_of(value) == text_of(wanted));
}

void Scenario::expect_mirror() {
  const Result<Json> state = parse_json(state_json(*form_.engine));
  const Json& nodes = *find_member(state.value(), "nodes");
  CHECK(nodes.size() == mirror_.size());
  for (const Json& node : nodes) {
    const std::string path(member_text_or(node, "path", ""));
    INFO(path);
    CHECK(text_of(mirror_[path]) == text_of(node));
  }
}

}  // namespace landfall
