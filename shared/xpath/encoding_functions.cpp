// Functions on encodings: digests and base64.

#include <array>
#include <optional>
#include <string>

#include "shared/text/utf8.h"
#include "shared/xpath/digest.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

// digest(text, algorithm, encoding): in base64 unless "hex" is asked for.
Value call_digest(Evaluator& e, const SyntaxNode& call) {
  const std::string text = e.text_argument(call, 0);
  const std::optional<DigestKind> kind = find_digest(e.text_argument(call, 1));
  const std::string encoding = call.count > 2 ? e.text_argument(call, 2) : "base64";
  if (!kind || (encoding != "hex" && encoding != "base64")) {
    e.fail(ErrorCode::xpath_type, e.syntax_of_argument(call, kind ? 2 : 1));
    return std::string();
  }
  if (!e.spend(text.size() / 8)) return std::string();
  const std::string digest = digest_of(*kind, text);
  return encoding == "hex" ? write_hexadecimal(digest) : write_base64(digest);
}

// The text that is encoded, U+FFFD for each byte that is none; empty when it is no base64.
Value call_base64_decode(Evaluator& e, const SyntaxNode& call) {
  const std::string bytes = read_base64(e.text_argument(call, 0)).value_or(std::string());
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const char32_t point = read_code_point(bytes, at);
    append_utf8(text, point == kNoCodePoint ? U'\uFFFD' : point);
  }
  return text;
}

constexpr std::array kFunctions = {
    Function{"digest", 2, 3, 0, FunctionInput::nothing, call_digest},
    Function{"base64-decode", 1, 1, 0, FunctionInput::nothing, call_base64_decode},
};

}  // namespace

std::span<const Function> encoding_functions() { return kFunctions; }

}  // namespace landfall
