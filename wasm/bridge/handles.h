// Handles: the numbers by which JavaScript names objects that stay inside the module.

#ifndef LANDFALL_WASM_BRIDGE_HANDLES_H_
#define LANDFALL_WASM_BRIDGE_HANDLES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace landfall::bridge {

using Handle = std::uint32_t;

// Owns objects of one kind. A handle is never 0 and never given twice, so that a stale one finds
// nothing instead of another object.
template <typename T>
class HandleTable {
 public:
  [[nodiscard]] Handle add(T object) {
    ++last_;
    objects_.emplace(last_, std::move(object));
    return last_;
  }

  // The object, or nullptr. Valid until it is taken.
  [[nodiscard]] T* find(Handle handle) {
    const auto found = objects_.find(handle);
    return found == objects_.end() ? nullptr : &found->second;
  }

  // Removes the object and gives it away; nothing when there is none.
  std::optional<T> take(Handle handle) {
    auto node = objects_.extract(handle);
    if (node.empty()) return std::nullopt;
    return std::optional<T>(std::move(node.mapped()));
  }

 private:
  std::map<Handle, T> objects_;
  Handle last_ = 0;
};

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_HANDLES_H_
