#include "shared/identity/transliteration.h"

#include "shared/text/folding.h"
#include "shared/text/normalization.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// The spellings, the recommended one first, of letters that are not spelt as the one they are made
// of without its marks. Doc 9303-3 section 6.A; ß stands with ẞ.
constexpr std::string_view kSpellings =
    "\n"
    "AE A=Ä\n"
    "AA A=Å\n"
    "AE=Æ\n"
    "D=ÐĐ\n"
    "N NXX=Ñ\n"
    "OE O=Ö\n"
    "OE=ØŒ\n"
    "UE UXX U=Ü\n"
    "TH=Þ\n"
    "SS=ßẞ\n"
    "H=Ħ\n"
    "I=ı\n"
    "IJ=Ĳ\n"
    "L=ĿŁ\n"
    "N=Ŋ\n"
    "T=Ŧ\n";

constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

// Upper case in the ranges that the table covers; other letters stay as they are.
char32_t upper_case(char32_t c) {
  if (c >= U'a' && c <= U'z') return c - 0x20;
  if (c >= 0xE0 && c <= 0xFE && c != 0xF7) return c - 0x20;
  if (c == 0xFF) return 0x178;
  const bool odd_is_lower = (c >= 0x100 && c <= 0x137 && c != 0x131) || (c >= 0x14A && c <= 0x177);
  if (odd_is_lower) return c & ~char32_t{1};
  const bool even_is_lower = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
  if (even_is_lower && c % 2 == 0) return c - 1;
  return c;
}

// "A" of any letter that decomposes to a or A and marks; empty for other characters.
std::string_view base_letter(char32_t letter) {
  std::string text;
  append_utf8(text, letter);
  const std::string decomposed = normalize_nfd(text);
  const std::string base = ascii_upper(std::string_view(decomposed).substr(0, 1));
  const std::size_t found = kAlphabet.find(base);
  return found == std::string_view::npos ? std::string_view() : kAlphabet.substr(found, 1);
}

}  // namespace

std::string_view icao_alternatives(char32_t letter) {
  if (letter > 0x10FFFF || (letter & 0xFFFFF800) == 0xD800) return {};
  const char32_t upper = upper_case(letter);
  std::string wanted;
  append_utf8(wanted, upper);
  const std::size_t found = kSpellings.find(wanted);
  if (upper < 0x80 || found == std::string_view::npos) return base_letter(upper);
  const std::size_t begin = kSpellings.rfind('\n', found) + 1;
  return kSpellings.substr(begin, kSpellings.find('=', begin) - begin);
}

std::string_view icao_transliteration(char32_t letter) {
  const std::string_view alternatives = icao_alternatives(letter);
  return alternatives.substr(0, alternatives.find(' '));
}

std::string transliterate(std::string_view name) {
  const std::string composed = normalize_nfc(name);
  std::string spelt;
  for (std::size_t offset = 0; offset < composed.size();) {
    const std::size_t start = offset;
    const std::string_view letters = icao_transliteration(read_code_point(composed, offset));
    spelt += letters.empty() ? std::string_view(composed).substr(start, offset - start) : letters;
  }
  return spelt;
}

}  // namespace landfall
