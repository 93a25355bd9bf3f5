// Digests for digest() and for seeds that are texts: not for secrets, which shared/sealing guards.

#ifndef LANDFALL_SHARED_FUNCTIONS_DIGEST_H_
#define LANDFALL_SHARED_FUNCTIONS_DIGEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {

enum class DigestKind : std::uint8_t { md5, sha1, sha256, sha384, sha512 };

enum class DigestForm : std::uint8_t { hexadecimal, base64, bytes };

// The digest of `bytes`, as bytes.
// Source: RFC 1321; FIPS 180-4.
[[nodiscard]] std::string digest_of(DigestKind kind, std::string_view bytes);

// Standard base64 with padding.
// Source: RFC 4648 section 4.
[[nodiscard]] std::string write_base64(std::string_view bytes);

// The bytes of a base64 text, padded or not; nothing for any other text.
[[nodiscard]] std::optional<std::string> read_base64(std::string_view text);

[[nodiscard]] std::string write_hexadecimal(std::string_view bytes);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FUNCTIONS_DIGEST_H_
