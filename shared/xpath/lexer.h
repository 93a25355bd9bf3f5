// Tokens of an XPath expression.

#ifndef LANDFALL_SHARED_XPATH_LEXER_H_
#define LANDFALL_SHARED_XPATH_LEXER_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "shared/base/result.h"

namespace landfall {

enum class TokenKind : std::uint8_t {
  end,
  number,
  literal,        // text: without its quotation marks
  name,           // text: a QName, also "prefix:*"
  reference,      // text: the name inside ${}
  word_operator,  // text: and, or, div, mod
  star,           // a name test; the operator is `multiply`
  multiply,
  left_paren,
  right_paren,
  left_bracket,
  right_bracket,
  dot,
  dot_dot,
  at,
  comma,
  double_colon,
  slash,
  double_slash,
  bar,
  plus,
  minus,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
};

struct Token {
  TokenKind kind = TokenKind::end;
  std::uint32_t offset = 0;
  std::string_view text;  // into the source
};

// Splits `source` into tokens, an `end` token last.
//
// Errors: xpath_syntax with the offset of the first byte that begins no token.
// Source: XPath 1.0 section 3.7, with the rule that tells `*` and `and` the operators from names.
[[nodiscard]] Result<std::vector<Token>> split_into_tokens(std::string_view source);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_LEXER_H_
