#include "shared/libm/libm.h"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <initializer_list>

namespace landfall {
namespace {

std::uint64_t bits_of(double value) {
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(bits));
  return bits;
}

// FNV-1a over whole results, every NaN counted alike.
std::uint64_t mixed(std::uint64_t hash, double value) {
  const std::uint64_t bits = value == value ? bits_of(value) : 1;
  return (hash ^ bits) * 1099511628211U;
}

TEST_CASE("exact arguments give exact results") {
  CHECK(bits_of(lfm_pow(2, 10)) == bits_of(1024));
  CHECK(bits_of(lfm_exp(0)) == bits_of(1));
  CHECK(bits_of(lfm_log10(1000)) == bits_of(3));
  CHECK(bits_of(lfm_atan2(0, 1)) == bits_of(0));
}

TEST_CASE("a long run of results has the bits that every build of the core gives") {
  std::uint64_t hash = 1469598103934665603U;
  int count = 0;

  for (double x = -50; count < 200000; ++count) {
    x += 0.000517;
    for (const double value : {lfm_exp(x), lfm_log(x), lfm_log10(x), lfm_pow(10, x / 7),
                               lfm_pow(x, 3), lfm_sin(x * 1e5), lfm_cos(x), lfm_tan(x),
                               lfm_asin(x / 60), lfm_acos(x / 60), lfm_atan(x), lfm_atan2(x, 3)}) {
      hash = mixed(hash, value);
    }
  }

  CHECK(count == 200000);
  CHECK(hash == 0x872edf38d75277d6U);
}

}  // namespace
}  // namespace landfall
