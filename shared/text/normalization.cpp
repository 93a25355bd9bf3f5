#include "shared/text/normalization.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

#include "shared/text/packed_numbers.h"
#include "shared/text/tables.gen.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

// Bytes that are not UTF-8 travel as this plus the byte: no code point, so nothing touches them.
constexpr char32_t kDamagedByte = 0x110000;

// Hangul syllables are computed (Unicode 15.0 section 3.12).
constexpr char32_t kSyllableBase = 0xAC00;
constexpr char32_t kSyllableCount = 11172;
constexpr char32_t kLeadingBase = 0x1100;
constexpr char32_t kLeadingCount = 19;
constexpr char32_t kVowelBase = 0x1161;
constexpr char32_t kVowelCount = 21;
constexpr char32_t kTrailingBase = 0x11A7;
constexpr char32_t kTrailingCount = 28;

std::uint8_t combining_class(char32_t code_point) {
  if (code_point < 0x300 || code_point >= kDamagedByte) return 0;
  return run_value(kCombiningRuns, code_point);
}

// Where in the pair tables `code_point` stands.
std::size_t find_pair(char32_t code_point) {
  const PackedPlace place = last_not_above(kPairComposed, code_point);
  return place.number == code_point ? place.index : kNoIndex;
}

char32_t second_of(std::size_t pair) { return number_at(kSeconds, kPairSecond[pair] & 0x7F); }

// Where in kSingleTo the decomposition of `code_point` stands.
std::size_t find_single(char32_t code_point) {
  const PackedPlace run = last_not_above(kSingleRuns, code_point);
  if (run.index == kNoIndex) return kNoIndex;
  const std::size_t index = number_at(kSingleStarts, run.index) + (code_point - run.number);
  return index < number_at(kSingleStarts, run.index + 1) ? index : kNoIndex;
}

void append_hangul(std::u32string& to, char32_t code_point) {
  const char32_t index = code_point - kSyllableBase;
  to.push_back(kLeadingBase + index / (kVowelCount * kTrailingCount));
  to.push_back(kVowelBase + index % (kVowelCount * kTrailingCount) / kTrailingCount);
  if (index % kTrailingCount != 0) to.push_back(kTrailingBase + index % kTrailingCount);
}

// Appends the full canonical decomposition.
void append_decomposed(std::u32string& to, char32_t code_point) {
  if (code_point < 0xC0) {
    to.push_back(code_point);
  } else if (code_point - kSyllableBase < kSyllableCount) {
    append_hangul(to, code_point);
  } else if (const std::size_t pair = find_pair(code_point); pair != kNoIndex) {
    // Nests at most four deep; the second of a pair never decomposes into a starter and more.
    append_decomposed(to, number_at(kPairFirst, pair));
    append_decomposed(to, second_of(pair));
  } else if (const std::size_t single = find_single(code_point); single != kNoIndex) {
    append_decomposed(to, number_at(kSingleTo, single));
  } else {
    to.push_back(code_point);
  }
}

// Marks after one letter into the order of their classes; equal classes keep theirs. Counting takes
// time linear in their number, which a letter sets no bound to.
void order_marks(std::span<char32_t> marks, std::span<const std::uint8_t> classes) {
  std::array<std::size_t, 257> starts{};
  for (const std::uint8_t own : classes) ++starts[own + 1u];
  for (std::size_t i = 1; i < starts.size(); ++i) starts[i] += starts[i - 1];
  const std::u32string before(marks.begin(), marks.end());
  for (std::size_t i = 0; i < before.size(); ++i) marks[starts[classes[i]]++] = before[i];
}

void order_all_marks(std::u32string& text) {
  std::vector<std::uint8_t> classes(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) classes[i] = combining_class(text[i]);
  for (std::size_t start = 0; start < text.size(); ++start) {
    std::size_t end = start;
    while (end < text.size() && classes[end] != 0) ++end;
    const auto own = std::span<const std::uint8_t>(classes).subspan(start, end - start);
    if (!std::is_sorted(own.begin(), own.end())) {
      order_marks(std::span<char32_t>(text).subspan(start, end - start), own);
    }
    start = end;
  }
}

