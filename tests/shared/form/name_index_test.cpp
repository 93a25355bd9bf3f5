#include "shared/form/name_index.h"

#include <doctest/doctest.h>

#include <string>

namespace landfall {
namespace {

TEST_CASE("an empty index holds nothing") {
  const NameIndex index;

  CHECK(index.find("") == NameIndex::kAbsent);
  CHECK_FALSE(index.has("a"));
}

TEST_CASE("a name keeps the number it was added with") {
  NameIndex index;

  CHECK(index.add("a", 1));
  CHECK_FALSE(index.add("a", 2));
  CHECK(index.find("a") == 1);
}

TEST_CASE("a name can get another number, also the one that stands for none") {
  NameIndex index;
  CHECK(index.add("", 7));

  index.change("", NameIndex::kAbsent);
  index.change("never added", 3);

  CHECK(index.find("") == NameIndex::kAbsent);
  CHECK(index.has(""));
  CHECK_FALSE(index.has("never added"));
}

TEST_CASE("thousands of names are found, and no other") {
  constexpr std::uint32_t kCount = 5000;
  NameIndex index;
  for (std::uint32_t i = 0; i < kCount; ++i) CHECK(index.add("name" + std::to_string(i), i));

  for (std::uint32_t i = 0; i < kCount; ++i) {
    CHECK(index.find("name" + std::to_string(i)) == i);
    CHECK_FALSE(index.has("other" + std::to_string(i)));
  }
}

}  // namespace
}  // namespace landfall
