// The table of subcommands, and the one function the program's main calls.

#ifndef LANDFALL_SERVER_CLI_COMMAND_H_
#define LANDFALL_SERVER_CLI_COMMAND_H_

#include <span>
#include <string>
#include <string_view>

#include "server/cli/options.h"
#include "server/cli/outcome.h"

namespace landfall {

// The build's name in manifests and --version.
inline constexpr std::string_view kEngineName = "landfall/0.1.0";

// One subcommand; each lives in a file of its own. `name` may be two words ("package lint").
// `help` says what it does, its options, what its exit codes mean, and gives an example.
struct Command {
  std::string_view name;
  std::string_view summary;
  std::string_view help;
  ArgumentRules arguments;
  ExitCode (*run)(const Options& options);
};

// Every subcommand, in the order `landfall --help` prints them.
[[nodiscard]] std::span<const Command* const> commands();

// Runs `landfall ARGUMENTS…` (without the program's name) and returns its exit code. A command
// whose output could not be written whole ends with kExitCouldNot whatever it found.
[[nodiscard]] int run_command_line(std::span<const std::string> arguments);

// Writes "landfall NAME: message" to standard error and returns the failure's exit code.
ExitCode report(std::string_view command_name, const Failure& failure);

extern const Command kCheckCommand;
extern const Command kEvalCommand;
extern const Command kJcsCommand;
extern const Command kZonesCommand;
extern const Command kKeygenCommand;
extern const Command kLogContinueCommand;
extern const Command kLogVerifyCommand;
extern const Command kOpenCommand;
extern const Command kPackageImportCommand;
extern const Command kPackageLintCommand;
extern const Command kPackageDiffCommand;
extern const Command kPackageSignCommand;
extern const Command kBuildSignCommand;
extern const Command kSealCommand;
extern const Command kServeCommand;
extern const Command kSubmissionsImportCommand;
extern const Command kSubmissionsListCommand;
extern const Command kSubmissionsOpenCommand;
extern const Command kSubmissionsShowCommand;
extern const Command kSubmissionsTellCommand;
extern const Command kVerifyCommand;
extern const Command kXpathCommand;

}  // namespace landfall

#endif  // LANDFALL_SERVER_CLI_COMMAND_H_
