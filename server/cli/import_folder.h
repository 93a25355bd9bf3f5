// The folder that an import writes its package into, and what may stand there before.

#ifndef LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_
#define LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_

#include <string>

#include "server/cli/outcome.h"
#include "shared/xlsform/imported_package.h"

namespace landfall {

// Writes `package` into `folder`, which afterwards holds this package and nothing of an earlier
// import: a text of a language that the form no longer has is removed, and only that. What people
// add stays: migrations/, hidden files, and in data/ the files that the form wants and that were
// not beside it.
//
// Fails with kExitCouldNot, before anything is written, where the folder is no package, another
// form's, or holds a file that is no part of one: it may be somebody's work.
[[nodiscard]] Outcome<Done> write_imported_package(const ImportedPackage& package,
                                                   const std::string& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_IMPORT_FOLDER_H_
