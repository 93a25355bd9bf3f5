// NameIndex: names and a number for each, found without comparing it with all.

#ifndef LANDFALL_SHARED_FORM_NAME_INDEX_H_
#define LANDFALL_SHARED_FORM_NAME_INDEX_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

class NameIndex {
 public:
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFF;

  // The number of `name`; kAbsent where it was not added, or with that number.
  [[nodiscard]] std::uint32_t find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;

  // False where the name was added before, and then its number stays as it is.
  bool add(std::string_view name, std::uint32_t number);
  // Gives a name that was added another number.
  void change(std::string_view name, std::uint32_t number);

 private:
  struct Entry {
    std::string name;
    std::uint32_t number = 0;
  };

  // The slot that holds `name`, or the empty one where it would be. REQUIRES: there are slots.
  [[nodiscard]] std::size_t slot_of(std::string_view name) const;
  void grow();

  std::vector<Entry> entries_;
  // The place of an entry and one, or 0: a power of two of them, more than half of them empty.
  std::vector<std::uint32_t> slots_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_NAME_INDEX_H_
