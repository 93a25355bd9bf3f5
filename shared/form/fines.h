// The fine for staying too long, as a package's table has it: shown, never decided.

#ifndef LANDFALL_SHARED_FORM_FINES_H_
#define LANDFALL_SHARED_FORM_FINES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"

namespace landfall {

struct Fine {
  std::string fine_code;
  std::string currency;          // ISO 4217
  std::int64_t amount = 0;       // whole units of the currency; the least where it is at discretion
  std::int64_t amount_most = 0;  // the same as `amount` unless at discretion

  bool operator==(const Fine&) const = default;
};

// One row of the member `fines` of fees.json: {"code", "days", "days_until"?, "amount",
// "amount_most"?, "from"?, "until"?}. It counts from `days` to `days_until` days too long and from
// `from` to `until`, all included.
struct FineRow {
  Fine fine;
  std::int64_t days = 1;
  std::int64_t days_until = 0;  // 0: no end
  std::string from;             // "YYYY-MM-DD", empty: always
  std::string until;
};

using FineTable = std::vector<FineRow>;

// Reads the fines of `fees`, a package's fees.json; none where it has no member `fines`.
//
// Errors: json_shape.
[[nodiscard]] Result<FineTable> fine_table_of_json(const Json& fees);

// The fine for staying `days` days beyond the last permitted one, by the first row in force on
// `date` ("YYYY-MM-DD", the day of the report); none for whoever did not stay too long.
// Source: Immigration Act art. 74-1 (in the table).
[[nodiscard]] std::optional<Fine> overstay_fine(const FineTable& table, std::int64_t days,
                                                std::string_view date);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_FINES_H_
