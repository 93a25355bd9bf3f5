#include "shared/identity/phone.h"

#include <algorithm>
#include <array>

#include "shared/identity/phone_plans.gen.h"
#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr std::string_view kTaiwan = "886";
constexpr std::size_t kMaxE164Digits = 15;
constexpr std::size_t kMaxExtensionDigits = 6;

// Area code with its leading zero, and how many digits follow; longer codes come first because
// shorter ones begin like them.
struct Area {
  std::string_view code;
  std::size_t least;
  std::size_t most;
};
constexpr std::array kAreas = {
    Area{"0826", 5, 5}, Area{"0836", 5, 5}, Area{"082", 6, 6}, Area{"089", 6, 6}, Area{"037", 6, 6},
    Area{"049", 7, 7},  Area{"02", 8, 8},   Area{"03", 7, 7},  Area{"04", 7, 8},  Area{"05", 7, 7},
    Area{"06", 7, 7},   Area{"07", 7, 7},   Area{"08", 7, 7},
};

// Width, digits and dashes folded; no blanks, hyphens, dots or parentheses.
std::string undecorated(std::string_view value) {
  return remove_ascii(fold_identifier(value), ".()");
}

// Cuts "…#123", "…ext.123", "…轉123", "…分機123" or our own "…;ext=123" off `number`; false when
// what follows the mark is no extension.
bool cut_extension(std::string& number, std::string& extension) {
  for (const std::string_view mark : {";EXT=", "#", "EXT", "轉", "分機"}) {
    const std::size_t at = number.find(mark);
    if (at == std::string::npos) continue;
    extension = number.substr(at + mark.size());
    number.resize(at);
    return is_all_digits(extension) && extension.size() <= kMaxExtensionDigits;
  }
  return true;
}

// The national number with its leading zero, whatever prefix it came with.
std::string national_of(std::string_view number) {
  for (const std::string_view prefix : {"+886", "00886", "886"}) {
    if (!number.starts_with(prefix)) continue;
    number.remove_prefix(prefix.size());
    // "+886 (0)912…" is written by people who dial both ways.
    return (number.starts_with('0') ? "" : "0") + std::string(number);
  }
  return std::string(number);
}

// 1990 and the like are short, 0800 and 0809 toll-free.
bool is_nobodys_own(std::string_view national) {
  const bool is_short = national.size() <= 4 && national.starts_with('1');
  return is_all_digits(national) &&
         (is_short || national.starts_with("0800") || national.starts_with("0809"));
}

bool is_landline(std::string_view national) {
  for (const Area& area : kAreas) {
    if (!national.starts_with(area.code)) continue;
    const std::size_t digits = national.size() - area.code.size();
    if (digits < area.least || digits > area.most) continue;
    if (area.code != "02") return true;
    const char first = national[area.code.size()];
    return first >= '2' && first <= '8';
  }
  return false;
}

using phone_plans::Plan;

// The plan of a calling code, written in digits; nullptr for a code that is nobody's.
const Plan* find_plan(std::string_view calling_code) {
  if (calling_code.size() > 3) return nullptr;
  unsigned code = 0;
  for (const char digit : calling_code) code = code * 10 + static_cast<unsigned>(digit - '0');
  const auto* const found =
      std::lower_bound(std::begin(phone_plans::kPlans), std::end(phone_plans::kPlans), code,
                       [](const Plan& plan, unsigned wanted) { return plan.code < wanted; });
  return found != std::end(phone_plans::kPlans) && found->code == code ? found : nullptr;
}

bool has_length(const Plan& plan, std::size_t digits) {
  return digits < 16 && (plan.lengths >> digits & 1) != 0;
}

// The number without what is dialled before it at home only. A zero is never a number's first digit
// where zero is dialled, so all of them go; other prefixes are, so they go only where the rest has
// a right length.
std::string_view without_trunk(const Plan& plan, std::string_view number) {
  constexpr std::uint8_t kHungary = 6;
  if (plan.trunk == 0) return number.substr(std::min(number.find_first_not_of('0'), number.size()));
  if (plan.trunk > 9 || has_length(plan, number.size())) return number;
  const std::string trunk =
      plan.trunk == kHungary ? "06" : std::string(1, static_cast<char>('0' + plan.trunk));
  const bool fits = number.starts_with(trunk) && has_length(plan, number.size() - trunk.size());
  return fits ? number.substr(trunk.size()) : number;
}

