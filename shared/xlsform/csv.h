// Reads comma-separated values, and XLSForms laid out in one such file.

#ifndef LANDFALL_SHARED_XLSFORM_CSV_H_
#define LANDFALL_SHARED_XLSFORM_CSV_H_

#include <string_view>

#include "shared/xlsform/workbook.h"

namespace landfall {

// The records of `text` as the rows of one sheet named `name`, numbered by record from 1. A cell in
// double quotes may hold commas, line ends and doubled quotes; a byte order mark is passed over. A
// first line "sep=;", which Excel writes and reads, says what separates the cells.
//
// Problems: utf8_invalid; csv_malformed (a quote that is not closed, or text behind a closing one);
// workbook_too_large. The row is the record.
// Source: RFC 4180.
[[nodiscard]] WorkbookReading parse_csv_table(std::string_view text, std::string_view name);

// An XLSForm in one CSV file: a record whose first cell holds a text begins the sheet of that name,
// records with an empty first cell are its rows. A file whose first record has a cell "type" is a
// survey sheet by itself.
//
// Problems: as parse_csv_table(), and csv_separator (cells are separated by `detail`: a semicolon
// or a tab; the row is the header's).
[[nodiscard]] WorkbookReading parse_csv_workbook(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_CSV_H_
