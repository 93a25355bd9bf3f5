// JSON Web Signatures in compact form, EdDSA with Ed25519 and nothing else.

#ifndef LANDFALL_SHARED_SEALING_JWS_H_
#define LANDFALL_SHARED_SEALING_JWS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/sealing/primitives.h"

namespace landfall {

inline constexpr std::size_t kMaxJwsBytes = std::size_t{1} << 20;
inline constexpr std::size_t kMaxJwsHeaderBytes = std::size_t{8} << 10;

// A compact JWS taken apart, not verified yet. `signing_input` points into the text.
struct Jws {
  std::string header_text;
  Json header;
  Bytes payload;
  Ed25519Signature signature{};
  std::string_view signing_input;
};

// Takes a compact JWS apart: three base64url segments without padding; a protected header that is
// one JSON object without duplicate members, whose `alg` is "EdDSA", without `crit` or `b64`; a
// signature of 64 bytes.
//
// Errors:
//   jws_malformed           shape, encoding or header; offset = start of the wrong segment
//   jws_algorithm_refused   another `alg`, or a header that asks for an extension (`crit`, `b64`)
//   too_large               longer than kMaxJwsBytes
// Source: RFC 7515, RFC 8037 section 3.1, RFC 8725. Vectors: jose-eddsa, wycheproof.
[[nodiscard]] Result<Jws> parse_jws(std::string_view text);

// The payload of `text`, once its signature has been verified with `key`.
//
// Errors:
//   jws_signature_wrong   not signed by `key`, or changed afterwards
//   and those of parse_jws
[[nodiscard]] Result<Bytes> verify_jws(std::string_view text, const Ed25519PublicKey& key);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_JWS_H_
