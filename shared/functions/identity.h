// Document numbers, names and machine-readable zones, judged by whoever holds shared/identity: the
// program itself, or on a phone a module of its own, loaded when a form needs it.

#ifndef LANDFALL_SHARED_FUNCTIONS_IDENTITY_H_
#define LANDFALL_SHARED_FUNCTIONS_IDENTITY_H_

#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/identity/context.h"
#include "shared/identity/date.h"
#include "shared/identity/outcome.h"

namespace landfall {

// Whether values of the identity type `type` are judged without asking: dates are, which any form
// may have.
[[nodiscard]] inline bool is_judged_here(std::string_view type) { return type == "date"; }

// What check_value() of shared/identity/kinds.h gives.
//
// Errors: as there, and
//   functions_needed   nobody is there to ask; offset = kIdentityModule
[[nodiscard]] Result<CheckOutcome> check_identity(std::string_view type, std::string_view value,
                                                  const CheckContext& context);

// The field `name` of a machine-readable zone, as find_mrz_field() of shared/identity/mrz_fields.h
// has it: empty where the zone cannot be read.
//
// Errors:
//   xpath_type         the zone can be read, and has no such field
//   functions_needed   as above
[[nodiscard]] Result<std::string> field_of_zone(std::string_view zone, std::string_view name,
                                                Date today);

// Whether a passport with these names can carry the zone; false for one that cannot be read.
//
// Errors:
//   functions_needed   as above
[[nodiscard]] Result<bool> can_carry_zone(std::string_view zone, std::string_view surname,
                                          std::string_view given);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_IDENTITY_H_
