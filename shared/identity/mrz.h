// Machine-readable zones of travel documents and visas: TD1, TD2, TD3, MRV-A and MRV-B.

#ifndef LANDFALL_SHARED_IDENTITY_MRZ_H_
#define LANDFALL_SHARED_IDENTITY_MRZ_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/date.h"
#include "shared/identity/mrz_name.h"
#include "shared/identity/outcome.h"

namespace landfall {

enum class MrzFormat { td1, td2, td3, mrv_a, mrv_b };

// The check digit of A-Z, 0-9 and '<' by weights 7, 3, 1; nullopt for other characters.
// Source: Doc 9303-3 section 4.9.
[[nodiscard]] std::optional<char> mrz_check_digit(std::string_view field);

// A field with its check digit. `digit` is what the zone says, '<' where it may be left open.
struct MrzChecked {
  std::string value;
  char digit = '<';
  bool is_right = false;

  bool operator==(const MrzChecked&) const = default;
};

// Fields without fillers at their end, not yet judged. Dates are YYMMDD. `personal_number` is TD3's
// with its own check digit; the composite is absent in visas. `number` is whole, where a TD1 or TD2
// continues it in the optional field.
struct Mrz {
  MrzFormat format = MrzFormat::td3;
  std::string document_code;
  std::string issuer;       // three characters with fillers
  std::string nationality;  // three characters with fillers
  MrzChecked number;
  MrzChecked birth_date;
  MrzChecked expiry_date;
  std::optional<MrzChecked> personal_number;
  std::optional<MrzChecked> composite;
  char sex = '<';
  std::string optional_data;
  std::string optional_data_2;  // TD1 only
  std::string name_field;
  MrzName name;
  std::string zone;  // its lines, joined with '\n'
};

// Splits two or three lines (separated by line breaks or spaces, or run together) by their length.
//
// Errors:
//   mrz_malformed   not the line count and length of a known format, or a character that is not
//                   A-Z, 0-9 or '<'; offset = first such byte, or the end
// Source: Doc 9303-4, -5, -6, -7.
[[nodiscard]] Result<Mrz> parse_mrz(std::string_view text);

// The date that six digits mean. A birth is not after `as_of`; an expiry is at most 50 years after
// it. nullopt for unknown ('<') or impossible ones.
[[nodiscard]] std::optional<Date> mrz_birth_date(std::string_view digits, Date as_of);
[[nodiscard]] std::optional<Date> mrz_expiry_date(std::string_view digits, Date as_of);

// The code that a form has for a zone's: "DEU" for "D<<", others without fillers.
[[nodiscard]] std::string form_country_of_mrz(std::string_view code);

// Checks a whole zone; stored as its lines joined with '\n'. `specimens` accepts the state UTO.
//
// Findings: mrz_malformed, mrz_check_digit_wrong {field, expected}, mrz_date_wrong {field},
// mrz_country_unknown {field}, mrz_sex_wrong, mrz_name_missing, mrz_name_character.
[[nodiscard]] CheckOutcome check_mrz(std::string_view value, bool specimens = false);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_MRZ_H_
