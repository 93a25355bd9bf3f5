#include "shared/identity/email.h"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/identity/punycode.h"
#include "shared/text/folding.h"
#include "shared/text/normalization.h"
#include "shared/text/scripts.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxAddressBytes = 254;
constexpr std::size_t kMaxLocalBytes = 64;
constexpr std::size_t kMaxLabelBytes = 63;
constexpr std::string_view kAtomPunctuation = "!#$%&'*+-/=?^_`{|}~";
constexpr std::string_view kALabelPrefix = "xn--";

bool is_ascii_alphanumeric(char c) {
  return is_ascii_digit(c) || is_ascii_upper(c) || is_ascii_lower(c);
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Beyond ASCII: letters and marks of any script, but nothing invisible, blank or pictorial.
bool is_international(char32_t code_point) {
  return code_point >= 0x80 && code_point != kNoCodePoint && !is_unprintable(code_point) &&
         !is_white_space(code_point) && !is_pictograph(code_point);
}

bool is_local_part(std::string_view local) {
  if (local.empty() || local.front() == '.' || local.back() == '.') return false;
  char previous = 0;
  for (std::size_t offset = 0; offset < local.size();) {
    const char c = local[offset];
    const char32_t code_point = read_code_point(local, offset);
    const bool is_atom = is_ascii_alphanumeric(c) ||
                         kAtomPunctuation.find(c) != std::string_view::npos ||
                         is_international(code_point);
    if (!is_atom && (c != '.' || previous == '.')) return false;
    previous = c;
  }
  return true;
}

// The label as it goes over the wire; nullopt when it is none.
std::optional<std::string> a_label(std::string_view label) {
  const std::string lower = ascii_lower(label);
  if (lower.empty() || lower.front() == '-' || lower.back() == '-') return {};
  if (is_ascii(lower)) {
    const bool is_label = lower.size() <= kMaxLabelBytes &&
                          std::all_of(lower.begin(), lower.end(),
                                      [](char c) { return is_ascii_alphanumeric(c) || c == '-'; });
    return is_label ? std::optional(lower) : std::nullopt;
  }
  const Result<std::u32string> decoded = decode_utf8(normalize_nfc(lower));
  if (!decoded.ok() || decoded.value().size() > kMaxLabelBytes) return {};
  for (const char32_t c : decoded.value()) {
    const bool is_plain = c < 0x80 && (is_ascii_alphanumeric(static_cast<char>(c)) || c == '-');
    if (!is_plain && !is_international(c)) return {};
  }
  const std::string encoded = std::string(kALabelPrefix) + encode_punycode(decoded.value());
  if (encoded.size() > kMaxLabelBytes) return {};
  return encoded;
}

// The domain with A-labels in lower case; nullopt when it is none.
std::optional<std::string> parse_domain(std::string_view domain) {
  std::string parsed;
  std::size_t labels = 0;
  for (std::size_t start = 0; start <= domain.size(); ++labels) {
    const std::size_t end = std::min(domain.find('.', start), domain.size());
    const std::optional<std::string> label = a_label(domain.substr(start, end - start));
    if (!label) return {};
    if (labels > 0) parsed.push_back('.');
    parsed += *label;
    start = end + 1;
  }
  // "localhost" and "1.2.3.4" are no addresses that mail from here could reach.
  const std::string_view top = std::string_view(parsed).substr(parsed.rfind('.') + 1);
  if (labels < 2 || is_all_digits(top)) return {};
  return parsed;
}

// "qq.com" covers itself and everything below it.
bool covers(std::string_view domain, std::string_view of_address) {
  if (!of_address.ends_with(domain)) return false;
  const std::size_t rest = of_address.size() - domain.size();
  return rest == 0 || of_address[rest - 1] == '.';
}

// The top-level domains .cn, .中国 and .中國, and the providers that NIA's note means.
constexpr std::array<std::string_view, 14> kMainlandDomains = {
    "cn",       "xn--fiqs8s", "xn--fiqz9s", "qq.com",     "foxmail.com", "163.com",  "126.com",
    "yeah.net", "sina.com",   "sohu.com",   "aliyun.com", "139.com",     "21cn.com", "tom.com"};

}  // namespace

CheckOutcome check_email(std::string_view value) {
  const std::string address = fold_width(trim(value));
  const std::size_t at = address.rfind('@');
  if (at == std::string::npos) return refused_with(finding_code::email_malformed);
  const std::string_view local = std::string_view(address).substr(0, at);
  const std::optional<std::string> domain = parse_domain(std::string_view(address).substr(at + 1));
  if (!domain || !is_local_part(local)) return refused_with(finding_code::email_malformed);
  std::string stored = std::string(local) + "@" + *domain;
  if (local.size() > kMaxLocalBytes) {
    return refused_with(finding_code::email_too_long, {{"max", std::to_string(kMaxLocalBytes)}});
  }
  if (stored.size() > kMaxAddressBytes) {
    return refused_with(finding_code::email_too_long, {{"max", std::to_string(kMaxAddressBytes)}});
  }
  return {{}, std::move(stored)};
}

std::span<const std::string_view> mainland_email_domains() { return kMainlandDomains; }

std::vector<Finding> check_email_provider(std::string_view normalised,
                                          std::span<const std::string_view> domains,
                                          Severity severity) {
  const std::string_view of_address = normalised.substr(normalised.rfind('@') + 1);
  for (const std::string_view domain : domains) {
    if (!covers(domain, of_address)) continue;
    Finding finding = error_finding(finding_code::email_provider_refused, {{"domain", domain}});
    finding.severity = severity;
    return {finding};
  }
  return {};
}

}  // namespace landfall
