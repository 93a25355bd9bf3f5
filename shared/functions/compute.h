// What only some forms ask for and what takes many bytes: numbers beyond arithmetic, digests,
// places, document numbers and names. Natively part of the program; on a phone in modules of their
// own, loaded when a form needs them.

#ifndef LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_
#define LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {

// Numbers travel as doubles in the machine's byte order, least byte first in every build. The
// values are what the core module and the modules beside it call each other by: never used anew.
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

  // From here on the module of identity answers: shared/functions/identity.h. Texts as join_texts()
  // joins them.
  //
  // Type, value and the members of CheckContext in their order, truth values as "1" or "": the
  // stored form, then each finding as its code, "w" for a warning, a character for how many
  // parameters, and these by name and value.
  check_identity = 64,
  // The zone, the name of a field, today: "1" and the field; "0" for no such field; nothing for a
  // zone that cannot be read.
  field_of_zone,
  // The zone, surname and given names: "1" or "0".
  can_carry_zone,
  nothing_of_identity,
};

// Who answers: a bit each, and the offset of a functions_needed.
inline constexpr std::uint32_t kFunctionsModule = 1;
inline constexpr std::uint32_t kIdentityModule = 2;

// An answer is never longer than this for arguments of `size` bytes.
constexpr std::size_t longest_answer(std::size_t size) { return 8 * size + 512; }

// The answer to `arguments`; nothing while the module that has it is not there.
[[nodiscard]] std::optional<std::string> compute(Computation what, std::string_view arguments);

// Those of `modules` that are not there.
[[nodiscard]] inline std::uint32_t missing_modules(std::uint32_t modules) {
  const auto is_missing = [modules](std::uint32_t module, Computation what) {
    return (modules & module) != 0 && !compute(what, {}).has_value();
  };
  return (is_missing(kFunctionsModule, Computation::nothing) ? kFunctionsModule : 0) |
         (is_missing(kIdentityModule, Computation::nothing_of_identity) ? kIdentityModule : 0);
}

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_COMPUTE_H_
