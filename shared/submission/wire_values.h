// Shapes of the small texts that signed documents carry: times, dates, ids, codes.

#ifndef LANDFALL_SHARED_SUBMISSION_WIRE_VALUES_H_
#define LANDFALL_SHARED_SUBMISSION_WIRE_VALUES_H_

#include <cstddef>
#include <string_view>

namespace landfall {

// True for a real instant written "2026-11-21T07:00:00Z": UTC, whole seconds, capital T and Z. Two
// such texts compare as their instants do. Source: RFC 3339.
[[nodiscard]] bool is_utc_time(std::string_view text);

// True for a real day written "2026-11-21".
[[nodiscard]] bool is_calendar_date(std::string_view text);

// True for a version 7 UUID in lower case. Source: RFC 9562 section 5.7.
[[nodiscard]] bool is_uuid_v7(std::string_view text);

// True for 1 to `max_bytes` of A-Z a-z 0-9 . _ - + / : which is what our ids, versions, codes, time
// zones, media types and log origins are made of.
[[nodiscard]] bool is_token(std::string_view text, std::size_t max_bytes);

// True for exactly 12 digits.
[[nodiscard]] bool is_case_number(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_WIRE_VALUES_H_
