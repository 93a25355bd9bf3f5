// Messages: what the agency's desk tells an applicant of one submission, believed only when signed.

#ifndef LANDFALL_SHARED_SUBMISSION_MESSAGE_H_
#define LANDFALL_SHARED_SUBMISSION_MESSAGE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.h"
#include "shared/sealing/keys.h"

namespace landfall {

inline constexpr std::size_t kMaxMessageBytes = 4096;
// Of one submission: more than any case gets, and as many as are handed out.
inline constexpr std::size_t kMaxMessages = 64;
// Counters are JSON numbers, which are exact up to here.
inline constexpr std::int64_t kMaxMessageCounter = (std::int64_t{1} << 53) - 1;

// opened: the case office has opened the answers and every attachment. unreadable: it cannot, and
// asks for the application to be sealed again.
enum class MessageKind { opened, unreadable };

[[nodiscard]] std::string_view message_kind_name(MessageKind kind);

// Errors:
//   message_malformed   no such kind
[[nodiscard]] Result<MessageKind> parse_message_kind(std::string_view name);

// The payload of a `landfall-message`, without the certificate that comes with it. Counters only
// grow within a submission: an earlier message that comes again says nothing.
struct Message {
  std::string aud;
  std::string manifest_sha256;
  std::uint64_t counter = 0;
  std::string issued;
  MessageKind kind = MessageKind::opened;

  bool operator==(const Message&) const = default;
};

// Signs a message; `certificate` is the landfall-cert of `key` in the role desk.
//
// Errors:
//   message_malformed   a field verify_message would refuse
[[nodiscard]] Result<std::string> sign_message(const Message& message, std::string_view certificate,
                                               const SigningKey& key);

// What a verifier trusts and expects. Absent expectations take any.
struct MessageTrust {
  Ed25519PublicKey root{};
  std::span<const std::string> revoked;
  std::optional<std::string_view> audience;
  std::optional<std::string_view> manifest_sha256;
};

struct VerifiedMessage {
  Message message;
  std::string kid;
  bool development = false;

  bool operator==(const VerifiedMessage&) const = default;
};

// Verifies a message without asking anybody. Whether its counter is higher than the last is the
// caller's question.
//
// Errors, in the order in which they are looked for:
//   message_malformed                not a landfall-message, or a field of another shape
//   message_certificate_wrong        the key's certificate is not the agency's for a desk
//   message_key_revoked              the key was revoked
//   message_not_genuine              not signed by the certified key, or for another audience
//   message_key_not_valid            issued outside the key's validity
//   message_for_another_submission   genuine, but not about the expected manifest
[[nodiscard]] Result<VerifiedMessage> verify_message(std::string_view text,
                                                     const MessageTrust& trust);

// What a message claims, and the key it claims to be signed by.
struct MessageClaims {
  Message message;
  std::string kid;
};

// Reads what a message claims and believes none of it: for whoever keeps messages.
//
// Errors:
//   message_malformed   as verify_message
[[nodiscard]] Result<MessageClaims> read_message_claims(std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_MESSAGE_H_
