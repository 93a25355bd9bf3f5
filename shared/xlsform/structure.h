// Structure: the rows of a survey as groups, repeats and questions, checked one by one.

#ifndef LANDFALL_SHARED_XLSFORM_STRUCTURE_H_
#define LANDFALL_SHARED_XLSFORM_STRUCTURE_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "shared/xlsform/choice_lists.h"
#include "shared/xlsform/form_sheets.h"
#include "shared/xlsform/function_calls.h"
#include "shared/xlsform/parameters.h"
#include "shared/xlsform/type_name.h"

namespace landfall {

// A group, a repeat, or ([0]) the form itself.
struct Container {
  ControlKind control = ControlKind::group;
  std::string name;
  std::uint32_t parent = 0;
  std::uint32_t repeat = 0;  // the innermost repeat around, itself included; 0: none
  std::uint32_t depth = 0;
  std::size_t row = 0;
};

// A row that comes into the package, in the order of the sheet.
struct SurveyItem {
  std::size_t row = 0;  // its place in the table
  TypeName type;
  std::string name;
  std::string path;             // "members/name"
  std::uint32_t container = 0;  // around it; what it opens or closes is not around it
  ParameterPairs parameters;
  bool is_shown = false;                   // has a control that the person sees
  std::optional<SearchAppearance> search;  // a select from a data file in the older manner
  std::string search_list;                 // and the list that names its columns
};

struct Structure {
  std::vector<Container> containers;
  std::vector<SurveyItem> items;
  // All groups, repeats and questions of a name, as places in `items`.
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_name;
  std::map<std::string, std::string, std::less<>> datasets;  // name → file name
};

// Reads the survey of `sheets`. Problems are those of rows by themselves and of their nesting;
// references are checked by check_references().
[[nodiscard]] Structure read_structure(const FormSheets& sheets, const ChoiceLists& choices,
                                       const ChoiceLists& external_choices,
                                       std::vector<ImportProblem>& problems);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_STRUCTURE_H_
