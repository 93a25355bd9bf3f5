// Checks that look at the whole form: references between cells, and triggers.

#ifndef LANDFALL_SHARED_XLSFORM_CHECKS_H_
#define LANDFALL_SHARED_XLSFORM_CHECKS_H_

#include "shared/xlsform/structure.h"

namespace landfall {

// Checks every ${name} of all sheets. Problems: bad_reference, unknown_reference,
// ambiguous_reference, unsupported_reference (the instance's own id), trigger_not_shown; and the
// warning last_saved_empty.
void check_references(const FormSheets& sheets, const Structure& structure,
                      std::vector<ImportProblem>& problems);

// Checks the entities that a form declares, and which questions are saved to them; a warning says
// that they are not created here (entities_not_created). Problems: entity_column, missing_name,
// bad_name, duplicate_name, entity_label, entity_id, entity_update, entity_dataset,
// save_to_group, save_to_malformed, save_to_without_entity, save_to_unknown, save_to_twice,
// entity_scope, entity_place.
// Source: ODK Entities specification 2025.1; XLSForm, "entities".
void check_entities(const FormSheets& sheets, const Structure& structure,
                    std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_CHECKS_H_
