// Prints what an import has to say: one problem a line, with sheet, row and column.

#ifndef LANDFALL_SERVER_CLI_IMPORT_REPORT_H_
#define LANDFALL_SERVER_CLI_IMPORT_REPORT_H_

#include <string>

#include "shared/xlsform/imported_package.h"

namespace landfall {

// In an XForm the row is the line of the file.
//
// "FILE: survey row 3, column type: error: there is no such question type: foo [unknown_type]".
[[nodiscard]] std::string import_problem_line(const std::string& file,
                                              const ImportProblem& problem);

// {sheet, row, column, code, severity, detail}
[[nodiscard]] Json import_problem_json(const ImportProblem& problem);

// The sentence for a code of lint or of an import; a general one for a code it does not know.
[[nodiscard]] std::string_view import_sentence(std::string_view code);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_IMPORT_REPORT_H_
