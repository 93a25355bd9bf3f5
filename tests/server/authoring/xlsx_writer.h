// Writes workbooks for the tests of the reader: well-formed ones, and whatever parts a test wants.

#ifndef LANDFALL_TESTS_SERVER_AUTHORING_XLSX_WRITER_H_
#define LANDFALL_TESTS_SERVER_AUTHORING_XLSX_WRITER_H_

#include <map>
#include <string>

#include "shared/base/bytes.h"

namespace landfall {

using Parts = std::map<std::string, std::string>;  // name → content

// A ZIP archive of `parts`, compressed.
[[nodiscard]] Bytes zip_of(const Parts& parts);

// The parts of a workbook with one sheet "survey" whose sheetData holds `rows`.
[[nodiscard]] Parts workbook_with(const std::string& rows);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_AUTHORING_XLSX_WRITER_H_
