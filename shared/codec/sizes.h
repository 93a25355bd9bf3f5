// Padmé: the padded length that hides how long a sealed document is.

#ifndef LANDFALL_SHARED_CODEC_SIZES_H_
#define LANDFALL_SHARED_CODEC_SIZES_H_

#include <cstdint>

namespace landfall {

// The Padmé length for `size_bytes`: at least `size_bytes`, at most 12 % more, and leaking only
// O(log log size) bits of it. Sizes from 2^63 on are returned as they are.
// Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files and Communication with
// PURBs" (2019), section 4.
[[nodiscard]] std::uint64_t padme_length(std::uint64_t size_bytes);

}  // namespace landfall

#endif  // LANDFALL_SHARED_CODEC_SIZES_H_
