#include "shared/identity/transliteration.h"

#include <algorithm>
#include <iterator>

#include "shared/text/folding.h"
#include "shared/text/normalization.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// A letter and its spellings, the recommended one first, separated by spaces. Doc 9303-3 section
// 6.A; ß stands with ẞ.
struct Spelling {
  char16_t letter;
  char spellings[10];
};
constexpr Spelling kTable[] = {
    {0x00C0, "A"},    {0x00C1, "A"},  {0x00C2, "A"},        {0x00C3, "A"},  {0x00C4, "AE A"},
    {0x00C5, "AA A"}, {0x00C6, "AE"}, {0x00C7, "C"},        {0x00C8, "E"},  {0x00C9, "E"},
    {0x00CA, "E"},    {0x00CB, "E"},  {0x00CC, "I"},        {0x00CD, "I"},  {0x00CE, "I"},
    {0x00CF, "I"},    {0x00D0, "D"},  {0x00D1, "N NXX"},    {0x00D2, "O"},  {0x00D3, "O"},
    {0x00D4, "O"},    {0x00D5, "O"},  {0x00D6, "OE O"},     {0x00D8, "OE"}, {0x00D9, "U"},
    {0x00DA, "U"},    {0x00DB, "U"},  {0x00DC, "UE UXX U"}, {0x00DD, "Y"},  {0x00DE, "TH"},
    {0x00DF, "SS"},   {0x0100, "A"},  {0x0102, "A"},        {0x0104, "A"},  {0x0106, "C"},
    {0x0108, "C"},    {0x010A, "C"},  {0x010C, "C"},        {0x010E, "D"},  {0x0110, "D"},
    {0x0112, "E"},    {0x0114, "E"},  {0x0116, "E"},        {0x0118, "E"},  {0x011A, "E"},
    {0x011C, "G"},    {0x011E, "G"},  {0x0120, "G"},        {0x0122, "G"},  {0x0124, "H"},
    {0x0126, "H"},    {0x0128, "I"},  {0x012A, "I"},        {0x012C, "I"},  {0x012E, "I"},
    {0x0130, "I"},    {0x0131, "I"},  {0x0132, "IJ"},       {0x0134, "J"},  {0x0136, "K"},
    {0x0139, "L"},    {0x013B, "L"},  {0x013D, "L"},        {0x013F, "L"},  {0x0141, "L"},
    {0x0143, "N"},    {0x0145, "N"},  {0x0147, "N"},        {0x014A, "N"},  {0x014C, "O"},
    {0x014E, "O"},    {0x0150, "O"},  {0x0152, "OE"},       {0x0154, "R"},  {0x0156, "R"},
    {0x0158, "R"},    {0x015A, "S"},  {0x015C, "S"},        {0x015E, "S"},  {0x0160, "S"},
    {0x0162, "T"},    {0x0164, "T"},  {0x0166, "T"},        {0x0168, "U"},  {0x016A, "U"},
    {0x016C, "U"},    {0x016E, "U"},  {0x0170, "U"},        {0x0172, "U"},  {0x0174, "W"},
    {0x0176, "Y"},    {0x0178, "Y"},  {0x0179, "Z"},        {0x017B, "Z"},  {0x017D, "Z"},
    {0x1E9E, "SS"}};

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
  const auto* const found =
      std::lower_bound(std::begin(kTable), std::end(kTable), upper,
                       [](const Spelling& row, char32_t wanted) { return row.letter < wanted; });
  if (found != std::end(kTable) && found->letter == upper) return found->spellings;
  return base_letter(upper);
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
