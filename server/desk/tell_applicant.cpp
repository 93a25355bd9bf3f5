#include "server/desk/tell_applicant.h"

#include <utility>
#include <vector>

namespace landfall {

Result<ToldMessage> tell_applicant(CaseStore& store, const ReceivedCase& received, MessageKind kind,
                                   const DeskKey& desk, std::string_view now) {
  for (;;) {
    Result<std::vector<std::string>> told = store.messages(received.manifest_sha256);
    if (!told.ok()) return told.error();
    if (told.value().size() >= kMaxMessages) return Error{ErrorCode::too_large};
    Message message{desk.aud, received.manifest_sha256, 1, std::string(now), kind};
    if (!told.value().empty()) {
      const Result<Message> last = read_message_claims(told.value().back());
      if (!last.ok()) return last.error();
      const std::uint64_t counter = last.value().counter;
      if (last.value().kind == kind) {
        return ToldMessage{std::move(told.value().back()), counter, false};
      }
      message.counter = counter + 1;
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
