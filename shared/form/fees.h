// The fee of an application: the first matching row of the package's table that is in force.

#ifndef LANDFALL_SHARED_FORM_FEES_H_
#define LANDFALL_SHARED_FORM_FEES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "shared/xpath/expression.h"

namespace landfall {

struct Fee {
  std::int64_t amount = 0;  // whole units of the currency
  std::string currency;     // ISO 4217
  std::string fee_code;

  bool operator==(const Fee&) const = default;
};

// One row of fees.json: {"code", "when", "amount", "from"?, "until"?}. `when` and `amount` are
// expressions over the form; a row counts from `from` to `until`, both included.
struct FeeRow {
  std::string fee_code;
  std::uint32_t when = 0;    // index into Package::expressions
  std::uint32_t amount = 0;  // index into Package::expressions
  std::string from;          // "YYYY-MM-DD", empty: always
  std::string until;
};

struct FeeTable {
  std::string currency;
  std::vector<FeeRow> rows;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_FEES_H_
