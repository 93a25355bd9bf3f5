#include "shared/identity/phone.h"

#include <array>

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

// Countries whose numbers keep their leading zero abroad.
bool keeps_leading_zero(std::string_view calling_code) {
  return calling_code == "39" || calling_code == "225" || calling_code == "242" ||
         calling_code == "378";
}

CheckOutcome check_abroad(std::string_view calling_code, std::string_view number) {
  const bool is_hong_kong_or_macao = calling_code == "852" || calling_code == "853";
  const std::size_t most = is_hong_kong_or_macao ? 10 : 14;
  if (!is_all_digits(number) || number.size() < 6 || number.size() > most) {
    return refused_with(finding_code::phone_malformed);
  }
  if (number.starts_with('0') && !keeps_leading_zero(calling_code)) number.remove_prefix(1);
  const std::string digits = std::string(calling_code) + std::string(number);
  if (digits.size() > kMaxE164Digits) return refused_with(finding_code::phone_malformed);
  return {{}, "+" + digits};
}

// A number that brings its country along, without '+': no list of codes, only E.164's bounds.
CheckOutcome check_international(std::string_view digits) {
  const bool fits = is_all_digits(digits) && digits[0] != '0' && digits.size() >= 7 &&
                    digits.size() <= kMaxE164Digits;
  if (!fits) return refused_with(finding_code::phone_malformed);
  return {{}, "+" + std::string(digits)};
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
    const bool is_not_personal = is_nobodys_own(national_of(undecorated(value)));
    return refused_with(is_not_personal ? finding_code::phone_not_personal
                                        : finding_code::tw_phone_malformed);
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
