#include "shared/identity/passport_number.h"

#include <algorithm>
#include <array>
#include <string>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::size_t kMinLength = 5;
constexpr std::size_t kMaxLength = 15;

// The usual numbers of a country: alternatives separated by '|', each of '#' (a digit), '@' (a
// letter), letters themselves and sets, optionally repeated as {n}, {n,m} or '?'.
struct UsualFormat {
  std::string_view country;
  std::string_view pattern;
};
constexpr std::array kUsualFormats = {
    UsualFormat{"AUS", "@{1,2}#{7}"},
    UsualFormat{"CAN", "@{2}#{6}|@#{6}@{2}"},
    UsualFormat{"CHN", "G#{8}|E#{8}|E[A-HJ-NP-Z]#{7}|[DSP]E?#{7,8}"},
    UsualFormat{"DEU", "[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}"},
    UsualFormat{"FRA", "#{2}@{2}#{5}"},
    UsualFormat{"GBN", "#{9}"},
    UsualFormat{"GBR", "#{9}"},
    UsualFormat{"HKG", "[HK]#{8}|[HK]@#{7}"},
    UsualFormat{"IDN", "@{1,2}#{6,7}"},
    UsualFormat{"IND", "@#{7}"},
    UsualFormat{"JPN", "@{2}#{7}"},
    UsualFormat{"KHM", "N#{7,8}"},
    UsualFormat{"KOR", "@#{8}|@#{3}@#{4}|@{2}#{7}"},
    UsualFormat{"LAO", "P@?#{7}"},
    UsualFormat{"MAC", "M@#{7}"},
    UsualFormat{"MMR", "M@#{6}"},
    UsualFormat{"MNG", "E#{7,8}"},
    UsualFormat{"MYS", "[AHK]#{8}"},
    UsualFormat{"NZL", "@{2}#{6}"},
    UsualFormat{"PHL", "@#{7}@|@{2}#{7}|@#{8}"},
    UsualFormat{"SGP", "@#{7}@"},
    UsualFormat{"THA", "@{1,2}#{6,7}"},
    UsualFormat{"TWN", "#{9}"},
    UsualFormat{"USA", "@#{8}|#{9}"},
    UsualFormat{"VNM", "@#{7,8}"},
};

// One step of an alternative: which characters, and how many of them.
struct Step {
  std::string_view set;
  std::size_t least = 1;
  std::size_t most = 1;

  [[nodiscard]] bool takes(char c) const {
    if (set == "#") return is_ascii_digit(c);
    if (set == "@") return is_ascii_upper(c);
    for (std::size_t i = 0; i < set.size(); ++i) {
      const bool is_range = i + 2 < set.size() && set[i + 1] == '-';
      if (is_range ? c >= set[i] && c <= set[i + 2] : c == set[i]) return true;
      if (is_range) i += 2;
    }
    return false;
  }
};

Step take_step(std::string_view& alternative) {
  Step step;
  const bool is_set = alternative[0] == '[';
  const std::size_t end = is_set ? alternative.find(']') : 1;
  step.set = is_set ? alternative.substr(1, end - 1) : alternative.substr(0, 1);
  alternative.remove_prefix(is_set ? end + 1 : 1);
  if (alternative.starts_with('?')) {
    step.least = 0;
    alternative.remove_prefix(1);
  } else if (alternative.starts_with('{')) {
    // One-digit counts, "{7}" or "{7,8}".
    const std::size_t close = alternative.find('}');
    step.least = static_cast<std::size_t>(alternative[1] - '0');
    step.most = static_cast<std::size_t>(alternative[close - 1] - '0');
    alternative.remove_prefix(close + 1);
  }
  return step;
}

// Takes as much as each step can; no pattern above needs to give anything back.
bool fits_alternative(std::string_view number, std::string_view alternative) {
  while (!alternative.empty()) {
    const Step step = take_step(alternative);
    std::size_t taken = 0;
    while (taken < step.most && taken < number.size() && step.takes(number[taken])) ++taken;
    if (taken < step.least) return false;
    number.remove_prefix(taken);
  }
  return number.empty();
}

bool fits(std::string_view number, std::string_view pattern) {
  for (std::size_t start = 0; start <= pattern.size();) {
    const std::size_t end = std::min(pattern.find('|', start), pattern.size());
    if (fits_alternative(number, pattern.substr(start, end - start))) return true;
    start = end + 1;
  }
  return false;
}

bool is_usual(std::string_view number, std::string_view country) {
  for (const UsualFormat& format : kUsualFormats) {
    if (format.country == country) return fits(number, format.pattern);
  }
  return true;
}

}  // namespace

CheckOutcome check_passport_number(std::string_view value, std::string_view country) {
  const std::string number = fold_identifier(value);
  bool has_shape = number.size() >= kMinLength && number.size() <= kMaxLength;
  for (const char c : number) has_shape = has_shape && (is_ascii_digit(c) || is_ascii_upper(c));
  if (!has_shape) return refused_with(finding_code::passport_number_malformed);
  CheckOutcome outcome{{}, number};
  if (!is_usual(number, country)) {
    outcome.findings.push_back(
        warning_finding(finding_code::passport_number_unusual, {{"country", country}}));
  }
  return outcome;
}

}  // namespace landfall
