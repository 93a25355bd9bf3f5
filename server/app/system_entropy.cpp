#include "server/app/system_entropy.h"

#include <sys/random.h>

#include <cerrno>

#include "shared/base/invariant.h"

namespace landfall {

void SystemEntropy::fill(std::span<std::uint8_t> out) {
  while (!out.empty()) {
    const ssize_t got = getrandom(out.data(), out.size(), 0);
    require(got > 0 || errno == EINTR, "the kernel gives randomness");
    if (got > 0) out = out.subspan(static_cast<std::size_t>(got));
  }
}

}  // namespace landfall
