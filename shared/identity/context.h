// What else is known when a value is checked.

#ifndef LANDFALL_SHARED_IDENTITY_CONTEXT_H_
#define LANDFALL_SHARED_IDENTITY_CONTEXT_H_

#include <optional>
#include <string>

#include "shared/identity/date.h"

namespace landfall {

// Everything may be left out.
struct CheckContext {
  std::optional<Date> as_of;  // today in the form's time zone
  std::string country;        // ISO alpha-3: issuing country of a passport
  std::string region;         // "HKG" or "MAC": where the applicant is a resident
  std::string calling_code;   // of a phone number, without '+'
  std::string email_policy;   // "" any provider, "warn" or "block" Mainland providers
  bool single_name = false;   // the passport shows one name only
  bool specimens = false;     // accept the specimen state UTO in an MRZ
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_CONTEXT_H_
