// Country codes: ISO 3166-1 alpha-3 in forms, and what ICAO Doc 9303 adds in a machine-readable
// zone.

#ifndef LANDFALL_SHARED_IDENTITY_COUNTRY_H_
#define LANDFALL_SHARED_IDENTITY_COUNTRY_H_

#include <string_view>

#include "shared/identity/outcome.h"

namespace landfall {

// Where a code stands.
enum class CountryUse { form, mrz_issuer, mrz_nationality };

// The 249 officially assigned alpha-3 codes.
[[nodiscard]] bool is_iso_country(std::string_view alpha3);

// True for a code that may stand there. In an MRZ three characters, filled with '<': "D<<", never
// "DEU". `specimens`: also "UTO", the state that exists only on specimen documents.
// Source: ISO 3166-1; Doc 9303-3 section 5.
[[nodiscard]] bool is_country_code(std::string_view code, CountryUse use, bool specimens = false);

// Checks a country code typed or chosen in a form; stored in upper case.
//
// Findings: country_unknown.
[[nodiscard]] CheckOutcome check_country(std::string_view value);

// Checks a code of a machine-readable zone.
//
// Findings: country_unknown.
[[nodiscard]] CheckOutcome check_mrz_country(std::string_view value, CountryUse use,
                                             bool specimens = false);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_COUNTRY_H_
