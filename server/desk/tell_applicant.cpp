#include "server/desk/tell_applicant.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace landfall {

Result<ToldMessage> tell_applicant(CaseStore& store, const ReceivedCase& received, MessageKind kind,
                                   const DeskKey& desk, const TellingTime& now) {
  for (;;) {
    Result<std::vector<std::string>> told = store.messages(received.manifest_sha256);
    if (!told.ok()) return told.error();
    if (told.value().size() >= kMaxMessages) return Error{ErrorCode::too_large};
    Message message{desk.aud, received.manifest_sha256, now.unix_seconds, now.text, kind};
    if (!told.value().empty()) {
      const Result<MessageClaims> last = read_message_claims(told.value().back());
      if (!last.ok()) return last.error();
      const std::uint64_t counter = last.value().message.counter;
      // By another key, it may be that the last one was withdrawn.
      if (last.value().message.kind == kind && last.value().kid == desk.key.kid()) {
        return ToldMessage{std::move(told.value().back()), counter, false};
      }
      message.counter = std::max(message.counter, counter + 1);
    }
    Result<std::string> text = sign_message(message, desk.certificate, desk.key);
    if (!text.ok()) return text.error();
    const Result<bool> added =
        store.add_message(received.manifest_sha256, message.counter, text.value());
    if (!added.ok()) return added.error();
    // Somebody else told the applicant something meanwhile: theirs comes first.
    if (!added.value()) continue;
    return ToldMessage{std::move(text).value(), message.counter, true};
  }
}

}  // namespace landfall
