// The simple paths that XForms attributes are made of, and texts as XPath literals.

#ifndef LANDFALL_SHARED_XFORM_PATHS_H_
#define LANDFALL_SHARED_XFORM_PATHS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

// The absolute path "/data/group/name", names without prefixes, that `path` means in the element at
// `context` ("/data/group"); nothing when it is more than names, "." and ".." with "/" between
// (predicates, functions, axes), or leads above the root.
[[nodiscard]] std::optional<std::string> absolute_path(std::string_view path,
                                                       std::string_view context);

// The way from the top element of a secondary instance to an itemset's rows.
struct ItemsetPath {
  std::string instance;
  std::vector<std::string> steps;       // "root", "item"
  std::vector<std::string> predicates;  // of the last step, as written
};

// Reads instance('id')/root/item[…]; nothing for any other nodeset.
[[nodiscard]] std::optional<ItemsetPath> itemset_path(std::string_view nodeset);

// The nodes of randomize(nodes) and randomize(nodes, seed), as written; nothing for any other call.
[[nodiscard]] std::optional<std::string> randomized_nodes(std::string_view nodeset);

// `text` as an XPath expression that gives it: a literal, or concat() where it holds both kinds of
// quotation marks.
[[nodiscard]] std::string literal_of(std::string_view text);

// The text between "jr:itext(" and its bracket when `expression` is just that call.
[[nodiscard]] std::optional<std::string> itext_argument(std::string_view expression);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_PATHS_H_
