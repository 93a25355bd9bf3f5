// The value type, and the reader against another library's on generated documents.

#include <doctest/doctest.h>

#include <cstdint>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

// The same value in that library.
nlohmann::json foreign_of(const Json& json) {
  if (const bool* boolean = json.if_boolean()) return *boolean;
  if (const std::int64_t* integer = json.if_integer()) return *integer;
  if (const double* number = json.if_number()) return *number;
  if (const std::string* text = json.if_text()) return *text;
  if (json.is_null()) return nullptr;
  auto foreign = json.is_array() ? nlohmann::json::array() : nlohmann::json::object();
  for (const Json& element : json) foreign.push_back(foreign_of(element));
  for (const auto& [name, value] : json.items()) foreign[name] = foreign_of(value);
  return foreign;
}

class Documents {
 public:
  // A document; names repeat now and then when `repeats`.
  std::string next(bool repeats) {
    repeats_ = repeats;
    return value(0);
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }

  std::string name() {
    std::string text = "\"";
    text += static_cast<char>('a' + below(26));
    if (!repeats_) text += std::to_string(++names_);
    return text + (below(8) == 0 ? "\xEF\xBD\xB1\"" : "\"");
  }

  std::string value(std::size_t depth) {
    static constexpr const char* kScalars[] = {
        "null", "true", "-12", "0.5", "1e300", "\"\"", "7", "\"\xF0\x9F\x98\x80\"", "\"a\\nb\""};
    if (depth == 4 || below(3) == 0) return kScalars[below(std::size(kScalars))];
    const bool is_object = below(2) == 0;
    std::string text = is_object ? "{" : "[";
    for (std::size_t i = 0, count = below(6); i < count; ++i) {
      if (i > 0) text += ",";
      if (is_object) text += name() + ":";
      text += value(depth + 1);
    }
    return text + (is_object ? "}" : "]");
  }

  std::mt19937 random_{20261121};
  bool repeats_ = false;
  int names_ = 0;
};

TEST_CASE("what is read is what another library reads") {
  Documents documents;
  int read = 0;
  for (; read < 3000; ++read) {
    const std::string text = documents.next(false);
    INFO(text);
    const Result<Json> value = parse_json(text);
    REQUIRE(value.ok());
    CHECK(foreign_of(value.value()) == nlohmann::json::parse(text, nullptr, false));
  }
  CHECK(read == 3000);
}

TEST_CASE("a document is refused for a repeated name exactly when a set of its names says so") {
  Documents documents;
  int refused = 0;
  for (int i = 0; i < 3000; ++i) {
    const std::string text = documents.next(true);
    INFO(text);
    std::vector<std::set<std::string>> open;
    bool repeats = false;
    const auto watch = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
      using Event = nlohmann::json::parse_event_t;
      if (event == Event::object_start) open.emplace_back();
      if (event == Event::object_end) open.pop_back();
      if (event == Event::key && !open.back().insert(parsed.get<std::string>()).second) {
        repeats = true;
      }
      return true;
    };
    CHECK_FALSE(nlohmann::json::parse(text, watch, false).is_discarded());

    const Result<Json> value = parse_json(text);

    CHECK(value.ok() != repeats);
    if (!value.ok()) {
      ++refused;
      CHECK(value.error().code == ErrorCode::json_duplicate_member);
    }
  }
  CHECK(refused > 100);
}

TEST_CASE("the first repeated name is the one reported, whatever comes after it") {
  const auto error_of = [](std::string_view text) { return parse_json(text).error(); };

  CHECK(error_of(R"({"b":1,"a":2,"b":{"z":1,"z":2},"a":3})") ==
        Error{ErrorCode::json_duplicate_member, 13});
  CHECK(error_of(R"({"b":1,"b":tru})") == Error{ErrorCode::json_duplicate_member, 7});
  CHECK(error_of(R"({"b":1,"b" 1})") == Error{ErrorCode::json_malformed, 11});
  CHECK(error_of(R"({"b":{"d":1,"d":2},"b":1})") == Error{ErrorCode::json_duplicate_member, 12});
  CHECK(error_of(R"({"b":1,"b":[1,{"c":1},"x)") == Error{ErrorCode::json_duplicate_member, 7});
}

TEST_CASE("half a million names in falling order cost no more than a sort") {
  std::string text = "{";
  for (int i = 499000; i > 0; --i) text += "\"" + std::to_string(1000000 + i) + "\":1,";
  text += "\"0\":1}";

  const Result<Json> value = parse_json(text, {.bytes = text.size()});

  REQUIRE(value.ok());
  CHECK(value.value().size() == 499001);
  CHECK(value.value().items()[0].name == "0");
  CHECK(value.value().find("1000001") != nullptr);
  CHECK(value.value().find("1499001") == nullptr);
}

TEST_CASE("members are kept by name and elements in order, and can be taken away") {
  Json json = {{"b", 1}, {"a", "x"}, {"c", nullptr}, {"b", 2}};
  json["list"].push_back(1.5);
  json["list"].push_back(true);
  json.erase("c");
  json.erase("absent");
  json["list"].erase(0);

  CHECK(write_canonical_json(json).value() == R"({"a":"x","b":2,"list":[true]})");
  CHECK(json.size() == 3);
  CHECK(json["list"].size() == 1);
  CHECK(Json("x").empty());
}

TEST_CASE("values are equal when they say the same") {
  const Json one = {{"a", Json::array({1, "x"})}, {"b", true}};
  Json other = one;

  CHECK(other == one);
  CHECK(Json(1) == Json(1.0));
  CHECK(Json(1) != Json(true));
  CHECK(Json("1") != Json(1));
  other["a"][1] = "y";
  CHECK(other != one);
  CHECK(Json(std::move(other))["b"] == Json(true));
}

}  // namespace
}  // namespace landfall
