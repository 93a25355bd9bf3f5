// Looks up a code point in a table of runs, as generate_tables.py writes them.

#ifndef LANDFALL_SHARED_TEXT_RUN_TABLE_H_
#define LANDFALL_SHARED_TEXT_RUN_TABLE_H_

#include <cstdint>
#include <span>

namespace landfall {

// The value of the run that holds `code_point`. Each entry is first code point << 8 | value.
// REQUIRES: `runs` begins at code point 0.
[[nodiscard]] std::uint8_t run_value(std::span<const std::uint32_t> runs, char32_t code_point);

}  // namespace landfall

#endif  // LANDFALL_SHARED_TEXT_RUN_TABLE_H_
