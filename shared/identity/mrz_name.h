// The name field of a machine-readable zone: writing it, reading it, comparing with it.

#ifndef LANDFALL_SHARED_IDENTITY_MRZ_NAME_H_
#define LANDFALL_SHARED_IDENTITY_MRZ_NAME_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace landfall {

// Primary and secondary identifier, parts separated by single spaces.
struct MrzName {
  std::string primary;
  std::string secondary;

  bool operator==(const MrzName&) const = default;
};

// The identifier as the MRZ spells it: transliterated, apostrophes dropped, hyphens and spaces as
// '<', commas as '<', everything else dropped.
// Source: Doc 9303-3 section 4.6.
[[nodiscard]] std::string mrz_spelling(std::string_view identifier);

// The name field, `length` characters with fillers (39 in TD3 and MRV-A, 31 in TD2 and MRV-B, 30 in
// TD1). A name that does not fit is cut as Doc 9303-4 section 4.2.3 shows: a part of the secondary
// identifier stays, and the field ends in a letter.
[[nodiscard]] std::string format_mrz_name(std::string_view primary, std::string_view secondary,
                                          std::size_t length);

// Reads a name field.
[[nodiscard]] MrzName parse_mrz_name(std::string_view field);

// True when the typed names can have given this field: part by part, each part of the field a
// prefix of the typed one where the field is full, equal where it is not, in any of the
// spellings that the transliteration table allows.
[[nodiscard]] bool is_mrz_name_of(std::string_view field, std::string_view primary,
                                  std::string_view secondary);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_MRZ_NAME_H_
