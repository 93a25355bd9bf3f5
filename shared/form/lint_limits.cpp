#include "shared/form/lint_limits.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "shared/form/limits.h"

namespace landfall {
namespace {

std::string_view type_of(const Json& row) { return member_text_or(row, "type", ""); }

// How many groups and repeats are open before row `number` of the survey, from 1.
std::size_t depth_before(const Json& survey, std::uint32_t number) {
  std::size_t depth = 0;
  std::uint32_t at = 0;
  for (const Json& row : survey) {
    if (++at == number) break;
    const std::string_view type = type_of(row);
    if (type.rfind("begin", 0) == 0) ++depth;
    if (type.rfind("end", 0) == 0 && depth > 0) --depth;
  }
  return depth;
}

void name_limit(const Json& survey, LintProblem& problem) {
  if (problem.sheet == "survey") {
    const bool is_deep = problem.row > 0 && problem.row <= survey.size() &&
                         type_of(*(survey.begin() + static_cast<std::ptrdiff_t>(problem.row - 1)))
                                 .rfind("begin", 0) == 0 &&
                         depth_before(survey, problem.row) >= kMaxGroupDepth;
    problem.code = is_deep ? "group_too_deep" : "too_many_questions";
    problem.detail = std::to_string(is_deep ? kMaxGroupDepth : kMaxNodes);
  } else if (problem.sheet == "choices") {
    problem.code = problem.row == 0 ? "too_many_choices" : "too_many_lists";
    problem.detail = problem.row == 0 ? std::to_string(kMaxChoiceRows) : "1000";
  } else if (problem.sheet == "datasets") {
    problem.detail +=
        ": " + std::to_string(kMaxChoiceRows) + " × " + std::to_string(kMaxDatasetColumns);
  }
}

}  // namespace

void name_limits(const Json& form, std::vector<LintProblem>& problems) {
  const Json* survey = find_member(form, "survey");
  if (survey == nullptr || !survey->is_array()) return;
  std::uint32_t first = 0xFFFFFFFF;
  for (const LintProblem& problem : problems) {
    const bool is_limit = problem.sheet == "survey" && problem.code == "too_large";
    if (is_limit) first = std::min(first, problem.row);
  }
  problems.erase(std::remove_if(problems.begin(), problems.end(),
                                [first](const LintProblem& problem) {
                                  return problem.sheet == "survey" && problem.row > first;
                                }),
                 problems.end());
  for (LintProblem& problem : problems) {
    if (problem.code == "too_large") name_limit(*survey, problem);
  }
}

}  // namespace landfall
