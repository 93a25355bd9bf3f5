// The files that an XForm's secondary instances take their rows from.

#ifndef LANDFALL_SERVER_CLI_XFORM_DATA_H_
#define LANDFALL_SERVER_CLI_XFORM_DATA_H_

#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/base/result.h"
#include "shared/xform/xml_tree.h"
#include "shared/xlsform/import_problem.h"

namespace landfall {

// Puts the rows of jr://file-csv/NAME.csv and the elements of jr://file/NAME.xml, files beside the
// form at `path`, into the instances of `document` that name them, as if they had been written
// there: a record of CSV is an element "item" of "root" with an element for each column. Other
// sources stay as they are.
//
// Problems, all errors: file_needed (it is not there), and as parse_csv_table() and read_xml().
// Fails with kExitCouldNot: a file that cannot be read.
// Source: ODK XForms, secondary instances, external.
[[nodiscard]] Outcome<Done> fill_instances(XmlElement& document, const std::string& path,
                                           std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_XFORM_DATA_H_
