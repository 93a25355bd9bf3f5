// Which nodes an expression looks at, found without evaluating it.

#ifndef LANDFALL_SHARED_FORM_REFERENCES_H_
#define LANDFALL_SHARED_FORM_REFERENCES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "shared/form/package.h"

namespace landfall {

struct NodeReference {
  std::uint32_t definition = 0;
  bool local = true;  // only in the repeat instances around the expression

  bool operator==(const NodeReference&) const = default;
};

struct ExpressionReferences {
  std::vector<NodeReference> nodes;
  bool clock = false;                // calls today() or now()
  bool reads_around_itself = false;  // the text of a group that its own node is in
  // The first absolute or ".." step that leads to no node of the form.
  bool has_dead_path = false;
  std::uint32_t dead_path_offset = 0;
};

// What `expression`, written at the node `definition`, looks at. `list` is the choice list whose
// rows it filters, or kNone: then a path of one step may mean a column.
[[nodiscard]] ExpressionReferences find_references(const Package& package,
                                                   const Expression& expression,
                                                   std::uint32_t definition, std::uint32_t list);

// Whether another evaluation on the same answers may give another value: `expression` draws lots
// without a seed of its own, or calls once().
[[nodiscard]] bool keeps_its_value(const Expression& expression);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_REFERENCES_H_
