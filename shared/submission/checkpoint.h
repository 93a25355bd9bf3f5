// Checkpoints (C2SP tlog-checkpoint): what the receipt log looked like, signed by the log.

#ifndef LANDFALL_SHARED_SUBMISSION_CHECKPOINT_H_
#define LANDFALL_SHARED_SUBMISSION_CHECKPOINT_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  LogHash root{};
  std::vector<std::string> extensions;

  bool operator==(const Checkpoint&) const = default;
};

// Reads the text of a checkpoint: origin, size without leading zeros, root of 32 bytes in padded
// base64, then extension lines, none of them empty.
//
// Errors:
//   checkpoint_malformed   offset = start of the wrong line
// Source: C2SP tlog-checkpoint.md.
[[nodiscard]] Result<Checkpoint> parse_checkpoint(std::string_view text);

// Reads what the signed note of a checkpoint claims and believes none of it: for whoever keeps
// checkpoints that were verified before, or compares one with the log it speaks of.
//
// Errors: as parse_checkpoint.
[[nodiscard]] Result<Checkpoint> read_checkpoint_claims(std::string_view note);

[[nodiscard]] std::string format_checkpoint(const Checkpoint& checkpoint);

// The signed note for `checkpoint`, its origin being the key's name.
//
// Errors:
//   checkpoint_malformed   an origin that cannot be a key's name
[[nodiscard]] Result<std::string> sign_checkpoint(const Checkpoint& checkpoint,
                                                  const SigningKey& key);

// Verifies a checkpoint of the log `origin` that one of `keys` signed; other signatures (witnesses)
// are passed over.
//
// Errors:
//   checkpoint_malformed         as parse_checkpoint, or of another origin
//   checkpoint_signature_wrong   no signature of these keys under that name, or a wrong one
[[nodiscard]] Result<Checkpoint> verify_checkpoint(std::string_view note, std::string_view origin,
                                                   std::span<const Ed25519PublicKey> keys);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_CHECKPOINT_H_
