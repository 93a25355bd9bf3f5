#include "shared/identity/person_name.h"

#include "shared/identity/transliteration.h"
#include "shared/text/folding.h"
#include "shared/text/graphemes.h"
#include "shared/text/normalization.h"
#include "shared/text/scripts.h"
#include "shared/text/simplified_han.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr char32_t kMiddleDot = 0xB7;
constexpr std::string_view kMiddleDotText = "\u00B7";
constexpr std::string_view kLatinPunctuation = " '-.,";

// Apostrophes that keyboards and dictionaries put for the ASCII one.
bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == 0x2018 || c == 0x2019 || c == 0x02BC || c == 0x00B4 || c == U'`';
}

bool is_middle_dot(char32_t c) { return c == kMiddleDot || c == 0x2027 || c == 0x30FB; }

bool is_variation_selector(char32_t c) {
  return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

// Every run of white space as one space.
std::string with_single_spaces(std::string_view text) {
  std::string spaced;
  bool pending = false;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    if (is_white_space(read_code_point(text, offset))) {
      pending = true;
      continue;
    }
    if (pending && !spaced.empty()) spaced.push_back(' ');
    pending = false;
    spaced.append(text, start, offset - start);
  }
  return spaced;
}

// Width, dashes and apostrophes as a keyboard without input method has them.
std::string plain_latin(std::string_view value) {
  const std::string folded = fold_dashes(fold_width(trim(value)));
  std::string plain;
  for (std::size_t offset = 0; offset < folded.size();) {
    const std::size_t start = offset;
    if (is_apostrophe(read_code_point(folded, offset))) {
      plain.push_back('\'');
    } else {
      plain.append(folded, start, offset - start);
    }
  }
  return with_single_spaces(plain);
}

// The first character that a name in Latin letters may not have; npos when there is none.
std::size_t find_wrong_latin(std::string_view name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_punctuation = i > 0 && kLatinPunctuation.find(name[i]) != std::string_view::npos;
    if (!is_ascii_upper(name[i]) && !is_punctuation) return i;
  }
  return std::string_view::npos;
}

CheckOutcome too_long(std::size_t max) {
  return refused_with(finding_code::name_too_long, {{"max", std::to_string(max)}});
}

// The whole grapheme at `offset`, so that a finding never shows half a character.
std::string_view grapheme_at(std::string_view text, std::size_t offset) {
  return text.substr(offset, next_grapheme(text, offset) - offset);
}

// Letters and spaces only: what the Hong Kong and Macao track stores.
std::string without_punctuation(std::string_view name) {
  std::string spaced(name);
  for (char& c : spaced) {
    if (c == '-') c = ' ';
  }
  return with_single_spaces(remove_ascii(spaced, "'.,"));
}

CheckOutcome wrong_latin_character(std::string_view name, std::size_t at) {
  const std::string suggestion = ascii_upper(transliterate(name));
  if (find_wrong_latin(suggestion) == std::string_view::npos) {
    return refused_with(finding_code::name_en_character,
                        {{"character", grapheme_at(name, at)}, {"expected", suggestion}});
  }
  return refused_with(finding_code::name_en_character, {{"character", grapheme_at(name, at)}});
}

// Middle dots in one form, variation selectors gone: they choose a glyph, not a character.
std::string plain_chinese(std::string_view value) {
  const std::string composed = normalize_nfc(trim(value));
  std::string plain;
  for (std::size_t offset = 0; offset < composed.size();) {
    const std::size_t start = offset;
    const char32_t c = read_code_point(composed, offset);
    if (is_variation_selector(c)) continue;
    if (is_middle_dot(c)) {
      plain += kMiddleDotText;
    } else {
      plain.append(composed, start, offset - start);
    }
  }
  return plain;
}

// The first character that a Chinese name may not have there; npos when there is none. A middle dot
// stands between characters.
std::size_t find_wrong_chinese(std::string_view name) {
  bool after_han = false;
  for (std::size_t offset = 0; offset < name.size();) {
    const std::size_t start = offset;
    const char32_t c = read_code_point(name, offset);
    const bool is_inner_dot = c == kMiddleDot && after_han && offset < name.size();
    if (!is_han(c) && !is_inner_dot) return start;
    after_han = is_han(c);
  }
  return std::string_view::npos;
}

