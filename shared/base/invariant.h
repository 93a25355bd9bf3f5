// Stops the program where something impossible has happened, naming the broken invariant.

#ifndef LANDFALL_SHARED_BASE_INVARIANT_H_
#define LANDFALL_SHARED_BASE_INVARIANT_H_

namespace landfall {

// Writes `invariant` and a newline to standard error and aborts.
[[noreturn]] void abort_on_broken_invariant(const char* invariant);

// Aborts unless `holds`. For programmer errors only: bad input is a Result or a Finding.
inline void require(bool holds, const char* invariant) {
  if (!holds) abort_on_broken_invariant(invariant);
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_INVARIANT_H_
