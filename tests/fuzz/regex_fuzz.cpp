#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/xpath/regex.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kMaxText = 2000;

// Whether `pattern` matches; a pattern made of a good one may only be too large.
bool matches(const std::string& pattern, std::string_view text, bool otherwise) {
  const Result<Regex> regex = Regex::compile(pattern);
  require(regex.ok() || regex.error().code == ErrorCode::regex_too_large,
          "a group around a pattern is a pattern");
  return regex.ok() ? regex.value().matches(text) : otherwise;
}

}  // namespace

// Compiling is total and bounded, and a pattern means the same within another.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input = text_of({data, size});
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string pattern(input.substr(0, end));
  const std::string_view text = input.substr(std::min(end + 1, input.size()), kMaxText);
  const Result<Regex> regex = Regex::compile(pattern);
  if (!regex.ok()) {
    require(regex.error().offset <= pattern.size(), "an error lies within the pattern");
    return 0;
  }
  require(regex.value().size() <= kMaxRegexInstructions + 1, "a program is bounded");
  const bool found = regex.value().matches(text);
  const std::string group = "(?:" + pattern + ")";
  require(matches(group, text, found) == found, "a group changes nothing");
  require(matches(pattern + "|" + pattern, text, found) == found, "a choice of itself is itself");
  require(matches(group + "{1}", text, found) == found, "once is once");
  require(matches(group + "?", text, found || text.empty()) == (found || text.empty()),
          "an option adds the empty text");
  require(!found || matches(group + "*", text, true), "what matches once matches any times");
  return 0;
}
