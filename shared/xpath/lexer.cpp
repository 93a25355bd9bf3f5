#include "shared/xpath/lexer.h"

#include <cstddef>

namespace landfall {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Letters beyond ASCII are taken whole: which of them XML allows in names matters to nobody here.
bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool continues_name(char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; }

struct Symbol {
  std::string_view text;
  TokenKind kind;
};

// Longer symbols before their prefixes.
constexpr Symbol kSymbols[] = {
    {"::", TokenKind::double_colon},
    {"//", TokenKind::double_slash},
    {"!=", TokenKind::not_equal},
    {"<=", TokenKind::less_equal},
    {">=", TokenKind::greater_equal},
    {"..", TokenKind::dot_dot},
    {"(", TokenKind::left_paren},
    {")", TokenKind::right_paren},
    {"[", TokenKind::left_bracket},
    {"]", TokenKind::right_bracket},
    {".", TokenKind::dot},
    {"@", TokenKind::at},
    {",", TokenKind::comma},
    {"/", TokenKind::slash},
    {"|", TokenKind::bar},
    {"+", TokenKind::plus},
    {"-", TokenKind::minus},
    {"=", TokenKind::equal},
    {"<", TokenKind::less},
    {">", TokenKind::greater},
};

class Lexer {
 public:
  explicit Lexer(std::string_view source) : source_(source) {}

  Result<std::vector<Token>> run() {
    while (true) {
      while (at_ < source_.size() && is_space(source_[at_])) ++at_;
      if (at_ == source_.size()) break;
      if (!read_token()) {
        return Error{ErrorCode::xpath_syntax, static_cast<std::uint32_t>(at_)};
      }
    }
    push(TokenKind::end, at_, at_);
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  void push(TokenKind kind, std::size_t begin, std::size_t end) {
    tokens_.push_back(
        {kind, static_cast<std::uint32_t>(begin), source_.substr(begin, end - begin)});
  }

  // XPath 1.0 section 3.7: after an operand, `*` multiplies and a name is an operator.
  [[nodiscard]] bool after_operand() const {
    if (tokens_.empty()) return false;
    switch (tokens_.back().kind) {
      case TokenKind::number:
      case TokenKind::literal:
      case TokenKind::name:
      case TokenKind::reference:
      case TokenKind::star:
      case TokenKind::right_paren:
      case TokenKind::right_bracket:
      case TokenKind::dot:
      case TokenKind::dot_dot:
        return true;
      default:
        return false;
    }
  }

  bool read_token() {
    const char c = source_[at_];
    if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return read_number();
    if (c == '"' || c == '\'') return read_literal(c);
    if (c == '$') return read_reference();
    if (starts_name(c)) return read_name();
    if (c == '*') {
      push(after_operand() ? TokenKind::multiply : TokenKind::star, at_, at_ + 1);
      ++at_;
      return true;
    }
    return read_symbol();
  }

  bool read_number() {
    const std::size_t begin = at_;
    while (is_digit(peek(0))) ++at_;
    if (peek(0) == '.') {
      ++at_;
      while (is_digit(peek(0))) ++at_;
    }
    // An exponent is no XPath, but JavaRosa takes it, and calculated texts contain it.
    const std::size_t sign = (peek(1) == '-' || peek(1) == '+') ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && is_digit(peek(1 + sign))) {
      at_ += 1 + sign;
      while (is_digit(peek(0))) ++at_;
    }
    push(TokenKind::number, begin, at_);
    return true;
  }

  bool read_literal(char quote) {
    const std::size_t close = source_.find(quote, at_ + 1);
    if (close == std::string_view::npos) return false;
    push(TokenKind::literal, at_ + 1, close);
    tokens_.back().offset = static_cast<std::uint32_t>(at_);
    at_ = close + 1;
    return true;
  }

  bool read_reference() {
    if (peek(1) != '{') return false;
    const std::size_t close = source_.find('}', at_);
    if (close == std::string_view::npos) return false;
    std::size_t begin = at_ + 2;
    std::size_t end = close;
    while (begin < end && is_space(source_[begin])) ++begin;
    while (end > begin && is_space(source_[end - 1])) --end;
    if (begin == end || !starts_name(source_[begin])) return false;
    for (std::size_t i = begin; i < end; ++i) {
      if (!continues_name(source_[i])) return false;
    }
    push(TokenKind::reference, begin, end);
    tokens_.back().offset = static_cast<std::uint32_t>(at_);
    at_ = close + 1;
    return true;
  }

  // "1div2" is a division to every engine, although XPath alone would read the name "div2".
  bool read_glued_operator() {
    if (!after_operand()) return false;
    for (const std::string_view word : {"and", "or", "div", "mod"}) {
      if (source_.substr(at_, word.size()) != word || !is_digit(peek(word.size()))) continue;
      push(TokenKind::word_operator, at_, at_ + word.size());
      at_ += word.size();
      return true;
    }
    return false;
  }

  bool read_name() {
    if (read_glued_operator()) return true;
    const std::size_t begin = at_;
    while (at_ < source_.size() && continues_name(source_[at_])) ++at_;
    // A QName: one colon with a name or a star behind it, but not the two of an axis.
    if (peek(0) == ':' && (starts_name(peek(1)) || peek(1) == '*')) {
      ++at_;
      if (peek(0) == '*') {
        ++at_;
      } else {
        while (at_ < source_.size() && continues_name(source_[at_])) ++at_;
      }
    }
    const std::string_view name = source_.substr(begin, at_ - begin);
    const bool is_operator = name == "and" || name == "or" || name == "div" || name == "mod";
    push(is_operator && after_operand() ? TokenKind::word_operator : TokenKind::name, begin, at_);
    return true;
  }

  bool read_symbol() {
    for (const Symbol& symbol : kSymbols) {
      if (source_.substr(at_, symbol.text.size()) == symbol.text) {
        push(symbol.kind, at_, at_ + symbol.text.size());
        at_ += symbol.text.size();
        return true;
      }
    }
    return false;
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Result<std::vector<Token>> split_into_tokens(std::string_view source) {
  return Lexer(source).run();
}

}  // namespace landfall
