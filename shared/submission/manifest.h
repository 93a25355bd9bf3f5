// The manifest: the signed list of what a submission consists of.

#ifndef LANDFALL_SHARED_SUBMISSION_MANIFEST_H_
#define LANDFALL_SHARED_SUBMISSION_MANIFEST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/sealing/keys.h"

namespace landfall {

inline constexpr std::size_t kMaxManifestParts = 128;
inline constexpr std::uint64_t kMaxPartBytes = std::uint64_t{1} << 30;
inline constexpr std::size_t kMaxAudienceBytes = 128;
inline constexpr std::size_t kMaxFormIdBytes = 64;
inline constexpr std::size_t kMaxFormVersionBytes = 32;
inline constexpr std::size_t kMaxTimeZoneBytes = 64;
inline constexpr std::size_t kMaxFeeCodeBytes = 64;

// Which published form was filled in: `digest` is the package's SHA-256, hex.
struct FormReference {
  std::string id;
  std::string version;
  std::string digest;

  bool operator==(const FormReference&) const = default;
};

// Reads {"id","version","digest"} and nothing besides.
//
// Errors:
//   manifest_malformed
[[nodiscard]] Result<FormReference> parse_form_reference(const Json& json);

[[nodiscard]] Json form_reference_json(const FormReference& form);

enum class PartRole { answers, attachment };

// One sealed part: size and SHA-256 (hex) of its ciphertext.
struct ManifestPart {
  PartRole role = PartRole::attachment;
  std::string sha256;
  std::uint64_t size = 0;

  bool operator==(const ManifestPart&) const = default;
};

enum class SubmissionVerdict { complete, with_warnings };

// "complete" or "with_warnings".
[[nodiscard]] std::string_view verdict_name(SubmissionVerdict verdict);

// Errors:
//   manifest_malformed   no such verdict
[[nodiscard]] Result<SubmissionVerdict> parse_verdict(std::string_view name);

// The payload of a `landfall-submission` document; fields as FORMAT.md describes them.
struct Manifest {
  std::string aud;
  std::string submission_id;
  FormReference form;
  std::string engine;
  std::string as_of;
  std::string time_zone;
  std::string sealed_at;
  std::optional<std::int64_t> clock_offset_ms;
  std::string sign_key;
  std::string age_recipient;
  std::vector<ManifestPart> parts;
  SubmissionVerdict verdict = SubmissionVerdict::complete;
  std::string answers_commitment;
  std::string fee_code;
  std::optional<std::string> supersedes;

  bool operator==(const Manifest&) const = default;
};

// Reads a manifest payload: every field present and well-formed, none besides; answers first and
// exactly one; no digest twice; sizes from 1 to kMaxPartBytes.
//
// Errors:
//   manifest_malformed   offset 0
[[nodiscard]] Result<Manifest> parse_manifest(const Json& payload);

// The payload for `manifest`, not checked.
[[nodiscard]] Json manifest_json(const Manifest& manifest);

// Signs `manifest`, after setting its sign_key to that of `key`. Deterministic.
//
// Errors:
//   manifest_malformed   what parse_manifest would refuse
[[nodiscard]] Result<std::string> sign_manifest(Manifest manifest, const SigningKey& key);

// `digest` is the SHA-256 (hex) of the compact JWS text: the submission's name in receipts.
struct VerifiedManifest {
  Manifest manifest;
  std::string kid;
  std::string digest;
};

// Verifies a signed manifest with the key inside it, whose thumbprint must be the header's `kid`.
//
// Errors:
//   manifest_malformed         as parse_manifest
//   manifest_key_wrong         `kid` is not the thumbprint of sign_key
//   manifest_signature_wrong   not signed by sign_key, or changed afterwards
//   audience_mismatch    meant for another log than `audience`
//   and those of parse_document
[[nodiscard]] Result<VerifiedManifest> verify_manifest(std::string_view text,
                                                       std::string_view audience);

// The SHA-256 (hex) of a document's text.
[[nodiscard]] std::string document_digest(std::string_view text);

// The part of `manifest` with this digest (hex) and size.
//
// Errors:
//   part_not_in_manifest       no part of `manifest` has this digest
//   part_size_mismatch     listed, with another size
[[nodiscard]] Result<ManifestPart> find_part(const Manifest& manifest, std::string_view digest,
                                             std::uint64_t size);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_MANIFEST_H_
