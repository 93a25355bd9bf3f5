#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "shared/sealing/primitives.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// Our policy (shared/sealing/FORMAT.md): key and R canonical and not of low order, and the equation
// without cofactor. A component of low order alone is accepted where the equation holds.
constexpr std::array<std::string_view, 5> kRefused = {
    "low_order_A", "low_order_R", "non_canonical_A", "non_canonical_R", "low_order_residue"};

}  // namespace

Outcome run_ed25519_edge(const Row& row) {
  const std::optional<Bytes> key = hex_of_row(row.row, "key");
  const std::optional<Bytes> signature = hex_of_row(row.row, "sig");
  if (!key || !signature) return {false, "row without key or signature"};
  const bool accepted = ed25519_verify(bytes_of(text_of_row(row.row, "msg")), *signature, *key);
  bool expected = true;
  for (const std::string& flag : texts_of_row(row.row, "flags")) {
    if (std::find(kRefused.begin(), kRefused.end(), flag) != kRefused.end()) expected = false;
  }
  return {accepted == expected, accepted ? "accepted" : "refused"};
}

}  // namespace landfall::conformance
