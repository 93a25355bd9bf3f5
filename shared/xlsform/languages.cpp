#include "shared/xlsform/languages.h"

#include <algorithm>
#include <array>

#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

struct NamedLanguage {
  std::string_view name;
  std::string_view tag;
};

constexpr std::array kLanguages = {
    NamedLanguage{"amharic", "am"},
    NamedLanguage{"arabic", "ar"},
    NamedLanguage{"bahasa", "id"},
    NamedLanguage{"bangla", "bn"},
    NamedLanguage{"bengali", "bn"},
    NamedLanguage{"burmese", "my"},
    NamedLanguage{"chinese", "zh"},
    NamedLanguage{"dari", "prs"},
    NamedLanguage{"deutsch", "de"},
    NamedLanguage{"dutch", "nl"},
    NamedLanguage{"eng", "en"},
    NamedLanguage{"english", "en"},
    NamedLanguage{"español", "es"},
    NamedLanguage{"farsi", "fa"},
    NamedLanguage{"filipino", "fil"},
    NamedLanguage{"français", "fr"},
    NamedLanguage{"francais", "fr"},
    NamedLanguage{"french", "fr"},
    NamedLanguage{"german", "de"},
    NamedLanguage{"hausa", "ha"},
    NamedLanguage{"hindi", "hi"},
    NamedLanguage{"indonesian", "id"},
    NamedLanguage{"italian", "it"},
    NamedLanguage{"japanese", "ja"},
    NamedLanguage{"khmer", "km"},
    NamedLanguage{"korean", "ko"},
    NamedLanguage{"kurdish", "ku"},
    NamedLanguage{"lao", "lo"},
    NamedLanguage{"malay", "ms"},
    NamedLanguage{"mandarin", "zh"},
    NamedLanguage{"nepali", "ne"},
    NamedLanguage{"pashto", "ps"},
    NamedLanguage{"persian", "fa"},
    NamedLanguage{"portuguese", "pt"},
    NamedLanguage{"português", "pt"},
    NamedLanguage{"russian", "ru"},
    NamedLanguage{"simplified chinese", "zh-Hans"},
    NamedLanguage{"somali", "so"},
    NamedLanguage{"spanish", "es"},
    NamedLanguage{"swahili", "sw"},
    NamedLanguage{"tagalog", "tl"},
    NamedLanguage{"tamil", "ta"},
    NamedLanguage{"thai", "th"},
    NamedLanguage{"tigrinya", "ti"},
    NamedLanguage{"traditional chinese", "zh-Hant"},
    NamedLanguage{"turkish", "tr"},
    NamedLanguage{"ukrainian", "uk"},
    NamedLanguage{"urdu", "ur"},
    NamedLanguage{"vietnamese", "vi"},
    NamedLanguage{"中文", "zh"},
    NamedLanguage{"日本語", "ja"},
    NamedLanguage{"한국어", "ko"},
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

// Two or three letters, then subtags of up to eight letters and digits.
bool has_shape_of_tag(std::string_view text) {
  std::size_t part = 0;
  while (true) {
    const std::size_t end = std::min(text.find('-'), text.size());
    const std::string_view subtag = text.substr(0, end);
    const bool first_fits =
        part != 0 || (end >= 2 && end <= 3 && std::all_of(subtag.begin(), subtag.end(), is_letter));
    if (!first_fits || end == 0 || end > 8 ||
        !std::all_of(subtag.begin(), subtag.end(), is_letter_or_digit)) {
      return false;
    }
    if (end == text.size()) return true;
    text.remove_prefix(end + 1);
    ++part;
  }
}

// Language in lower case, script with a capital, region in capitals.
std::string in_usual_case(std::string_view tag) {
  std::string result = lowered(tag);
  for (std::size_t from = result.find('-'); from != std::string::npos;) {
    ++from;
    const std::size_t next = result.find('-', from);
    const std::size_t size = std::min(next, result.size()) - from;
    const std::size_t capitals = size == 4 ? 1 : size == 2 ? 2 : 0;
    for (std::size_t i = from; i < from + capitals; ++i) {
      if (result[i] >= 'a' && result[i] <= 'z') result[i] = static_cast<char>(result[i] - 32);
    }
    from = next;
  }
  return result;
}

std::string private_tag(std::string_view language) {
  std::string tag = "x";
  std::size_t in_part = 8;
  for (const char c : lowered(language)) {
    if (!is_letter_or_digit(c)) continue;
    if (in_part == 8) {
      if (tag.size() > 24) break;
      tag += '-';
      in_part = 0;
    }
    tag += c;
    ++in_part;
  }
  return tag == "x" ? "und" : tag;
}

}  // namespace

LanguageTag tag_of_language(std::string_view language) {
  language = trimmed_cell(language);
  const std::size_t open = language.rfind('(');
  if (open != std::string_view::npos && language.back() == ')') {
    const std::string_view inside =
        trimmed_cell(language.substr(open + 1, language.size() - open - 2));
    if (has_shape_of_tag(inside)) return {in_usual_case(inside), true};
  }
  const std::string name = lowered(collapsed(language));
  for (const NamedLanguage& known : kLanguages) {
    if (known.name == name) return {std::string(known.tag), true};
  }
  if (has_shape_of_tag(language)) return {in_usual_case(language), true};
  return {private_tag(language), false};
}

}  // namespace landfall
