#include "shared/text/normalization.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "shared/text/run_table.h"
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

constexpr std::size_t kNotFound = std::string_view::npos;

// Where in the pair tables `code_point` stands.
std::size_t find_pair(char32_t code_point) {
  const auto* const found =
      std::lower_bound(std::begin(kPairComposed), std::end(kPairComposed), code_point);
  if (found == std::end(kPairComposed) || *found != code_point) return kNotFound;
  return static_cast<std::size_t>(found - std::begin(kPairComposed));
}

// Where in kSingleTo the decomposition of `code_point` stands.
std::size_t find_single(char32_t code_point) {
  const auto* const behind =
      std::upper_bound(std::begin(kSingleRuns), std::end(kSingleRuns), code_point);
  if (behind == std::begin(kSingleRuns)) return kNotFound;
  const auto run = static_cast<std::size_t>(behind - std::begin(kSingleRuns)) - 1;
  const std::size_t index = kSingleStarts[run] + (code_point - kSingleRuns[run]);
  const std::size_t end =
      behind == std::end(kSingleRuns) ? std::size(kSingleTo) : kSingleStarts[run + 1];
  return index < end ? index : kNotFound;
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
  } else if (const std::size_t pair = find_pair(code_point); pair != kNotFound) {
    // Nests at most four deep; the second of a pair never decomposes into a starter and more.
    append_decomposed(to, kPairFirst[pair]);
    append_decomposed(to, kPairSecond[pair]);
  } else if (const std::size_t single = find_single(code_point); single != kNotFound) {
    append_decomposed(to, kSingleTo[single]);
  } else {
    to.push_back(code_point);
  }
}

// Marks after one letter into the order of their classes; equal classes keep theirs.
void order_marks(std::u32string& text) {
  for (std::size_t start = 0; start < text.size();) {
    if (combining_class(text[start]) == 0) {
      ++start;
      continue;
    }
    std::size_t end = start;
    while (end < text.size() && combining_class(text[end]) != 0) ++end;
    std::stable_sort(text.begin() + static_cast<std::ptrdiff_t>(start),
                     text.begin() + static_cast<std::ptrdiff_t>(end), [](char32_t a, char32_t b) {
                       return combining_class(a) < combining_class(b);
                     });
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
  order_marks(decomposed);
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
  const auto precedes = [first, second](std::uint16_t index) {
    return kPairFirst[index] != first ? kPairFirst[index] < first : kPairSecond[index] < second;
  };
  const auto* const found =
      std::partition_point(std::begin(kCompositionOrder), std::end(kCompositionOrder), precedes);
  if (found == std::end(kCompositionOrder)) return 0;
  const bool is_pair = kPairFirst[*found] == first && kPairSecond[*found] == second;
  return is_pair ? kPairComposed[*found] : 0;
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

}  // namespace

std::string normalize_nfc(std::string_view text) {
  if (is_untouched(text)) return std::string(text);
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
