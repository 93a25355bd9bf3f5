// Writes the package of a checked XLSForm.

#ifndef LANDFALL_SHARED_XLSFORM_FORM_WRITER_H_
#define LANDFALL_SHARED_XLSFORM_FORM_WRITER_H_

#include <vector>

#include "shared/xlsform/imported_package.h"
#include "shared/xlsform/structure.h"

namespace landfall {

// A package, and from which rows of the sheets the rows of its lists were made.
struct WrittenForm {
  ImportedPackage package;
  std::vector<std::uint32_t> survey_rows;  // of each survey row of form.json
  std::vector<std::pair<std::string, std::uint32_t>> choice_rows;  // sheet and row of each choice
};

// REQUIRES: the checks reported no error. Problems: warnings about what is written otherwise than
// another program would (form_id_changed, text_by_key, language_without_tag, missing_translation,
// file_wanted).
[[nodiscard]] WrittenForm write_form(const FormSheets& sheets, const Structure& structure,
                                     const ChoiceLists& choices,
                                     const ChoiceLists& external_choices,
                                     const ImportOptions& options,
                                     std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_FORM_WRITER_H_
