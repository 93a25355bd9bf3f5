#include "shared/form/names.h"

#include <algorithm>

namespace landfall {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_name(char c) {
  return is_letter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool is_form_name(std::string_view text) {
  if (text.empty() || text.size() > 200 || !starts_name(text[0])) return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return starts_name(c) || is_digit(c) || c == '-' || c == '.'; });
}

std::string fit_form_id(std::string_view id) {
  std::string clean;
  for (const char c : id) {
    const bool fits = is_letter(c) || is_digit(c) || c == '_' || c == '-';
    if (fits || clean.empty() || clean.back() != '_') clean += fits ? c : '_';
  }
  if (clean.empty() || clean == "_") clean = "form";
  if (clean.size() > 100) clean.resize(100);
  return clean;
}

}  // namespace landfall
