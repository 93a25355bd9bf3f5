// What the type cell of a survey row says.

#ifndef LANDFALL_SHARED_XLSFORM_TYPE_NAME_H_
#define LANDFALL_SHARED_XLSFORM_TYPE_NAME_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace landfall {

enum class RowKind : std::uint8_t { begin, end, question, unknown };
enum class ControlKind : std::uint8_t { group, repeat, loop };

// How a question comes into the package.
enum class Treatment : std::uint8_t {
  plain,        // under `name`
  select,       // with the list `list`
  from_file,    // a select whose list is a data file
  external,     // a select whose list is on the sheet external_choices
  upload,       // a document slot of the kind `name`
  text_like,    // as text, with the type kept beside it: barcode, places, times
  uncollected,  // of the device, which is not asked: hidden and empty
  dataset,      // no question: declares a data file
  audit,        // no question: a log of the filling, which is not kept
  unsupported,  // known to XLSForm, not to be had here
};

struct TypeName {
  RowKind kind = RowKind::unknown;
  ControlKind control = ControlKind::group;
  Treatment treatment = Treatment::plain;
  std::string name;     // of the package's vocabulary: "integer", "select_one", "image" …
  std::string xlsform;  // XLSForm's own name for it: "geopoint", "audio"; else as `name`
  std::string list;
  bool or_other = false;
  bool has_control = true;  // is shown to the person
};

// Reads `cell`, e.g. "begin group", "select one from sexes or specify other", "q string". Letters
// count in any case but those of a list's name. Types of shared/form/question_types.h that XLSForm
// does not have stand for themselves.
// Source: XLSForm reference, "question types" and "metadata"; the older spellings that converters
// have taken since XLSForm 1.0.
[[nodiscard]] TypeName parse_type_name(std::string_view cell);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_TYPE_NAME_H_
