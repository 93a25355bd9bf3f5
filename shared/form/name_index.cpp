#include "shared/form/name_index.h"

namespace landfall {
namespace {

// FNV-1a.
std::uint32_t hash_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 16777619U;
  return hash;
}

}  // namespace

std::size_t NameIndex::slot_of(std::string_view name) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash_of(name) & mask;
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].name != name) slot = (slot + 1) & mask;
  return slot;
}

std::uint32_t NameIndex::find(std::string_view name) const {
  if (slots_.empty()) return kAbsent;
  const std::uint32_t place = slots_[slot_of(name)];
  return place == 0 ? kAbsent : entries_[place - 1].number;
}

bool NameIndex::has(std::string_view name) const {
  return !slots_.empty() && slots_[slot_of(name)] != 0;
}

bool NameIndex::add(std::string_view name, std::uint32_t number) {
  if (2 * entries_.size() >= slots_.size()) grow();
  const std::size_t slot = slot_of(name);
  if (slots_[slot] != 0) return false;
  entries_.push_back({std::string(name), number});
  slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  return true;
}

void NameIndex::change(std::string_view name, std::uint32_t number) {
  if (has(name)) entries_[slots_[slot_of(name)] - 1].number = number;
}

void NameIndex::grow() {
  slots_.assign(slots_.empty() ? 8 : 2 * slots_.size(), 0);
  for (std::size_t place = 0; place < entries_.size(); ++place) {
    slots_[slot_of(entries_[place].name)] = static_cast<std::uint32_t>(place + 1);
  }
}

}  // namespace landfall
