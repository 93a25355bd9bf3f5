#include "wasm/bridge/handles.h"

namespace landfall::bridge {

Handle HandleList::add(void* object) {
  objects_.emplace_back(++last_, object);
  return last_;
}

void* HandleList::find(Handle handle) const {
  for (const auto& [known, object] : objects_) {
    if (known == handle) return object;
  }
  return nullptr;
}

void* HandleList::take(Handle handle) {
  void* object = find(handle);
  std::erase(objects_, std::pair(handle, object));
  return object;
}

}  // namespace landfall::bridge
