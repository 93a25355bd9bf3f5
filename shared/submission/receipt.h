// Receipts: the agency's signed word that a submission arrived, provable offline.

#ifndef LANDFALL_SHARED_SUBMISSION_RECEIPT_H_
#define LANDFALL_SHARED_SUBMISSION_RECEIPT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/certificate.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

// What fits into a QR code that a phone still reads.
inline constexpr std::size_t kMaxShortReceiptBytes = 600;
inline constexpr std::size_t kReceiptSaltBytes = 16;

// An amount in the smallest unit that is paid: whole dollars for TWD.
struct Amount {
  std::int64_t amount = 0;
  std::string currency = "TWD";

  bool operator==(const Amount&) const = default;
};

// What is receipted. `salt` (base64url, 16 bytes) keeps the log's leaf from being guessed.
struct ReceiptBody {
  std::string manifest_sha256;
  std::string case_number;
  std::string received_at;
  Amount amount_due;
  std::string salt;

  bool operator==(const ReceiptBody&) const = default;
};

// Where the receipt stands in the log, and the proof.
struct LogEntry {
  std::string origin;
  std::uint64_t index = 0;
  std::uint64_t tree_size = 0;
  std::vector<LogHash> proof;
  std::string checkpoint;

  bool operator==(const LogEntry&) const = default;
};

// What a full receipt says of itself. `kid` is that of the key which is to have signed.
struct ReceiptClaims {
  ReceiptBody body;
  LogEntry log;
  std::string certificate;
  std::string kid;
};

// Reads what a full receipt claims and believes none of it: for whoever made the receipt and
// compares it with the log it stands in.
//
// Errors:
//   receipt_malformed   not a full landfall-receipt, or a field of another shape
[[nodiscard]] Result<ReceiptClaims> read_receipt_claims(std::string_view text);

// A fresh salt for a receipt body.
[[nodiscard]] std::string generate_receipt_salt(Entropy& entropy);

// The hash under which the log holds `body`: the leaf hash of SHA-256 of its canonical JSON.
//
// Errors:
//   receipt_malformed   a field verify_receipt would refuse
[[nodiscard]] Result<LogHash> receipt_leaf_hash(const ReceiptBody& body);

// Signs the full receipt, the short one inside it. `certificate` is the landfall-cert of `key`.
//
// Errors:
//   receipt_malformed   a field verify_receipt would refuse
//   too_large           the short receipt would exceed kMaxShortReceiptBytes: the audience is too
//                       long
[[nodiscard]] Result<std::string> sign_receipt(const ReceiptBody& body, const LogEntry& entry,
                                               std::string_view certificate, const SigningKey& key);

// Signs the short receipt alone.
//
// Errors: as sign_receipt.
[[nodiscard]] Result<std::string> sign_short_receipt(const ReceiptBody& body,
                                                     std::string_view audience,
                                                     const SigningKey& key);

// A receipt key of the signed index.
struct ReceiptKey {
  Ed25519PublicKey key{};
  std::string not_before;
  std::string not_after;

  bool operator==(const ReceiptKey&) const = default;
};

// What a verifier trusts and expects. `root` is enough for a full receipt, which brings its
// certificate; a short one needs `known_keys`. Absent expectations take any.
struct ReceiptTrust {
  Ed25519PublicKey root{};
  std::span<const ReceiptKey> known_keys;
  std::span<const std::string> revoked;
  std::optional<std::string_view> audience;
  std::optional<std::string_view> manifest_sha256;
};

// `log` is absent, and `body.salt` empty, in a short receipt.
struct VerifiedReceipt {
  std::string audience;
  ReceiptBody body;
  std::optional<LogEntry> log;
  std::string short_receipt;
  std::string kid;
  bool development = false;
};

// Verifies a receipt, full or short, without asking anybody.
//
// Errors, in the order in which they are looked for:
//   receipt_malformed                not a landfall-receipt, or a field of another shape
//   receipt_key_unknown              a short receipt by a key not known here
//   receipt_certificate_wrong        the receipt key's certificate is not the agency's
//   receipt_key_revoked              the receipt key was revoked
//   receipt_not_genuine              not signed by the certified key, for another audience, or its
//                                    short receipt says something else
//   receipt_key_not_valid            received_at lies outside the key's validity
//   receipt_not_in_log               checkpoint or inclusion proof does not hold
//   receipt_for_another_submission   genuine, but not for the expected manifest
[[nodiscard]] Result<VerifiedReceipt> verify_receipt(std::string_view text,
                                                     const ReceiptTrust& trust);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_RECEIPT_H_
