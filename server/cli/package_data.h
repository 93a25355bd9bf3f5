// The data sets and migrations of a package folder.

#ifndef LANDFALL_SERVER_CLI_PACKAGE_DATA_H_
#define LANDFALL_SERVER_CLI_PACKAGE_DATA_H_

#include <string>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/form/package_sources.h"

namespace landfall {

// Puts the files data/<name>.csv and data/<name>.json of `folder` into the form's member
// "datasets", as {columns, rows} in the order of their names, also of those that say "rows_of":
// <name>. Without such files the text stays.
//
// Fails with kExitCouldNot: unreadable, no table, or the form is no JSON object.
[[nodiscard]] Outcome<std::string> form_with_datasets(const std::string& form_text,
                                                      const std::string& folder);

// The files migrations/<from-version>.json of `folder`, in the order of their names.
[[nodiscard]] Outcome<std::vector<MigrationSource>> load_migrations(const std::string& folder);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_PACKAGE_DATA_H_
