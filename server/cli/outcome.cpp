#include "server/cli/outcome.h"

namespace landfall {

Failure failure_of(Error error, std::string_view what, ExitCode exit_code) {
  std::string message(what);
  message += ": ";
  message += error_name(error.code);
  if (error.offset != 0) message += " at byte " + std::to_string(error.offset);
  return {exit_code, message};
}

}  // namespace landfall
