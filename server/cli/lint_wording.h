// The sentences for what lint finds, for every command that prints them.

#ifndef LANDFALL_SERVER_CLI_LINT_WORDING_H_
#define LANDFALL_SERVER_CLI_LINT_WORDING_H_

#include <string_view>

namespace landfall {

// The sentence for a code of shared/form/lint.h; a general one for a code it does not know.
[[nodiscard]] std::string_view lint_sentence(std::string_view code);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_LINT_WORDING_H_
