// Links of the receipt log: the agency's signed word under which name a log went on after a
// restore.

#ifndef LANDFALL_SHARED_SUBMISSION_LOG_LINK_H_
#define LANDFALL_SHARED_SUBMISSION_LOG_LINK_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/merkle_log.h"

namespace landfall {

inline constexpr std::size_t kMaxLogLinkBytes = std::size_t{16} << 10;
// A log is restored a few times in its life; the list is bounded all the same.
inline constexpr std::size_t kMaxLogLinks = 256;

// The log `former`, of which a restored copy held `tree_size` entries under `root`, goes on as
// `origin`: its first `tree_size` entries are the same, and what `former` held beyond them is lost.
// With tree_size 0 nothing of `former` is known to be in `origin`.
struct LogLink {
  std::string origin;
  std::string former;
  std::uint64_t tree_size = 0;
  LogHash root{};
  std::string linked_at;

  bool operator==(const LogLink&) const = default;
};

// The two certificates of the key that signs a link: for its origin and for the former log.
struct LogLinkCertificates {
  std::string current;
  std::string former;
};

// Signs a link, and inside it `first`, the first checkpoint of its origin.
//
// Errors:
//   json_shape   a field verify_log_link would refuse
[[nodiscard]] Result<std::string> sign_log_link(const LogLink& link, const Checkpoint& first,
                                                const LogLinkCertificates& certificates,
                                                const SigningKey& key);

// Reads what a link claims and believes none of it: for whoever compares it with the log it stands
// in. `checkpoint` is the first of the link's origin, `kid` that of the key which is to have
// signed.
//
// Errors:
//   json_shape   not a field as FORMAT.md says, or longer than kMaxLogLinkBytes
//   and those of parse_document
struct LogLinkClaims {
  LogLink link;
  std::string checkpoint;
  std::string kid;
};
[[nodiscard]] Result<LogLinkClaims> read_log_link_claims(std::string_view text);

// Whom a link is believed: keys that the agency certified for both logs, by any of `roots` that
// speaks at the link's time, and that were not revoked.
struct LogLinkTrust {
  std::span<const AgencyRoot> roots;
  std::span<const std::string> revoked;
};

// Verifies a link.
//
// Errors, in the order in which they are looked for:
//   those of read_log_link_claims
//   receipt_certificate_wrong    no root certified one key for both logs to sign receipts
//   receipt_key_revoked          that key was revoked
//   jws_key_wrong, jws_signature_wrong   another key signed, or it was changed afterwards
//   receipt_key_not_valid        linked_at lies outside the key's validity for one of the logs
//   checkpoint_malformed, checkpoint_signature_wrong   the checkpoint inside it is not genuine
//   log_inconsistent             the checkpoint commits to another tree than the link names, and
//                                that one is not empty
[[nodiscard]] Result<LogLink> verify_log_link(std::string_view text, const LogLinkTrust& trust);

// Verifies all links of a log as its server hands them out, in any order.
//
// Errors:
//   too_large          more than kMaxLogLinks
//   log_inconsistent   two links for one former log, or a log that in the end continues itself: a
//                      reason for alarm
//   and those of verify_log_link
[[nodiscard]] Result<std::vector<LogLink>> verify_log_links(std::span<const std::string> texts,
                                                            const LogLinkTrust& trust);

// As many entries as any log can have.
inline constexpr std::uint64_t kAllLogEntries = std::numeric_limits<std::uint64_t>::max();

// How many of the first entries of the log `origin` are, at the same places, in the log `current`:
// kAllLogEntries when the two are one, and the smallest tree_size on the way from one to the other
// when verified `links` lead there. nullopt when none do: `current` says nothing about `origin`.
//
// A receipt of `origin` at an index below the answer is in `current`, and its inclusion can be
// proven there; one at or above it was lost, and its submission is to be offered again. A
// checkpoint of `origin` of a size up to the answer must be consistent with those of `current`,
// else it is an alarm; a larger one saw entries that were lost.
[[nodiscard]] std::optional<std::uint64_t> entries_continued(std::string_view origin,
                                                             std::string_view current,
                                                             std::span<const LogLink> links);

// Where entry `index` of the log `origin` is now.
enum class EntryStanding {
  held,     // in the log `current`, at the same place
  lost,     // in the part of `origin` that the restore lost: to be offered again
  foreign,  // no link leads from `origin` to `current`
};
[[nodiscard]] EntryStanding standing_of_entry(std::string_view origin, std::uint64_t index,
                                              std::string_view current,
                                              std::span<const LogLink> links);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_LOG_LINK_H_
