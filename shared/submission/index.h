// The signed index: which packages, recipients and receipt keys the agency stands for.

#ifndef LANDFALL_SHARED_SUBMISSION_INDEX_H_
#define LANDFALL_SHARED_SUBMISSION_INDEX_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/sealing/keys.h"
#include "shared/submission/receipt.h"

namespace landfall {

// One published form. `signature` is its landfall-package document.
struct IndexPackage {
  std::string form_id;
  std::string version;
  std::string digest;
  std::uint64_t size = 0;
  std::string signature;

  bool operator==(const IndexPackage&) const = default;
};

// One age recipient of a role and when it may be sealed to, both ends inclusive.
struct IndexRecipient {
  std::string recipient;
  std::string not_before;
  std::string not_after;

  bool operator==(const IndexRecipient&) const = default;
};

// The payload of a `landfall-index`.
struct Index {
  std::string aud;
  std::uint64_t serial = 0;
  std::string issued;
  std::string expires;
  bool development = false;
  std::vector<IndexPackage> packages;
  std::vector<IndexRecipient> case_office;
  std::vector<IndexRecipient> helpdesk;
  std::vector<ReceiptKey> receipt_keys;
  std::vector<std::string> revoked;

  bool operator==(const Index&) const = default;
};

// Signs an index with the agency's root key.
//
// Errors:
//   index_malformed   a field verify_index would refuse
[[nodiscard]] Result<std::string> sign_index(const Index& index, const SigningKey& root);

// What a verifier knows. `audience` absent takes any: the index is what tells a phone its audience.
struct IndexTrust {
  Ed25519PublicKey root{};
  std::optional<std::string_view> audience;
  std::uint64_t min_serial = 0;
};

// Verifies an index.
//
// Errors:
//   index_malformed     not a landfall-index, or a field of another shape
//   index_not_genuine   not signed by the root key, or for another audience
//   index_rollback      its serial is lower than min_serial: an old one played back
[[nodiscard]] Result<Index> verify_index(std::string_view text, const IndexTrust& trust);

// True when `now` is past the index's expiry: to be warned about, never to lock anybody out.
[[nodiscard]] bool is_expired(const Index& index, std::string_view now);

// Those of `recipients` that may be sealed to at `now`.
[[nodiscard]] std::vector<std::string> recipients_at(std::span<const IndexRecipient> recipients,
                                                     std::string_view now);

// The payload as JSON, for the page.
[[nodiscard]] Json index_json(const Index& index);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_INDEX_H_
