// The default cell: a plain value, or an expression that is evaluated when the question appears.

#ifndef LANDFALL_SHARED_XLSFORM_DEFAULT_VALUE_H_
#define LANDFALL_SHARED_XLSFORM_DEFAULT_VALUE_H_

#include <string>
#include <string_view>

namespace landfall {

// True for what XLSForm evaluates: a text with ${name}, a call of a function, or an operator
// between operands. "2020-01-01", "a-2" and "-1.5 32 0 0" are plain values.
// Source: XLSForm, "dynamic defaults".
[[nodiscard]] bool is_dynamic_default(std::string_view text);

// `text` as an XPath literal: a plain value that no engine takes for an expression.
[[nodiscard]] std::string xpath_literal(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_DEFAULT_VALUE_H_
