#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

#include "shared/codec/sizes.h"

namespace landfall {
namespace {

TEST_CASE("Padmé lengths are those of the paper's rule") {
  CHECK(padme_length(0) == 0);
  CHECK(padme_length(1) == 1);
  CHECK(padme_length(8) == 8);
  CHECK(padme_length(9) == 10);
  CHECK(padme_length(100) == 104);
  CHECK(padme_length(1000) == 1024);
  CHECK(padme_length(1025) == 1088);
  CHECK(padme_length(1000000) == 1015808);
}

TEST_CASE("padding never shrinks a size, adds at most 12 %, and does nothing to a padded size") {
  int count = 0;
  for (std::uint64_t size = 1; size < (std::uint64_t{1} << 40); size = size * 3 / 2 + 1) {
    const std::uint64_t padded = padme_length(size);
    CHECK(padded >= size);
    CHECK(static_cast<double>(padded) <= static_cast<double>(size) * 1.12);
    CHECK(padme_length(padded) == padded);
    ++count;
  }
  CHECK(count > 60);
}

TEST_CASE("a size too large to pad stays as it is") {
  CHECK(padme_length(std::numeric_limits<std::uint64_t>::max()) ==
        std::numeric_limits<std::uint64_t>::max());
}

}  // namespace
}  // namespace landfall
