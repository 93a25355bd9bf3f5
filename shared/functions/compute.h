// What expressions seldom ask for and what takes many bytes: numbers beyond arithmetic, digests,
// places. Natively part of the program; on a phone a module of its own, loaded when a form needs
// it.

#ifndef LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_
#define LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {

// Numbers travel as doubles in the machine's byte order, least byte first in every build. The
// values are what the core module and the module of functions call each other by: never used anew.
enum class Computation : std::uint8_t {
  // One double, pow and atan2 two; the answer is a double.
  log,
  log10,
  exp,
  exp10,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  pow,
  atan2,
  // Places with semicolons between: a double, in metres or square metres.
  distance,
  area,
  // The bytes of a place as a double, the place, a shape: a double, 1 or 0.
  geofence,
  // A byte of DigestKind, a byte of DigestForm, the text: the digest in that form.
  digest,
  // A base64 text: what it encodes as UTF-8, U+FFFD for each byte that is none.
  base64_decode,
  // Answers with nothing: whether anybody is there to answer.
  nothing,
};

// An answer is never longer than this for arguments of `size` bytes.
constexpr std::size_t longest_answer(std::size_t size) { return 3 * size + 128; }

// The answer to `arguments`; nothing while the module of functions is not there.
[[nodiscard]] std::optional<std::string> compute(Computation what, std::string_view arguments);

// Whether compute() has an answer to anything.
[[nodiscard]] inline bool can_compute() { return compute(Computation::nothing, {}).has_value(); }

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_
