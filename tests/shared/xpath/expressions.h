// Evaluating expressions in tests: over a JSON tree, at noon of a fixed day in Taipei.

#ifndef LANDFALL_TESTS_SHARED_XPATH_EXPRESSIONS_H_
#define LANDFALL_TESTS_SHARED_XPATH_EXPRESSIONS_H_

#include <string>
#include <string_view>

namespace landfall {

// The value of `expression` as text; "error <code> at <offset>" when it has none. `tree` is what
// JsonNodes reads, `now` an ISO time stamp.
std::string text_of(std::string_view expression, std::string_view tree = R"({"data":{}})",
                    std::string_view zone = "Asia/Taipei",
                    std::string_view now = "2026-11-21T12:00:00+08:00");

// The name of the value's type: nodes, number, text, boolean or date.
std::string type_of(std::string_view expression, std::string_view tree = R"({"data":{}})");

// The problem that find_call_problem() reports: "<code> at <offset>", or "none".
std::string problem_of(std::string_view expression);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_XPATH_EXPRESSIONS_H_
