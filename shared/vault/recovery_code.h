// The recovery code: 120 secret bits as 26 symbols that a person can copy by hand.

#ifndef LANDFALL_SHARED_VAULT_RECOVERY_CODE_H_
#define LANDFALL_SHARED_VAULT_RECOVERY_CODE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/base/secret.h"

namespace landfall {

inline constexpr std::size_t kRecoverySecretBytes = 15;
inline constexpr std::size_t kRecoverySymbols = 26;
inline constexpr std::size_t kRecoveryGroups = 7;
// More is no code, however many spaces and hyphens somebody typed.
inline constexpr std::size_t kMaxRecoveryTextBytes = 256;

using RecoverySecret = Secret<kRecoverySecretBytes>;

// The code of `secret`: six groups of four Crockford base32 symbols and one of two, the check, with
// hyphens between them: "XXXX-XXXX-XXXX-XXXX-XXXX-XXXX-XX". Bytes are in FORMAT.md.
[[nodiscard]] std::string write_recovery_code(const RecoverySecret& secret);

// Reads a code as typed: either case, spaces and hyphens anywhere, O for 0, I and L for 1. Any two
// wrong symbols and any two exchanged ones are found; nothing is mended silently.
//
// Errors:
//   recovery_code_symbol   a character that no code holds; offset = its byte
//   recovery_code_length   not 26 symbols; offset = how many there are
//   recovery_code_wrong    the check does not fit; offset = the group (1 to 7) in which one wrong
//                          symbol would explain it, 0 where no single one would
[[nodiscard]] Result<RecoverySecret> read_recovery_code(std::string_view typed);

}  // namespace landfall

#endif  // LANDFALL_SHARED_VAULT_RECOVERY_CODE_H_
