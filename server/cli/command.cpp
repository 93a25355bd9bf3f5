#include "server/cli/command.h"

#include <array>
#include <cstdio>

#include "server/cli/terminal.h"

namespace landfall {
namespace {

constexpr std::array kCommands = {
    &kServeCommand,
    &kKeygenCommand,
    &kSealCommand,
    &kOpenCommand,
    &kEvalCommand,
    &kXpathCommand,
    &kCheckCommand,
    &kZonesCommand,
    &kJcsCommand,
    &kVerifyCommand,
    &kLogVerifyCommand,
    &kLogContinueCommand,
    &kPackageImportCommand,
    &kPackageLintCommand,
    &kPackageDiffCommand,
    &kPackageSignCommand,
    &kBuildSignCommand,
    &kSubmissionsListCommand,
    &kSubmissionsShowCommand,
    &kSubmissionsTellCommand,
    &kSubmissionsOpenCommand,
    &kSubmissionsImportCommand,
};

constexpr std::string_view kSynopsis =
    "usage: landfall COMMAND [OPTION]... [ARGUMENT]...\n"
    "       landfall COMMAND --help\n"
    "       landfall --help | --version\n";

void print(std::FILE* stream, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stream);
}

void print_overview() {
  print(stdout, "Landfall: applications filled offline, sealed on the phone, receipted.\n\n");
  print(stdout, kSynopsis);
  print(stdout, "\nCommands:\n");
  for (const Command* command : kCommands) {
    std::printf("  %-18.*s %.*s\n", static_cast<int>(command->name.size()), command->name.data(),
                static_cast<int>(command->summary.size()), command->summary.data());
  }
  print(stdout,
        "\nExit codes: 0 yes, 1 no (the answer is \"invalid\"), 2 wrong usage, 3 could not.\n"
        "Results go to standard output, messages to standard error.\n");
}

// How many words of `arguments` name `command`; 0 when they do not.
std::size_t words_naming(const Command& command, std::span<const std::string> arguments) {
  const std::size_t space = command.name.find(' ');
  if (space == std::string_view::npos) return arguments[0] == command.name ? 1 : 0;
  const bool both = arguments.size() > 1 && arguments[0] == command.name.substr(0, space) &&
                    arguments[1] == command.name.substr(space + 1);
  return both ? 2 : 0;
}

bool is_group(std::string_view word) {
  for (const Command* command : kCommands) {
    if (command->name.starts_with(std::string(word) + " ")) return true;
  }
  return false;
}

// `landfall package` and `landfall package --help`: what the group holds.
ExitCode run_group(std::span<const std::string> arguments) {
  const bool help = arguments.size() > 1 && (arguments[1] == "--help" || arguments[1] == "-h");
  std::FILE* stream = help ? stdout : stderr;
  if (!help && arguments.size() > 1) {
    print(stderr, "landfall: unknown command " + arguments[0] + " " + arguments[1] + "\n");
  }
  print(stream, "usage: landfall " + arguments[0] + " SUBCOMMAND [OPTION]... [ARGUMENT]...\n\n");
  for (const Command* command : kCommands) {
    if (!command->name.starts_with(arguments[0] + " ")) continue;
    std::fprintf(stream, "  %-18.*s %.*s\n", static_cast<int>(command->name.size()),
                 command->name.data(), static_cast<int>(command->summary.size()),
                 command->summary.data());
  }
  return help ? kExitYes : kExitUsage;
}

ExitCode run_command(const Command& command, std::span<const std::string> arguments) {
  Outcome<Options> options = parse_options(command.arguments, arguments);
  if (!options.ok()) {
    report(command.name, options.failure());
    std::fprintf(stderr, "See: landfall %.*s --help\n", static_cast<int>(command.name.size()),
                 command.name.data());
    return kExitUsage;
  }
  if (options.value().has("help")) {
    print(stdout, command.help);
    return kExitYes;
  }
  return command.run(options.value());
}

ExitCode dispatch(std::span<const std::string> arguments) {
  if (arguments.empty()) {
    print(stderr, kSynopsis);
    return kExitUsage;
  }
  if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help") {
    print_overview();
    return kExitYes;
  }
  if (arguments[0] == "--version") {
    print(stdout, "landfall " + std::string(kEngineName.substr(kEngineName.find('/') + 1)) + "\n");
    return kExitYes;
  }
  for (const Command* command : kCommands) {
    const std::size_t words = words_naming(*command, arguments);
    if (words != 0) return run_command(*command, arguments.subspan(words));
  }
  if (is_group(arguments[0])) return run_group(arguments);
  print(stderr, "landfall: unknown command " + arguments[0] + "\n");
  print(stderr, kSynopsis);
  return kExitUsage;
}

}  // namespace

std::span<const Command* const> commands() { return kCommands; }

ExitCode report(std::string_view command_name, const Failure& failure) {
  // Names of files, and what an applicant's engine said, are other people's words.
  std::fprintf(stderr, "landfall %.*s: %s\n", static_cast<int>(command_name.size()),
               command_name.data(), visible_json(failure.message).c_str());
  return failure.exit_code;
}

int run_command_line(std::span<const std::string> arguments) {
  const ExitCode exit_code = dispatch(arguments);
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
    std::fputs("landfall: the output could not be written\n", stderr);
    return kExitCouldNot;
  }
  return exit_code;
}

}  // namespace landfall
