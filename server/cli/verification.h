// Saying in plain words what was found of a document.

#ifndef LANDFALL_SERVER_CLI_VERIFICATION_H_
#define LANDFALL_SERVER_CLI_VERIFICATION_H_

#include <string>
#include <string_view>
#include <vector>

#include "server/cli/outcome.h"
#include "shared/base/error.h"
#include "shared/codec/json.h"
#include "shared/submission/verdict.h"

namespace landfall {

// What was found. `sentence` is for people, `facts` the same for programs: {genuine, kind, …}, with
// the error's code under "code" when it is not genuine.
struct Verification {
  bool genuine = false;
  std::string sentence;
  Json facts;
  std::vector<std::string> details;  // further lines for people
};

// What `verdict` says, in words.
[[nodiscard]] Verification verification_of(Verdict verdict);

// Which root signed what has these facts: "the agency root", or which other one and why it is
// believed.
[[nodiscard]] std::string root_words(const Json& facts);

// Why a document of that code is not genuine, in words for people; "" for codes that say it.
[[nodiscard]] std::string_view reason_of(ErrorCode code);

// "WHAT: CODE: why", with kExitNo.
[[nodiscard]] Failure refusal_of(Error error, std::string_view what);

// What is not genuine, because of `code`.
[[nodiscard]] Verification not_genuine(std::string_view kind, ErrorCode code);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_VERIFICATION_H_
