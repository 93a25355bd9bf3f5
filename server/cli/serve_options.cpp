#include "server/cli/serve_options.h"

#include <array>
#include <string>
#include <string_view>
#include <variant>

#include "server/cli/option_values.h"

namespace landfall {
namespace {

struct FolderOption {
  std::string_view name;
  std::string ServeOptions::* member;
};
constexpr std::array<FolderOption, 5> kTexts = {{{"data", &ServeOptions::data_folder},
                                                 {"web", &ServeOptions::web_folder},
                                                 {"packages", &ServeOptions::packages_folder},
                                                 {"keys", &ServeOptions::keys_folder},
                                                 {"origin", &ServeOptions::origin}}};

}  // namespace

Outcome<ServeOptions> serve_options(const Options& given) {
  ServeOptions options;
  if (given.has("config")) {
    const auto loaded = load_config(options, given.value("config"));
    if (const auto* problem = std::get_if<ConfigProblem>(&loaded)) {
      return Failure{kExitUsage, problem->message};
    }
  }
  if (given.has("role")) {
    const auto role = parse_server_role(given.value("role"));
    if (const auto* problem = std::get_if<ConfigProblem>(&role)) {
      return Failure{kExitUsage, problem->message};
    }
    options.role = std::get<ServerRole>(role);
  }
  if (given.has("listen")) {
    const auto set = set_listen_address(options, given.value("listen"));
    if (const auto* problem = std::get_if<ConfigProblem>(&set)) {
      return Failure{kExitUsage, problem->message};
    }
  }
  for (const FolderOption& text : kTexts) {
    if (given.has(text.name)) options.*text.member = given.value(text.name);
  }
  Outcome<std::string> origin = origin_option(given, "origin", options.origin);
  if (!origin.ok()) return origin.failure();
  if (given.has("production")) options.is_production = true;
  const bool needs_keys = options.role != ServerRole::static_files;
  if (needs_keys && options.keys_folder.empty()) return Failure{kExitUsage, "--keys is needed"};
  return options;
}

}  // namespace landfall
