// Options whose value has a shape: read, or refused with what is wanted instead.

#ifndef LANDFALL_SERVER_CLI_OPTION_VALUES_H_
#define LANDFALL_SERVER_CLI_OPTION_VALUES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "server/cli/options.h"
#include "server/cli/outcome.h"

namespace landfall {

// The receipt log of whoever names none.
inline constexpr std::string_view kDefaultLogOrigin = "landfall.localhost/log";

// The language tag given by --NAME, `fallback` without it: a language of two or three letters, then
// subtags of two to eight letters or digits, as in zh-Hant-TW. Fails with kExitUsage.
// Source: RFC 5646 section 2.1, without extensions and private use.
[[nodiscard]] Outcome<std::string> language_option(const Options& options, std::string_view name,
                                                   std::string_view fallback);

// The whole number given by --NAME, `fallback` without it. Fails with kExitUsage unless it lies
// between 1 and `most`.
[[nodiscard]] Outcome<std::int64_t> number_option(const Options& options, std::string_view name,
                                                  std::int64_t fallback, std::int64_t most);

// The log origin given by --NAME, `fallback` without it. Fails with kExitUsage for what no document
// can carry as its audience.
[[nodiscard]] Outcome<std::string> origin_option(const Options& options, std::string_view name,
                                                 std::string_view fallback);

// The folder of texts given by --texts, "" without it. Fails with kExitCouldNot where there is no
// such folder.
[[nodiscard]] Outcome<std::string> texts_option(const Options& options);

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_OPTION_VALUES_H_
