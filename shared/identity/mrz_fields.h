// The fields of a machine-readable zone by name.

#ifndef LANDFALL_SHARED_IDENTITY_MRZ_FIELDS_H_
#define LANDFALL_SHARED_IDENTITY_MRZ_FIELDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/identity/date.h"
#include "shared/identity/mrz.h"

namespace landfall {

// One field as text: number birth_date expiry_date sex issuer nationality issuer_country
// nationality_country document_code surname given_names optional_data. Dates as "YYYY-MM-DD", the
// …_country ones as a form has them ("DEU" for "D<<"); nothing for a name that is no field.
[[nodiscard]] std::optional<std::string> find_mrz_field(const Mrz& mrz, std::string_view name,
                                                        Date today);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_MRZ_FIELDS_H_
