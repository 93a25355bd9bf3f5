// Loops: "begin loop over LIST" written out as one group for each choice of the list.

#ifndef LANDFALL_SHARED_XLSFORM_LOOPS_H_
#define LANDFALL_SHARED_XLSFORM_LOOPS_H_

#include <vector>

#include "shared/xlsform/choice_lists.h"
#include "shared/xlsform/table.h"

namespace landfall {

// Writes every loop of `survey` out: the loop becomes a group, each choice a group in it with the
// choice's name and label, and %(name)s and %(label)s in the rows inside are the choice's. The rows
// keep the number of the row they were made from.
// Problems: loop_without_list, unknown_list, loop_with_group (a group or repeat inside), too_large.
void write_out_loops(Table& survey, const Table* choices, const ChoiceLists& lists,
                     std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_LOOPS_H_
