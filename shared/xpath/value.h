// Value: what an expression evaluates to.

#ifndef LANDFALL_SHARED_XPATH_VALUE_H_
#define LANDFALL_SHARED_XPATH_VALUE_H_

#include <string>
#include <variant>
#include <vector>

#include "shared/xpath/date_time.h"
#include "shared/xpath/node_source.h"

namespace landfall {

// In document order, without repetition.
using NodeSet = std::vector<NodeId>;

// XPath 1.0's four types and ODK's date, which counts as its days since 1970-01-01 in arithmetic
// and comparison and as its ISO text elsewhere.
using Value = std::variant<NodeSet, double, std::string, bool, DateTime>;

// The XPath text of a number: plain decimal digits that read back as the same number, never an
// exponent; NaN, Infinity, -Infinity; -0 is "0".
// Source: XPath 1.0 section 4.2, string().
[[nodiscard]] std::string format_xpath_number(double value);

// The number that `text` means: white space trimmed, optional '-', digits with at most one point;
// an ISO date or time stamp as days since 1970-01-01; anything else, also the empty text, is NaN.
// Source: XPath 1.0 section 4.4, number(); ODK's dates.
[[nodiscard]] double number_of_text(std::string_view text, const TimeZone& zone);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_VALUE_H_