CheckOutcome check_abroad(std::string_view calling_code, std::string_view number) {
  const bool is_hong_kong_or_macao = calling_code == "852" || calling_code == "853";
  const std::size_t most = is_hong_kong_or_macao ? 10 : 14;
  if (!is_all_digits(number) || !is_all_digits(calling_code) || number.size() > most) {
    return refused_with(finding_code::phone_malformed);
  }
  const Plan* plan = find_plan(calling_code);
  if (plan != nullptr) number = without_trunk(*plan, number);
  // On some islands four or five digits are a whole number.
  if (number.size() < 6 && (plan == nullptr || !has_length(*plan, number.size()))) {
    return refused_with(finding_code::phone_malformed);
  }
  const std::string digits = std::string(calling_code) + std::string(number);
  if (digits.size() > kMaxE164Digits) return refused_with(finding_code::phone_malformed);
  CheckOutcome outcome{{}, "+" + digits};
  if (plan == nullptr || !has_length(*plan, number.size())) {
    outcome.findings.push_back(
        warning_finding(finding_code::phone_unusual, {{"calling_code", calling_code}}));
  }
  return outcome;
}

// A number that brings its country along. No calling code begins another, so the first that is
// found is the one.
CheckOutcome check_international(std::string_view digits) {
  const bool fits =
      is_all_digits(digits) && digits[0] != '0' && digits.size() <= kMaxE164Digits + 1;
  if (!fits) return refused_with(finding_code::phone_malformed);
  for (std::size_t length = 1; length <= 3; ++length) {
    const std::string_view code = digits.substr(0, length);
    if (find_plan(code) != nullptr) return check_abroad(code, digits.substr(length));
  }
  return refused_with(finding_code::phone_malformed);
}

}  // namespace

std::optional<TwPhone> read_tw_phone(std::string_view value) {
  std::string number = undecorated(value);
  TwPhone phone;
  if (!cut_extension(number, phone.extension)) return {};
  const std::string national = national_of(number);
  if (!is_all_digits(national) || is_nobodys_own(national)) return {};
  if (national.starts_with("09") && national.size() == 10) {
    phone.kind = TwPhoneKind::mobile;
  } else if (is_landline(national)) {
    phone.kind = TwPhoneKind::landline;
  } else {
    return {};
  }
  phone.e164 = "+" + std::string(kTaiwan) + national.substr(1);
  return phone;
}

CheckOutcome check_tw_phone(std::string_view value) {
  const std::optional<TwPhone> phone = read_tw_phone(value);
  if (!phone) {
    const std::string national = national_of(undecorated(value));
    if (is_nobodys_own(national)) return refused_with(finding_code::phone_not_personal);
    const std::string dialled = "0" + national;
    if (!read_tw_phone(dialled)) return refused_with(finding_code::tw_phone_malformed);
    return refused_with(finding_code::tw_phone_malformed, {{"expected", dialled}});
  }
  const std::string extension = phone->extension.empty() ? "" : ";ext=" + phone->extension;
  return {{}, phone->e164 + extension};
}

CheckOutcome check_phone(std::string_view value, std::string_view calling_code) {
  const std::string typed = undecorated(value);
  std::string_view number = typed;
  if (number.starts_with("00") || number.starts_with('+')) {
    number.remove_prefix(number[0] == '+' ? 1 : 2);
    if (number.starts_with(kTaiwan)) {
      if (calling_code.empty() || calling_code == kTaiwan) return check_tw_phone(value);
    }
    if (calling_code.empty()) return check_international(number);
    if (!number.starts_with(calling_code)) return refused_with(finding_code::phone_malformed);
    return check_abroad(calling_code, number.substr(calling_code.size()));
  }
  // Without any country it can only be a number at home.
  if (calling_code.empty() || calling_code == kTaiwan) return check_tw_phone(value);
  return check_abroad(calling_code, number);
}

}  // namespace landfall
