// The folder that an import writes its package into, and what may stand there before.

#ifndef LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_
#define LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_

#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/xlsform/imported_package.h"

namespace landfall {

enum class HandEdits : bool { kept, replaced };

// Writes `package` into `folder`, which afterwards holds this package and nothing of an earlier
// import: a text of a language that the form no longer has is removed, and only that. What people
// add stays: migrations/, hidden files, in data/ the files that the form wants and that were not
// beside it, and, with HandEdits::kept, fees.json and workflow.json that somebody wrote in: the
// paths of these two are what it gives.
//
// Fails with kExitCouldNot, before anything is written, where the folder is no package, another
// form's, or holds a file that is no part of one: it may be somebody's work. So may a
// documents.json that no import wrote, which HandEdits::replaced gives up.
[[nodiscard]] Outcome<std::vector<std::string>> write_imported_package(
    const ImportedPackage& package, const std::string& folder, HandEdits edits);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_
