// Handles: the numbers by which JavaScript names objects that stay inside the module.

#ifndef LANDFALL_WASM_BRIDGE_HANDLES_H_
#define LANDFALL_WASM_BRIDGE_HANDLES_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace landfall::bridge {

using Handle = std::uint32_t;

// Where the objects of a HandleTable lie, whatever their type, so that one list serves every table.
// Few are there at a time.
class HandleList {
 public:
  [[nodiscard]] Handle add(void* object);
  // The object, or nullptr; take() forgets it.
  [[nodiscard]] void* find(Handle handle) const;
  [[nodiscard]] void* take(Handle handle);

 private:
  std::vector<std::pair<Handle, void*>> objects_;
  Handle last_ = 0;
};

// Owns objects of one kind, for as long as the module lives. A handle is never 0 and never given
// twice, so that a stale one finds nothing instead of another object.
template <typename T>
class HandleTable {
 public:
  [[nodiscard]] Handle add(T object) { return list_.add(new T(std::move(object))); }

  // The object, or nullptr. Valid until it is taken.
  [[nodiscard]] T* find(Handle handle) { return static_cast<T*>(list_.find(handle)); }

  // Removes the object and gives it away; nullptr when there is none.
  std::unique_ptr<T> take(Handle handle) {
    return std::unique_ptr<T>(static_cast<T*>(list_.take(handle)));
  }

 private:
  HandleList list_;
};

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_HANDLES_H_
