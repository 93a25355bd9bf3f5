// The function table: every function that expressions may call, and how many arguments it takes.

#ifndef LANDFALL_SHARED_XPATH_FUNCTIONS_H_
#define LANDFALL_SHARED_XPATH_FUNCTIONS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/functions/digest.h"
#include "shared/xpath/value.h"

namespace landfall {

class Evaluator;
struct SyntaxNode;

inline constexpr std::uint8_t kAnyNumber = 255;

// What the value of a call depends on besides its arguments.
enum class FunctionInput : std::uint8_t { nothing, clock, node, form, chance };

struct Function {
  std::string_view name;
  std::uint8_t min_arguments;
  std::uint8_t max_arguments;    // kAnyNumber: no bound
  std::uint32_t node_arguments;  // bit i: argument i must be nodes; the last bit repeats
  FunctionInput input;
  Value (*body)(Evaluator&, const SyntaxNode& call);
  bool gives_nodes = false;
  bool in_pairs = false;      // what comes after the least number comes in pairs
  std::uint32_t modules = 0;  // of compute.h that it may ask, which on a phone are loaded first
};

// Whether `function` may be called with that many arguments.
[[nodiscard]] bool takes_arguments(const Function& function, std::uint32_t count);

// The function called `name`, or null.
[[nodiscard]] const Function* find_function(std::string_view name);

// The kind that ODK calls `name`: "MD5", "SHA-1", "SHA-256", "SHA-384" or "SHA-512".
[[nodiscard]] std::optional<DigestKind> find_digest(std::string_view name);

// The digest of `text` for `call`; empty once the evaluation has failed.
[[nodiscard]] std::string digest_in(Evaluator& e, const SyntaxNode& call, DigestKind kind,
                                    DigestForm form, std::string_view text);

// The parts of the table, one for each file of bodies.
[[nodiscard]] std::span<const Function> text_functions();
[[nodiscard]] std::span<const Function> number_functions();
[[nodiscard]] std::span<const Function> logic_functions();
[[nodiscard]] std::span<const Function> node_functions();
[[nodiscard]] std::span<const Function> select_functions();
[[nodiscard]] std::span<const Function> date_functions();
[[nodiscard]] std::span<const Function> tree_functions();
[[nodiscard]] std::span<const Function> computed_functions();
[[nodiscard]] std::span<const Function> chance_functions();
[[nodiscard]] std::span<const Function> landfall_functions();

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_FUNCTIONS_H_
