// The signed statement that goes with a vault backup: which bytes, in which order, by whose key.

#ifndef LANDFALL_SHARED_SUBMISSION_BACKUP_H_
#define LANDFALL_SHARED_SUBMISSION_BACKUP_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/sealing/keys.h"

namespace landfall {

inline constexpr std::uint64_t kMaxBackupBytes = std::uint64_t{64} << 20;
inline constexpr std::size_t kMaxBackupStatementBytes = 2048;
// Counters are JSON numbers, which are exact up to here.
inline constexpr std::int64_t kMaxBackupCounter = (std::int64_t{1} << 53) - 1;

// The sealed bytes of one backup: size and SHA-256 (hex) of its ciphertext.
struct BackupContent {
  std::string sha256;
  std::uint64_t size = 0;

  bool operator==(const BackupContent&) const = default;
};

// The payload of a `landfall-backup` document; fields as FORMAT.md describes them. Without
// `content` it says that the vault's backup is to be deleted.
struct BackupStatement {
  std::string aud;
  std::string vault;  // 64 lower-case hex digits
  std::uint64_t counter = 0;
  std::optional<BackupContent> content;
  std::string sign_key;

  bool operator==(const BackupStatement&) const = default;
};

// True for what may name a vault: 64 lower-case hex digits.
[[nodiscard]] bool is_vault_id(std::string_view text);

// Reads a statement's payload: {aud, counter, sha256, sign_key, size, vault}, or with
// {deleted: true} in place of {sha256, size}; every member well-formed, none besides. Counters from
// 1 to kMaxBackupCounter, sizes from 1 to kMaxBackupBytes.
//
// Errors:
//   json_shape   anything else; offset 0
[[nodiscard]] Result<BackupStatement> parse_backup_statement(const Json& payload);

// Signs `statement`, after setting its sign_key to that of `key`. Deterministic.
//
// Errors:
//   json_shape   what parse_backup_statement would refuse
[[nodiscard]] Result<std::string> sign_backup_statement(BackupStatement statement,
                                                        const SigningKey& key);

struct VerifiedBackup {
  BackupStatement statement;
  std::string kid;

  bool operator==(const VerifiedBackup&) const = default;
};

// Verifies a signed statement with the key inside it, whose thumbprint must be the header's `kid`.
// It shows that the key's holder said so; whether that key may speak for the vault is the caller's
// question (the first key is pinned).
//
// Errors:
//   too_large             more than kMaxBackupStatementBytes
//   json_shape            as parse_backup_statement
//   jws_key_wrong         `kid` is not the thumbprint of sign_key
//   jws_signature_wrong   not signed by sign_key, or changed afterwards
//   jws_audience_wrong    meant for another log than `audience`
//   and those of parse_document
// Source: RFC 7515, RFC 8037, RFC 7638, RFC 8785 in the profile of shared/sealing/FORMAT.md.
[[nodiscard]] Result<VerifiedBackup> verify_backup_statement(std::string_view text,
                                                             std::string_view audience);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_BACKUP_H_
