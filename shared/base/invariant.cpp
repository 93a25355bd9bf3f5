#include "shared/base/invariant.h"

#include <cstdio>
#include <cstdlib>

namespace landfall {

void abort_on_broken_invariant(const char* invariant) {
  std::fputs(invariant, stderr);
  std::fputc('\n', stderr);
  std::abort();
}

}  // namespace landfall
