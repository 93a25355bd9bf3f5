#include "shared/identity/mrz_name.h"

#include <algorithm>
#include <vector>

#include "shared/identity/transliteration.h"
#include "shared/text/folding.h"
#include "shared/text/normalization.h"
#include "shared/text/scripts.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr std::string_view kSeparator = "<<";
// How much of a secondary identifier stays when the primary one alone would fill the field.
constexpr std::size_t kKeptOfSecondary = 2;

// What separates the parts of an identifier; everything else that is no letter only disappears.
bool separates(char32_t c) {
  return is_white_space(c) || c == U'-' || c == U',' || c == U'<' || (c >= 0x2010 && c <= 0x2015);
}

// The letters of each part, as typed.
std::vector<std::u32string> parts_of(std::string_view identifier) {
  std::vector<std::u32string> parts(1);
  const std::string composed = normalize_nfc(identifier);
  for (std::size_t offset = 0; offset < composed.size();) {
    const char32_t c = read_code_point(composed, offset);
    if (separates(c)) {
      if (!parts.back().empty()) parts.emplace_back();
    } else if (!icao_alternatives(c).empty()) {
      parts.back().push_back(c);
    }
  }
  if (parts.back().empty()) parts.pop_back();
  return parts;
}

// `spelling` cut to `length`, ending in a letter: where the cut falls on a filler, the part before
// gives up a letter for the next part's initial. Shorter when even that is not possible.
std::string cut_to(std::string_view spelling, std::size_t length) {
  if (spelling.size() <= length) return std::string(spelling);
  std::string cut(spelling.substr(0, length));
  if (!cut.ends_with('<')) return cut;
  cut.pop_back();
  const bool can_shorten = cut.size() >= 2 && cut[cut.size() - 2] != '<';
  if (can_shorten) {
    cut.back() = '<';
    cut.push_back(spelling[length]);
  }
  return cut;
}

// True when `letters`, in some spelling of the table, is `part`, or begins with it where
// `may_be_cut`.
bool spells(std::u32string_view letters, std::string_view part, bool may_be_cut) {
  // reached[i]: the letters so far can be spelt as the first i characters of the part.
  std::vector<bool> reached(part.size() + 1, false);
  reached[0] = true;
  for (const char32_t letter : letters) {
    if (may_be_cut && reached[part.size()]) return true;
    std::vector<bool> next(part.size() + 1, false);
    std::string_view alternatives = icao_alternatives(letter);
    while (!alternatives.empty()) {
      const std::string_view spelling = alternatives.substr(0, alternatives.find(' '));
      alternatives.remove_prefix(std::min(alternatives.size(), spelling.size() + 1));
      for (std::size_t at = 0; at <= part.size(); ++at) {
        if (!reached[at]) continue;
        const std::string_view rest = part.substr(at);
        if (rest.starts_with(spelling)) next[at + spelling.size()] = true;
        if (may_be_cut && spelling.starts_with(rest)) return true;
      }
    }
    reached = std::move(next);
  }
  return reached[part.size()];
}

// Parts of the zone against typed ones; a full field may have cut or left out parts at the end.
bool is_spelling_of(std::string_view in_zone, std::string_view typed, bool is_full) {
  const std::vector<std::u32string> parts = parts_of(typed);
  std::size_t index = 0;
  for (std::size_t start = 0; start < in_zone.size(); ++index) {
    const std::size_t end = std::min(in_zone.find(' ', start), in_zone.size());
    if (index == parts.size()) return false;
    if (!spells(parts[index], in_zone.substr(start, end - start), is_full)) return false;
    start = end + 1;
  }
  return index == parts.size() || (is_full && index > 0);
}

// Fillers as single spaces.
std::string spaced(std::string_view fillers) {
  std::string text;
  for (const char c : fillers) {
    if (c != '<') {
      text.push_back(c);
    } else if (!text.empty() && text.back() != ' ') {
      text.push_back(' ');
    }
  }
  if (text.ends_with(' ')) text.pop_back();
  return text;
}

}  // namespace

std::string mrz_spelling(std::string_view identifier) {
  std::string spelling;
  for (const std::u32string& part : parts_of(identifier)) {
    if (!spelling.empty()) spelling.push_back('<');
    for (const char32_t letter : part) spelling += icao_transliteration(letter);
  }
  return spelling;
}

std::string format_mrz_name(std::string_view primary, std::string_view secondary,
                            std::size_t length) {
  const std::string first = mrz_spelling(primary);
  const std::string second = mrz_spelling(secondary);
  std::string field = cut_to(first, length);
  if (!second.empty()) {
    const std::size_t kept = std::min(second.size(), kKeptOfSecondary) + kSeparator.size();
    field = cut_to(first, length > kept ? length - kept : 0);
    const std::size_t room = length - std::min(length, field.size() + kSeparator.size());
    std::string rest = cut_to(second, room);
    // One-letter parts, "A<B" into two: only a shorter primary identifier makes it end in a letter.
    if (rest.size() < std::min(room, second.size())) {
      field = cut_to(first, field.size() - 1);
      rest = cut_to(second, length - field.size() - kSeparator.size());
    }
    field += kSeparator;
    field += rest;
  }
  field.resize(length, '<');
  return field;
}

MrzName parse_mrz_name(std::string_view field) {
  const std::size_t end = field.find_last_not_of('<');
  if (end == std::string_view::npos) return {};
  field = field.substr(0, end + 1);
  const std::size_t separator = field.find(kSeparator);
  if (separator == std::string_view::npos) return {spaced(field), ""};
  return {spaced(field.substr(0, separator)), spaced(field.substr(separator))};
}

bool is_mrz_name_of(std::string_view field, std::string_view primary, std::string_view secondary) {
  const MrzName name = parse_mrz_name(field);
  // Doc 9303-3 section 4.2.3: a field whose last character is a letter may have been cut.
  const bool is_full = !field.empty() && field.back() != '<';
  const bool may_lack_secondary = is_full && name.secondary.empty();
  if (is_spelling_of(name.primary, primary, is_full) &&
      (may_lack_secondary || is_spelling_of(name.secondary, secondary, is_full))) {
    return true;
  }
  // Parts of one letter at both ends leave no way to cut a name so that the field ends in a letter.
  return format_mrz_name(primary, secondary, field.size()) == field;
}

}  // namespace landfall
