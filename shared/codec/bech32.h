// Bech32 (BIP 173) without its length limit, as age writes recipients and identities.

#ifndef LANDFALL_SHARED_CODEC_BECH32_H_
#define LANDFALL_SHARED_CODEC_BECH32_H_

#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// `prefix` is the human-readable part in the case in which it was written: "age" for a recipient,
// "AGE-SECRET-KEY-" for an identity.
struct Bech32 {
  std::string prefix;
  Bytes data;

  bool operator==(const Bech32&) const = default;
};

// Reads a bech32 string, all lower case or all upper case, with its checksum, and regroups its
// five-bit symbols into bytes; left-over bits must be fewer than five and zero.
//
// Errors:
//   bech32_invalid   offset = first byte that cannot stand there; 0 for mixed case, a missing
//                    prefix, a wrong checksum or stray bits
// Source: BIP 173; the absent 90-character limit is age's (C2SP age.md, X25519).
[[nodiscard]] Result<Bech32> parse_bech32(std::string_view text);

// Writes `data` with its checksum, in the case of `prefix`.
//
// Errors:
//   bech32_invalid   `prefix` is empty, mixes cases or holds a byte outside 33..126
[[nodiscard]] Result<std::string> format_bech32(std::string_view prefix, ByteView data);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_BECH32_H_
