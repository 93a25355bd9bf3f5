// Outcome<T>: what a step of a command yielded, or the exit code and sentence that end the command.

#ifndef LANDFALL_SERVER_CLI_OUTCOME_H_
#define LANDFALL_SERVER_CLI_OUTCOME_H_

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "shared/base/error.h"
#include "shared/base/invariant.h"

namespace landfall {

// The exit codes of every command. Their meaning is part of the interface.
enum ExitCode : int {
  kExitYes = 0,       // done, or the answer is "valid"
  kExitNo = 1,        // the answer is "invalid"
  kExitUsage = 2,     // called wrongly
  kExitCouldNot = 3,  // I/O failed, or the input is damaged
};

// Why a command ends: shown on standard error, never holding a secret or an answer.
struct Failure {
  ExitCode exit_code = kExitCouldNot;
  std::string message;
};

// "WHAT: CODE", with " at byte N" when the code has a place.
[[nodiscard]] Failure failure_of(Error error, std::string_view what,
                                 ExitCode exit_code = kExitCouldNot);

template <typename T>
class [[nodiscard]] Outcome {
 public:
  Outcome(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT: wanted
  Outcome(Failure failure)
      : state_(std::in_place_index<1>, std::move(failure)) {}  // NOLINT: wanted

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  [[nodiscard]] T& value() {
    require(ok(), "Outcome::value() on a failure");
    return *std::get_if<0>(&state_);
  }
  [[nodiscard]] const Failure& failure() const {
    require(!ok(), "Outcome::failure() on a value");
    return *std::get_if<1>(&state_);
  }

 private:
  std::variant<T, Failure> state_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_OUTCOME_H_
