#include "shared/xlsform/cell_text.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/text/scripts.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr std::array<std::string_view, 5> kWideBlanks = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\xAF",
                                                         "\xE3\x80\x80", "\xEF\xBB\xBF"};

struct Quote {
  std::string_view curly;
  char straight;
};
constexpr std::array kQuotes = {Quote{"\xE2\x80\x98", '\''}, Quote{"\xE2\x80\x99", '\''},
                                Quote{"\xE2\x80\x9C", '"'}, Quote{"\xE2\x80\x9D", '"'}};

bool is_ascii_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The bytes of the blank that `text` begins with; 0 where it begins with none.
std::size_t blank_at_start(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii_blank(text[0])) return 1;
  for (const std::string_view blank : kWideBlanks) {
    if (text.substr(0, blank.size()) == blank) return blank.size();
  }
  return 0;
}

std::size_t blank_at_end(std::string_view text) {
  if (text.empty()) return 0;
  if (is_ascii_blank(text.back())) return 1;
  for (const std::string_view blank : kWideBlanks) {
    if (text.size() >= blank.size() && text.substr(text.size() - blank.size()) == blank) {
      return blank.size();
    }
  }
  return 0;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string_view trimmed_cell(std::string_view text) {
  for (std::size_t blank = blank_at_start(text); blank != 0; blank = blank_at_start(text)) {
    text.remove_prefix(blank);
  }
  for (std::size_t blank = blank_at_end(text); blank != 0; blank = blank_at_end(text)) {
    text.remove_suffix(blank);
  }
  return text;
}

bool is_blank_row(const std::vector<std::string>& cells) {
  return std::all_of(cells.begin(), cells.end(),
                     [](const std::string& cell) { return trimmed_cell(cell).empty(); });
}

std::size_t find_no_text(std::string_view text) {
  return std::min(find_invalid_utf8(text), text.find('\0'));
}

std::string collapsed(std::string_view text) {
  std::string result;
  for (std::string_view rest = trimmed_cell(text); !rest.empty();) {
    const std::size_t blank = blank_at_start(rest);
    if (blank == 0) {
      result += rest[0];
      rest.remove_prefix(1);
      continue;
    }
    if (result.back() != ' ') result += ' ';
    rest.remove_prefix(blank);
  }
  return result;
}

std::string collapsed_lines(std::string_view text) {
  std::string result;
  for (std::string_view rest = trimmed_cell(text); !rest.empty();) {
    const std::size_t end = std::min(rest.find_first_of("\r\n"), rest.size());
    result += collapsed(rest.substr(0, end));
    if (end == rest.size()) break;
    result += '\n';
    rest.remove_prefix(end + (rest.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  return result;
}

std::optional<std::string> shown_invisibles(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string shown;
  bool has_any = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = read_code_point(text, at);
    if (!is_unprintable(c) && !is_bidi_control(c)) {
      shown += text.substr(begin, at - begin);
      continue;
    }
    has_any = true;
    shown += "<U+";
    for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) {
      shown += kDigits[(c >> shift) & 0xF];
    }
    shown += '>';
  }
  return has_any ? std::optional<std::string>(std::move(shown)) : std::nullopt;
}

std::string with_straight_quotes(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto quote = std::find_if(kQuotes.begin(), kQuotes.end(), [&](const Quote& known) {
      return text.substr(i, known.curly.size()) == known.curly;
    });
    if (quote == kQuotes.end()) {
      result += text[i++];
    } else {
      result += quote->straight;
      i += quote->curly.size();
    }
  }
  return result;
}

std::string lowered(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string snake_cased(std::string_view text) {
  std::string result = lowered(collapsed(text));
  std::replace(result.begin(), result.end(), ' ', '_');
  return result;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  const std::string line = collapsed(text);
  for (std::size_t from = 0; from < line.size();) {
    const std::size_t to = std::min(line.find(' ', from), line.size());
    words.push_back(line.substr(from, to - from));
    from = to + 1;
  }
  return words;
}

std::string column_letters(std::size_t index) {
  std::string letters;
  for (std::size_t rest = index + 1; rest > 0; rest = (rest - 1) / 26) {
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  }
  return letters;
}

std::optional<bool> yes_or_no(std::string_view text) {
  const std::string word = lowered(trimmed_cell(text));
  if (word == "yes" || word == "true" || word == "true()") return true;
  if (word == "no" || word == "false" || word == "false()") return false;
  return std::nullopt;
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  if (text.empty() || text.size() > 15 || !std::all_of(text.begin(), text.end(), is_digit)) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  for (const char c : text) number = number * 10 + (c - '0');
  return negative ? -number : number;
}

std::optional<std::int64_t> millionths(std::string_view text) {
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction(point == text.size() ? std::string_view{} : text.substr(point + 1));
  while (!fraction.empty() && fraction.back() == '0') fraction.pop_back();
  if (fraction.size() > 6 || point > 9 || text.size() == (point < text.size() ? 1u : 0u)) {
    return std::nullopt;
  }
  fraction.resize(6, '0');
  const std::string digits = std::string(text.substr(0, point)) + fraction;
  if (!std::all_of(digits.begin(), digits.end(), is_digit)) return std::nullopt;
  const std::optional<std::int64_t> number = whole_number(digits);
  if (!number) return std::nullopt;
  return negative ? -*number : *number;
}

}  // namespace landfall