std::u32string decompose(std::string_view text) {
  std::u32string decomposed;
  decomposed.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t start = offset;
    const char32_t code_point = read_code_point(text, offset);
    if (code_point == kNoCodePoint) {
      decomposed.push_back(kDamagedByte + static_cast<unsigned char>(text[start]));
    } else {
      append_decomposed(decomposed, code_point);
    }
  }
  order_all_marks(decomposed);
  return decomposed;
}

// What the two compose to, or 0.
char32_t compose_hangul(char32_t first, char32_t second) {
  if (first - kLeadingBase < kLeadingCount && second - kVowelBase < kVowelCount) {
    return kSyllableBase +
           ((first - kLeadingBase) * kVowelCount + (second - kVowelBase)) * kTrailingCount;
  }
  const bool is_open_syllable =
      first - kSyllableBase < kSyllableCount && (first - kSyllableBase) % kTrailingCount == 0;
  if (is_open_syllable && second > kTrailingBase && second - kTrailingBase < kTrailingCount) {
    return first + (second - kTrailingBase);
  }
  return 0;
}

char32_t compose(char32_t first, char32_t second) {
  if (const char32_t syllable = compose_hangul(first, second); syllable != 0) return syllable;
  const PackedPlace place = last_not_above(kSeconds, second);
  if (place.index == kNoIndex || place.number != second) return 0;
  PackedReader firsts(kPairFirst);
  for (std::size_t pair = 0; pair < std::size(kPairSecond); ++pair) {
    if (kPairSecond[pair] == place.index && firsts.number() == first) {
      return number_at(kPairComposed, pair);
    }
    firsts.advance();
  }
  return 0;
}

// Composes in place (UAX #15, D117): a mark joins the last starter unless another one blocks it.
// What is kept never overtakes what is read.
void compose_all(std::u32string& text) {
  std::size_t kept = 0;
  std::size_t starter = std::u32string::npos;
  std::uint8_t last_class = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char32_t code_point = text[at];
    const std::uint8_t own_class = combining_class(code_point);
    const bool is_adjacent = starter != std::u32string::npos && kept == starter + 1;
    const bool is_blocked = !is_adjacent && last_class >= own_class;
    if (starter != std::u32string::npos && !is_blocked) {
      const char32_t composed = compose(text[starter], code_point);
      if (composed != 0) {
        text[starter] = composed;
        continue;
      }
    }
    if (own_class == 0) starter = kept;
    last_class = own_class;
    text[kept++] = code_point;
  }
  text.resize(kept);
}

std::string encode(const std::u32string& code_points) {
  std::string text;
  text.reserve(code_points.size());
  for (const char32_t code_point : code_points) {
    if (code_point >= kDamagedByte) {
      text.push_back(static_cast<char>(code_point - kDamagedByte));
    } else {
      append_utf8(text, code_point);
    }
  }
  return text;
}

// Below U+00C0 nothing decomposes or composes; 0xC3 is the lead byte of U+00C0.
bool is_untouched(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0xC3; });
}

// Whether composing leaves `code_point` alone whatever stands around it.
bool is_steady(char32_t code_point) {
  if (code_point < 0x300) return true;
  const bool is_jamo = code_point - kLeadingBase < 0x100;
  if (is_jamo || combining_class(code_point) != 0) return false;
  if (last_not_above(kSeconds, code_point).number == code_point) return false;
  if (find_single(code_point) != kNoIndex) return false;
  const std::size_t pair = find_pair(code_point);
  return pair == kNoIndex || (kPairSecond[pair] & 0x80) == 0;
}

// Text as it is mostly typed: every character composed, none that joins another.
bool is_plainly_composed(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t code_point = read_code_point(text, offset);
    if (code_point != kNoCodePoint && !is_steady(code_point)) return false;
  }
  return true;
}

}  // namespace

std::string normalize_nfc(std::string_view text) {
  if (is_untouched(text) || is_plainly_composed(text)) return std::string(text);
  std::u32string code_points = decompose(text);
  compose_all(code_points);
  return encode(code_points);
}

std::string normalize_nfd(std::string_view text) {
  if (is_untouched(text)) return std::string(text);
  return encode(decompose(text));
}

bool is_nfc(std::string_view text) { return normalize_nfc(text) == text; }

bool is_combining(char32_t code_point) { return combining_class(code_point) != 0; }

}  // namespace landfall
