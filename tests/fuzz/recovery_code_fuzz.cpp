// Recovery codes: what is read is written back as it was, but for case, spaces, hyphens and
// look-alikes; and every secret comes back from its code.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/vault/recovery_code.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

// `typed` as a code of the same symbols would be written, but for the hyphens.
std::string plain(std::string_view typed) {
  std::string text;
  for (const char character : typed) {
    if (std::string_view(" -\r\n\t").find(character) != std::string_view::npos) continue;
    char upper =
        character >= 'a' && character <= 'z' ? static_cast<char>(character - 32) : character;
    if (upper == 'O') upper = '0';
    if (upper == 'I' || upper == 'L') upper = '1';
    text.push_back(upper);
  }
  return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view typed = text_of(ByteView(data, size));
  const Result<RecoverySecret> secret = read_recovery_code(typed);
  if (secret.ok()) {
    require(plain(write_recovery_code(secret.value())) == plain(typed), "a code has one form");
  } else if (secret.error().code == ErrorCode::recovery_code_wrong) {
    require(secret.error().offset <= kRecoveryGroups, "a group is named, or none");
    require(plain(typed).size() == kRecoverySymbols, "the check is of whole codes");
  }
  if (size < kRecoverySecretBytes) return 0;
  const RecoverySecret given(
      std::span<const std::uint8_t, kRecoverySecretBytes>(data, kRecoverySecretBytes));
  const Result<RecoverySecret> back = read_recovery_code(write_recovery_code(given));
  require(back.ok() && std::ranges::equal(back.value().view(), given.view()),
          "what is written reads back");
  return 0;
}
