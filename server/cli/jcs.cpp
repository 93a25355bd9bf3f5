// landfall jcs: writes the canonical form (RFC 8785) of a JSON text.

#include <cstdio>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/terminal.h"
#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "jcs";

constexpr std::string_view kHelp =
    "usage: landfall jcs [FILE]\n"
    "\n"
    "Writes the canonical form (RFC 8785) of the JSON text in FILE (default: standard input),\n"
    "exactly: no newline follows, except on a terminal. Up to 16 MiB, 64 levels.\n"
    "\n"
    "exit codes: 0 written, 1 not I-JSON (the place is on standard error), 2 wrong usage,\n"
    "            3 could not read\n"
    "example: echo '{\"b\":1e0,\"a\":2}' | landfall jcs\n";

ExitCode run(const Options& options) {
  Outcome<std::string> text = load_text(options.operand(0));
  if (!text.ok()) return report(kName, text.failure());
  JsonLimits limits;
  limits.bytes = kMaxDocumentBytes;
  Result<std::string> canonical = canonicalize(text.value(), limits);
  if (!canonical.ok()) {
    const std::string name = options.operands().empty() ? "standard input" : options.operand(0);
    return report(kName, failure_of(canonical.error(), name, kExitNo));
  }
  std::fwrite(canonical.value().data(), 1, canonical.value().size(), stdout);
  if (output_is_terminal()) std::fputc('\n', stdout);
  return kExitYes;
}

}  // namespace

const Command kJcsCommand = {
    kName, "write the canonical form of a JSON text", kHelp, {{}, 0, 1}, run,
};

}  // namespace landfall
