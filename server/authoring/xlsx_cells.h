// What the cells of an Excel sheet hold, as the text a person sees in them.

#ifndef LANDFALL_SERVER_AUTHORING_XLSX_CELLS_H_
#define LANDFALL_SERVER_AUTHORING_XLSX_CELLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// How a cell's number is shown.
enum class NumberLook : std::uint8_t { number, date };

// The look of the built-in number formats, and of a format's own code ("yyyy-mm-dd").
// Source: ECMA-376 part 1, 18.8.30.
[[nodiscard]] NumberLook look_of_builtin_format(std::uint32_t id);
[[nodiscard]] NumberLook look_of_format_code(std::string_view code);

// A number as text: "12" and not "12.0", shortest digits otherwise.
[[nodiscard]] std::string format_cell_number(std::string_view digits);

// A day count as "2026-11-21", "2026-11-21T08:30:00" or, below one day, "08:30:00"; the number
// itself where it is no day between 1900 and 9999.
// Source: ECMA-376 part 1, 18.17.4.1; `since_1904` is the workbook's date1904.
[[nodiscard]] std::string format_cell_date(std::string_view digits, bool since_1904);

// "_x000D_" and its like as the character they stand for. Source: ECMA-376 part 1, 22.9.2.19.
[[nodiscard]] std::string unescaped_cell_text(std::string_view text);

// The column of "AB12", from 0; nothing for what is no cell's name.
[[nodiscard]] std::optional<std::size_t> column_of_reference(std::string_view reference);

}  // namespace landfall

#endif  // LANDFALL_SERVER_AUTHORING_XLSX_CELLS_H_
