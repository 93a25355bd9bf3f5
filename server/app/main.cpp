// The program `landfall`: hands its arguments to the table of subcommands.

#include <string>
#include <vector>

#include "server/cli/command.h"

int main(int argument_count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  return landfall::run_command_line(words);
}
