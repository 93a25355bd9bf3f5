#include "shared/text/folding.h"

#include <algorithm>
#include <iterator>

#include "shared/text/packed_numbers.h"
#include "shared/text/scripts.h"
#include "shared/text/tables.gen.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// Every code point through `fold`, which returns kNoCodePoint to leave one out; damaged bytes stay.
template <typename Fold>
std::string fold_each(std::string_view text, Fold fold) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const char32_t code_point = read_code_point(text, offset);
    if (code_point == kNoCodePoint) {
      folded.push_back(text[start]);
      continue;
    }
    const char32_t result = fold(code_point);
    if (result != kNoCodePoint) append_utf8(folded, result);
  }
  return folded;
}

char32_t narrow(char32_t code_point) {
  if (code_point >= 0xFF01 && code_point <= 0xFF5E) return code_point - 0xFF01 + 0x21;
  return code_point == 0x3000 ? 0x20 : code_point;
}

char32_t ascii_digit(char32_t code_point) {
  if (code_point < 0x80) return code_point;
  const char32_t zero = last_not_above(kDigitZeros, code_point).number;
  return code_point - zero < 10 ? U'0' + (code_point - zero) : code_point;
}

char32_t hyphen(char32_t code_point) {
  const bool is_dash = (code_point >= 0x2010 && code_point <= 0x2015) || code_point == 0x2212 ||
                       code_point == 0xFE58 || code_point == 0xFE63 || code_point == 0xFF0D;
  return is_dash ? U'-' : code_point;
}

char32_t upper(char32_t code_point) {
  return code_point >= U'a' && code_point <= U'z' ? code_point - U'a' + U'A' : code_point;
}

bool is_blank(char32_t code_point) { return is_white_space(code_point) || code_point == 0xFEFF; }

}  // namespace

std::string fold_width(std::string_view text) { return fold_each(text, narrow); }

std::string fold_digits(std::string_view text) { return fold_each(text, ascii_digit); }

std::string fold_dashes(std::string_view text) { return fold_each(text, hyphen); }

std::string ascii_upper(std::string_view text) { return fold_each(text, upper); }

std::string ascii_lower(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (is_ascii_upper(c)) c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

std::string_view trim(std::string_view text) {
  std::size_t first = 0;
  for (std::size_t offset = 0; offset < text.size() && is_blank(read_code_point(text, offset));) {
    first = offset;
  }
  std::size_t last = first;
  for (std::size_t offset = first; offset < text.size();) {
    if (!is_blank(read_code_point(text, offset))) last = offset;
  }
  return text.substr(first, last - first);
}

std::string remove_ascii(std::string_view text, std::string_view unwanted) {
  std::string kept;
  std::copy_if(text.begin(), text.end(), std::back_inserter(kept),
               [unwanted](char c) { return unwanted.find(c) == std::string_view::npos; });
  return kept;
}

std::string fold_identifier(std::string_view text) {
  return fold_each(text, [](char32_t code_point) {
    const char32_t folded = upper(ascii_digit(narrow(hyphen(code_point))));
    return folded == U'-' || is_blank(folded) ? kNoCodePoint : folded;
  });
}

bool is_all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

}  // namespace landfall
