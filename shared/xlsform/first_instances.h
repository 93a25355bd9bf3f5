// The instances that a new form begins with: one of each repeat that nothing counts.

#ifndef LANDFALL_SHARED_XLSFORM_FIRST_INSTANCES_H_
#define LANDFALL_SHARED_XLSFORM_FIRST_INSTANCES_H_

#include "shared/codec/json.h"
#include "shared/xlsform/form_sheets.h"
#include "shared/xlsform/structure.h"

namespace landfall {

// Answers without a value, nested by group, {"members": [{}]}: what is asked in a repeat is asked
// at least once until the person takes the instance away. Empty where there is no such repeat.
// Source: the XForm that an XLSForm stands for holds each repeat once beside its template.
[[nodiscard]] Json first_instances(const FormSheets& sheets, const Structure& structure);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_FIRST_INSTANCES_H_
