// ImportedPackage: what an import makes of a foreign form, and what it has to say about it.

#ifndef LANDFALL_SHARED_XLSFORM_IMPORTED_PACKAGE_H_
#define LANDFALL_SHARED_XLSFORM_IMPORTED_PACKAGE_H_

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "shared/codec/json.h"
#include "shared/form/package_sources.h"
#include "shared/xlsform/import_problem.h"

namespace landfall {

// The files of a package. `texts` by locale: {key: ICU message}. `files_wanted` are the data files
// that the author has to lay beside form.json, as data/<name>; a data set with a member "rows_of"
// has the rows of the one called so, of which other columns are offered.
struct ImportedPackage {
  std::string form_id;
  Json form;
  Json documents;
  Json workflow;
  Json fees;
  std::map<std::string, Json> texts;
  std::vector<std::string> files_wanted;
};

struct Import {
  std::vector<ImportProblem> problems;  // in the order of sheets and rows
  ImportedPackage package;              // complete only where accepted()

  [[nodiscard]] bool accepted() const {
    for (const ImportProblem& problem : problems) {
      if (problem.severity == Severity::error) return false;
    }
    return true;
  }
};

// What stands in the files that a package wants: rows go into its data sets, problems into the
// list.
using AddData = std::function<void(ImportedPackage&, std::vector<ImportProblem>&)>;

struct ImportOptions {
  std::string form_id;          // instead of the form's own, or empty
  std::string fallback_id;      // where the form has none: the file's name
  std::string language = "en";  // of texts that name none
  AddData add_data = {};        // called before the package is checked as a whole, or empty
};

// The texts of the files, canonical, as lint_package() and publish_package() read them.
[[nodiscard]] PackageSources sources_of(const ImportedPackage& package);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_IMPORTED_PACKAGE_H_
