// Telling the applicant of a case what became of it: a signed message that the phone fetches.

#ifndef LANDFALL_SERVER_DESK_TELL_APPLICANT_H_
#define LANDFALL_SERVER_DESK_TELL_APPLICANT_H_

#include <cstdint>
#include <string>

#include "server/desk/case_store.h"
#include "shared/base/result.h"
#include "shared/sealing/keys.h"
#include "shared/submission/message.h"

namespace landfall {

// The key of a desk and the agency's certificate of it.
struct DeskKey {
  SigningKey key;
  std::string certificate;
  std::string aud;  // the certificate's
};

struct ToldMessage {
  std::string text;  // compact JWS
  std::uint64_t counter = 0;
  bool is_new = false;
};

// When somebody tells: the same moment twice.
struct TellingTime {
  std::uint64_t unix_seconds = 0;
  std::string text;  // RFC 3339 UTC
};

// Signs a message of `kind` about the case and stores it. Its counter is the time, or one more than
// the last: after a restore of an older copy it is still higher than what phones have seen. When
// the last message of the case says the same by the same key, that one stands and nothing is added.
//
// Errors:
//   message_malformed     the certificate is too long, or its audience no token
//   too_large             the case has as many messages as a phone reads
//   and those of CaseStore
[[nodiscard]] Result<ToldMessage> tell_applicant(CaseStore& store, const ReceivedCase& received,
                                                 MessageKind kind, const DeskKey& desk,
                                                 const TellingTime& now);

}  // namespace landfall

#endif  // LANDFALL_SERVER_DESK_TELL_APPLICANT_H_
