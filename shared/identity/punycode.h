// Punycode: how a domain label of any script is written in ASCII.

#ifndef LANDFALL_SHARED_IDENTITY_PUNYCODE_H_
#define LANDFALL_SHARED_IDENTITY_PUNYCODE_H_

#include <string>
#include <string_view>

namespace landfall {

// The Punycode of one label, without the prefix "xn--".
// REQUIRES: at most 255 code points.
// Source: RFC 3492 section 6.3.
[[nodiscard]] std::string encode_punycode(std::u32string_view label);

}  // namespace landfall

#endif  // LANDFALL_SHARED_IDENTITY_PUNYCODE_H_
