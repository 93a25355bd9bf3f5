#include "server/cli/option_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "server/cli/files.h"
#include "shared/submission/manifest.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_letter_or_digit(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_language_tag(std::string_view tag) {
  const std::size_t end = std::min(tag.find('-'), tag.size());
  const std::string_view language = tag.substr(0, end);
  if (language.size() < 2 || language.size() > 3) return false;
  if (!std::all_of(language.begin(), language.end(), is_letter)) return false;
  std::string_view rest = tag.substr(end);
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::string_view part = rest.substr(0, rest.find('-'));
    if (part.size() < 2 || part.size() > 8) return false;
    if (!std::all_of(part.begin(), part.end(), is_letter_or_digit)) return false;
    rest.remove_prefix(part.size());
  }
  return true;
}

}  // namespace

Outcome<std::string> language_option(const Options& options, std::string_view name,
                                     std::string_view fallback) {
  const std::string tag = options.value(name, fallback);
  if (is_language_tag(tag)) return tag;
  return Failure{
      kExitUsage,
      fmt::format("--{} wants a language tag, en or zh-TW for example, not: {}", name, tag)};
}

Outcome<std::int64_t> number_option(const Options& options, std::string_view name,
                                    std::int64_t fallback, std::int64_t most) {
  if (!options.has(name)) return fallback;
  const std::string text = options.value(name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > most) {
    return Failure{kExitUsage, fmt::format("--{} wants a whole number from 1 to {}, not: {}", name,
                                           most, text)};
  }
  return number;
}

Outcome<std::string> origin_option(const Options& options, std::string_view name,
                                   std::string_view fallback) {
  std::string origin = options.value(name, fallback);
  if (is_token(origin, kMaxAudienceBytes)) return origin;
  return Failure{kExitUsage,
                 fmt::format("--{} wants the origin of a receipt log, 1 to {} of A-Z a-z 0-9 . _ - "
                             "+ / : as in agency.example/log, not: {}",
                             name, kMaxAudienceBytes, origin)};
}

Outcome<std::string> texts_option(const Options& options) {
  std::string folder = options.value("texts");
  if (!options.has("texts") || is_folder(folder)) return folder;
  return Failure{
      kExitCouldNot,
      folder + ": no such folder; --texts names one that holds a folder for each language"};
}

}  // namespace landfall
