// Which question a part of an expression stands for, as far as it can be told without answers.

#ifndef LANDFALL_SHARED_FORM_LINT_PLACES_H_
#define LANDFALL_SHARED_FORM_LINT_PLACES_H_

#include "shared/form/package_builder.h"

namespace landfall {

// The node that ${name}, "." of the node's own constraint or a plain absolute path means; kNone for
// anything else, and for a name that is not bound.
[[nodiscard]] std::uint32_t node_meant(const Package& package,
                                       const PackageBuilder::PendingExpression& written,
                                       const SyntaxNode& syntax);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LINT_PLACES_H_
