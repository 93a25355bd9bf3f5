// Imports an XLSForm written as Markdown tables, and says what came of it in one text.

#ifndef LANDFALL_TESTS_SHARED_XLSFORM_IMPORT_OF_H_
#define LANDFALL_TESTS_SHARED_XLSFORM_IMPORT_OF_H_

#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "shared/xlsform/import_xlsform.h"
#include "shared/xlsform/markdown.h"

namespace landfall {

inline Import import_of(std::string_view markdown) {
  const WorkbookReading reading = parse_markdown_workbook(markdown);
  REQUIRE_FALSE(reading.problem.has_value());
  return import_xlsform(reading.workbook, {"", "form", "en"});
}

// "sheet:row:column code detail" of each problem of that severity, a line each.
inline std::string problems_of(const Import& import, Severity severity = Severity::error) {
  std::string lines;
  for (const ImportProblem& problem : import.problems) {
    if (problem.severity != severity) continue;
    lines += problem.sheet + ":" + std::to_string(problem.row) + ":" + problem.column + " " +
             problem.code + " " + problem.detail + "\n";
  }
  return lines;
}

inline std::string warnings_of(const Import& import) {
  return problems_of(import, Severity::warning);
}

// Row `number` (from 0) of the survey of form.json.
inline const Json& survey_row(const Import& import, std::size_t number) {
  const Json* survey = find_member(import.package.form, "survey");
  REQUIRE(survey != nullptr);
  REQUIRE(survey->size() > number);
  return *(survey->begin() + static_cast<std::ptrdiff_t>(number));
}

inline std::string text_in(const Import& import, const std::string& locale, std::string_view key) {
  const auto found = import.package.texts.find(locale);
  REQUIRE(found != import.package.texts.end());
  return std::string(member_text_or(found->second, key, ""));
}

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_XLSFORM_IMPORT_OF_H_
