// The secondary instances of a package, and the answers that a new form begins with.

#include <algorithm>

#include "shared/codec/canonical_json.h"
#include "shared/form/package_builder.h"

namespace landfall {

void PackageBuilder::read_instances(const Json& form) {
  const Json* instances = find_member(form, "instances");
  if (instances == nullptr) return;
  if (!instances->is_object()) {
    report({"instances", 0, ""}, "malformed");
    return;
  }
  std::size_t left = kMaxDataElements;
  std::uint32_t first_node = 0;
  for (const auto& [id, top] : instances->items()) {
    Result<DataTree> tree = data_tree_of_json(id, top, left);
    if (!tree.ok()) {
      const bool is_large = tree.error().code == ErrorCode::too_large;
      report({"instances", 0, id}, is_large ? "too_large" : "malformed");
      return;
    }
    tree.value().first_node = first_node;
    first_node += static_cast<std::uint32_t>(tree.value().elements.size());
    left -= std::min(left, tree.value().elements.size());
    package_.trees.push_back(std::move(tree).value());
  }
}

std::uint32_t PackageBuilder::tree_index(std::string_view id) const {
  for (std::size_t i = 0; i < package_.trees.size(); ++i) {
    if (package_.trees[i].id == id) return static_cast<std::uint32_t>(i);
  }
  return kNone;
}

void PackageBuilder::read_initial(const Json& form) {
  const Json* initial = find_member(form, "initial");
  if (initial == nullptr) return;
  Result<std::string> text = write_canonical_json(*initial);
  if (!initial->is_object() || !text.ok()) {
    report({"initial", 0, ""}, "malformed");
    return;
  }
  package_.initial_answers = std::move(text).value();
}

}  // namespace landfall
