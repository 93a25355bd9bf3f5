// The ${name} of cells: finding them, and telling badly written ones.

#ifndef LANDFALL_SHARED_XLSFORM_REFERENCES_H_
#define LANDFALL_SHARED_XLSFORM_REFERENCES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// ${name}, or ${last-saved#name}; `at` and `size` are its place in the text.
struct CellReference {
  std::string name;
  bool last_saved = false;
  std::size_t at = 0;
  std::size_t size = 0;
};

struct CellReferences {
  std::vector<CellReference> found;
  bool malformed = false;  // a "${" that no name and "}" follow
};

[[nodiscard]] CellReferences find_cell_references(std::string_view text);

// The names of "${a}" or "${a}, ${b}"; nothing where the text holds anything else.
[[nodiscard]] std::optional<std::vector<std::string>> reference_list(std::string_view text);

// The text with every ${last-saved#…} as the empty text, which it is where nothing was ever saved,
// absolute paths that begin with the form's `root` as they begin here, with /data, and jr:itext()
// of a choice's itextId as its label.
[[nodiscard]] std::string as_package_expression(std::string_view text, std::string_view root);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_REFERENCES_H_