bool has_simplified(std::string_view name) {
  for (std::size_t offset = 0; offset < name.size();) {
    if (traditional_form(read_code_point(name, offset))) return true;
  }
  return false;
}

bool is_native_punctuation(char32_t c) {
  return c == U' ' || c == U'-' || c == U'.' || c == U',' || is_apostrophe(c) || is_middle_dot(c) ||
         c == 0x30FC || c == 0x200C || c == 0x200D;
}

// Letters and marks of any script, with the punctuation of names; no digits, symbols or controls.
bool is_native_character(char32_t c) {
  if (is_native_punctuation(c)) return true;
  if (c == kNoCodePoint || is_unprintable(c) || is_pictograph(c) || is_white_space(c)) return false;
  std::string text;
  append_utf8(text, c);
  const std::string as_digit = fold_digits(text);
  if (as_digit.size() == 1 && is_ascii_digit(as_digit[0])) return false;
  return script_of(c) != Script::common || is_combining(c);
}

CheckOutcome check_native_name(std::string_view value) {
  const std::string name = with_single_spaces(normalize_nfc(trim(value)));
  bool has_letter = false;
  for (std::size_t offset = 0; offset < name.size();) {
    const std::size_t start = offset;
    const char32_t c = read_code_point(name, offset);
    if (!is_native_character(c)) {
      return refused_with(finding_code::name_character, {{"character", grapheme_at(name, start)}});
    }
    has_letter = has_letter || !is_native_punctuation(c);
  }
  if (!has_letter) return refused_with(finding_code::name_empty);
  if (count_graphemes(name) > kMaxNativeName) return too_long(kMaxNativeName);
  return {{}, name};
}

}  // namespace

CheckOutcome check_name_en(std::string_view value, NameTrack track) {
  const std::string name = ascii_upper(plain_latin(value));
  if (name.empty()) return refused_with(finding_code::name_empty);
  const std::size_t wrong = find_wrong_latin(name);
  if (wrong != std::string_view::npos) return wrong_latin_character(name, wrong);
  if (name.size() > kMaxLatinName) return too_long(kMaxLatinName);
  if (track == NameTrack::general) return {{}, name};

  CheckOutcome outcome{{}, without_punctuation(name)};
  if (outcome.normalised != name) {
    outcome.findings.push_back(
        warning_finding(finding_code::name_en_punctuation, {{"expected", outcome.normalised}}));
  }
  return outcome;
}

CheckOutcome check_name_zh(std::string_view value, bool single_name) {
  const std::string name = plain_chinese(value);
  if (name.empty()) return refused_with(finding_code::name_empty);
  const std::size_t wrong = find_wrong_chinese(name);
  if (wrong != std::string_view::npos) {
    return refused_with(finding_code::name_zh_character, {{"character", grapheme_at(name, wrong)}});
  }
  const std::size_t length = count_graphemes(name);
  if (length < 2 && !single_name) return refused_with(finding_code::name_zh_too_short);
  if (length > kMaxChineseName) return too_long(kMaxChineseName);
  CheckOutcome outcome = check_zh_text(name);
  for (Finding& finding : outcome.findings) finding.severity = Severity::warning;
  outcome.normalised = name;
  return outcome;
}

CheckOutcome check_zh_text(std::string_view value) {
  if (trim(value).empty()) return refused_with(finding_code::required);
  if (!has_simplified(value)) return {{}, std::string(value)};
  return refused_with(finding_code::name_zh_simplified, {{"expected", suggest_traditional(value)}});
}

CheckOutcome check_person_name(std::string_view value, bool single_name) {
  const std::string_view name = trim(value);
  bool is_chinese = !name.empty();
  for (std::size_t offset = 0; offset < name.size();) {
    const char32_t c = read_code_point(name, offset);
    is_chinese = is_chinese && (is_han(c) || is_middle_dot(c) || is_variation_selector(c));
  }
  return is_chinese ? check_name_zh(name, single_name) : check_native_name(name);
}

std::vector<Finding> check_single_name(std::string_view given, bool single_name) {
  const bool is_empty = trim(given).empty();
  if (single_name && !is_empty) return {error_finding(finding_code::name_given_not_empty)};
  if (!single_name && is_empty) return {error_finding(finding_code::name_given_missing)};
  return {};
}

}  // namespace landfall
