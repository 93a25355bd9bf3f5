// landfall serve: runs the server.

#include "server/app/serve.h"

#include <array>

#include "server/cli/command.h"
#include "server/cli/serve_options.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "serve";

constexpr std::string_view kHelp =
    "usage: landfall serve [OPTION]...\n"
    "\n"
    "Runs the server until it gets SIGTERM or Ctrl-C; requests in hand are finished first. With\n"
    "no role, one process does everything on an embedded database.\n"
    "\n"
    "options:\n"
    "  --role ROLE       all (default), intake, desk, or static (only the portal's files)\n"
    "  --listen ADDR     HOST:PORT, [IPv6]:PORT or PORT (default: 127.0.0.1:8480; port 0: any)\n"
    "  --data DIR        database and sealed parts (default: data)\n"
    "  --web DIR         the built portal; without it only the API is served\n"
    "  --packages DIR    what `landfall package sign --out` wrote\n"
    "  --keys DIR        receipt.json, receipt.cert, root.pub; in development agency.json is\n"
    "                    enough for the last two\n"
    "  --origin ORIGIN   name of the receipt log (default: landfall.localhost/log)\n"
    "  --production      refuse development keys and the agency's secret key\n"
    "  --config FILE     a JSON object with the same: role, listen, data, web, packages, keys,\n"
    "                    origin, production; and limits: threads, most_threads, upload_bytes,\n"
    "                    connections_per_address, trusted_proxies, drain_seconds,\n"
    "                    pending_bytes_per_key, pending_uploads_per_key, unclaimed_seconds,\n"
    "                    empty_seconds, empty_uploads_per_key, empty_uploads_in_all.\n"
    "                    Options on the command line win\n"
    "\n"
    "Every request is logged to standard error as one line of JSON: time, method, route pattern,\n"
    "status, milliseconds, bytes; no addresses, no ids, no personal data.\n"
    "\n"
    "exit codes: 0 stopped, 2 wrong usage, 3 could not start\n"
    "example: landfall serve --keys keys --packages published --web build/web/dist\n";

constexpr std::array kOptions = {
    OptionRule{"role", 0, Takes::one_value},     OptionRule{"listen", 0, Takes::one_value},
    OptionRule{"data", 0, Takes::one_value},     OptionRule{"web", 0, Takes::one_value},
    OptionRule{"packages", 0, Takes::one_value}, OptionRule{"keys", 0, Takes::one_value},
    OptionRule{"origin", 0, Takes::one_value},   OptionRule{"config", 0, Takes::one_value},
    OptionRule{"production", 0, Takes::nothing}};

ExitCode run(const Options& given) {
  Outcome<ServeOptions> options = serve_options(given);
  if (!options.ok()) return report(kName, options.failure());
  return run_server(options.value()) == ServeEnd::stopped ? kExitYes : kExitCouldNot;
}

}  // namespace

const Command kServeCommand = {kName, "run the server", kHelp, {kOptions, 0, 0}, run};

}  // namespace landfall
