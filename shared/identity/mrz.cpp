#include "shared/identity/mrz.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <vector>

#include "shared/text/folding.h"

namespace landfall {
namespace {

constexpr char kFiller = '<';

// A field: line, first character (0-based), length. Length 0: the format has no such field.
struct Place {
  std::size_t line = 0;
  std::size_t start = 0;
  std::size_t size = 0;
};

// Where everything stands; check digits follow their fields.
struct Layout {
  MrzFormat format;
  std::size_t lines;
  std::size_t width;
  bool is_visa;
  Place name;
  Place number;
  Place nationality;
  Place birth;
  Place sex;
  Place expiry;
  Place personal;
  Place optional;
  Place optional_2;
  Place composite;  // the digit itself
};

// Doc 9303-5 (TD1), -6 (TD2), -4 (TD3) and -7 (MRV-A, MRV-B).
constexpr std::array<Layout, 5> kLayouts = {{
    {MrzFormat::td1,
     3,
     30,
     false,
     {2, 0, 30},
     {0, 5, 9},
     {1, 15, 3},
     {1, 0, 6},
     {1, 7, 1},
     {1, 8, 6},
     {},
     {0, 15, 15},
     {1, 18, 11},
     {1, 29, 1}},
    {MrzFormat::td2,
     2,
     36,
     false,
     {0, 5, 31},
     {1, 0, 9},
     {1, 10, 3},
     {1, 13, 6},
     {1, 20, 1},
     {1, 21, 6},
     {},
     {1, 28, 7},
     {},
     {1, 35, 1}},
    {MrzFormat::mrv_b,
     2,
     36,
     true,
     {0, 5, 31},
     {1, 0, 9},
     {1, 10, 3},
     {1, 13, 6},
     {1, 20, 1},
     {1, 21, 6},
     {},
     {1, 28, 8},
     {},
     {}},
    {MrzFormat::td3,
     2,
     44,
     false,
     {0, 5, 39},
     {1, 0, 9},
     {1, 10, 3},
     {1, 13, 6},
     {1, 20, 1},
     {1, 21, 6},
     {1, 28, 14},
     {},
     {},
     {1, 43, 1}},
    {MrzFormat::mrv_a,
     2,
     44,
     true,
     {0, 5, 39},
     {1, 0, 9},
     {1, 10, 3},
     {1, 13, 6},
     {1, 20, 1},
     {1, 21, 6},
     {},
     {1, 28, 16},
     {},
     {}},
}};

using Lines = std::vector<std::string_view>;

std::string_view field_at(const Lines& lines, Place place) {
  return lines[place.line].substr(place.start, place.size);
}

std::string_view without_fillers(std::string_view field) {
  return field.substr(0, field.find_last_not_of(kFiller) + 1);
}

MrzChecked checked(std::string_view field, char digit) {
  return {std::string(without_fillers(field)), digit, mrz_check_digit(field) == digit};
}

// A field and the digit behind it.
MrzChecked checked_at(const Lines& lines, Place place) {
  return checked(field_at(lines, place), lines[place.line][place.start + place.size]);
}

// What the composite digit covers: everything checked, with its check digits, and optional data.
std::string composite_input(const Lines& lines, const Layout& layout) {
  std::string input;
  if (layout.format == MrzFormat::td1) {
    input += lines[0].substr(5);
    input += lines[1].substr(0, 7);
    input += lines[1].substr(8, 7);
    input += field_at(lines, layout.optional_2);
  } else {
    input += lines[1].substr(0, 10);
    input += lines[1].substr(13, 7);
    input += lines[1].substr(21, layout.composite.start - 21);
  }
  return input;
}

// Doc 9303-5 and -6, note on long numbers: '<' for the check digit, and the rest of the number with
// its digit leads the optional field, up to a filler.
void read_continued_number(std::string_view field, std::string_view optional, Mrz& mrz) {
  const std::size_t end = std::min(optional.find(kFiller), optional.size());
  if (mrz.number.digit != kFiller || field.back() == kFiller || end == 0) return;
  const std::string whole = std::string(field) + std::string(optional.substr(0, end - 1));
  mrz.number = checked(whole, optional[end - 1]);
  optional.remove_prefix(end);
  mrz.optional_data = without_fillers(optional);
}

Mrz read_fields(const Lines& lines, const Layout& layout) {
  Mrz mrz;
  mrz.format = layout.format;
  mrz.document_code = without_fillers(lines[0].substr(0, 2));
  mrz.issuer = lines[0].substr(2, 3);
  mrz.nationality = field_at(lines, layout.nationality);
  mrz.number = checked_at(lines, layout.number);
  mrz.birth_date = checked_at(lines, layout.birth);
  mrz.expiry_date = checked_at(lines, layout.expiry);
  mrz.sex = field_at(lines, layout.sex)[0];
  mrz.name_field = field_at(lines, layout.name);
  mrz.name = parse_mrz_name(mrz.name_field);
  if (layout.optional.size > 0) {
    mrz.optional_data = without_fillers(field_at(lines, layout.optional));
    if (!layout.is_visa) {
      read_continued_number(field_at(lines, layout.number), field_at(lines, layout.optional), mrz);
    }
  }
  if (layout.optional_2.size > 0) {
    mrz.optional_data_2 = without_fillers(field_at(lines, layout.optional_2));
  }
  if (layout.personal.size > 0) {
    mrz.personal_number = checked_at(lines, layout.personal);
    // An empty personal number may leave its digit open.
    const bool is_open = mrz.personal_number->value.empty() && mrz.personal_number->digit == '<';
    mrz.personal_number->is_right = mrz.personal_number->is_right || is_open;
  }
  if (layout.composite.size > 0) {
    mrz.composite = checked(composite_input(lines, layout), field_at(lines, layout.composite)[0]);
  }
  return mrz;
}

// Lines at line breaks and blanks; text without any is cut by the width that fits its length.
Lines split_lines(std::string_view text) {
  Lines lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \t\r\n", start), text.size());
    if (end > start) lines.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  if (lines.size() != 1) return lines;
  const std::string_view whole = lines[0];
  for (const Layout& layout : kLayouts) {
    if (whole.size() != layout.lines * layout.width) continue;
    lines.clear();
    for (std::size_t i = 0; i < layout.lines; ++i) {
      lines.push_back(whole.substr(i * layout.width, layout.width));
    }
    return lines;
  }
  return lines;
}

const Layout* layout_of(const Lines& lines) {
  for (const Layout& layout : kLayouts) {
    if (lines.size() != layout.lines) continue;
    bool fits = (lines[0].front() == 'V') == layout.is_visa;
    for (const std::string_view line : lines) fits = fits && line.size() == layout.width;
    const bool is_passport = layout.format != MrzFormat::td3 || lines[0].front() == 'P';
    if (fits && is_passport) return &layout;
  }
  return nullptr;
}

bool is_mrz_character(char c) { return is_ascii_digit(c) || is_ascii_upper(c) || c == kFiller; }

}  // namespace

std::optional<char> mrz_check_digit(std::string_view field) {
  constexpr std::array<unsigned, 3> kWeights = {7, 3, 1};
  unsigned sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    if (!is_mrz_character(c)) return {};
    const int value = c == kFiller ? 0 : is_ascii_digit(c) ? c - '0' : c - 'A' + 10;
    sum = (sum + kWeights[i % 3] * static_cast<unsigned>(value)) % 10;
  }
  return static_cast<char>('0' + sum);
}

Result<Mrz> parse_mrz(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool separates = std::string_view(" \t\r\n").find(text[i]) != std::string_view::npos;
    if (!separates && !is_mrz_character(text[i])) {
      return Error{ErrorCode::mrz_malformed, static_cast<std::uint32_t>(i)};
    }
  }
  const Lines lines = split_lines(text);
  const Layout* layout = layout_of(lines);
  if (layout == nullptr) {
    return Error{ErrorCode::mrz_malformed, static_cast<std::uint32_t>(text.size())};
  }
  Mrz mrz = read_fields(lines, *layout);
  for (const std::string_view line : lines) {
    if (!mrz.zone.empty()) mrz.zone.push_back('\n');
    mrz.zone += line;
  }
  return mrz;
}

}  // namespace landfall
