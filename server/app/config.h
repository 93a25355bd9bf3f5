// What a server is told to do: options of `landfall serve`, and the same in a file.

#ifndef LANDFALL_SERVER_APP_CONFIG_H_
#define LANDFALL_SERVER_APP_CONFIG_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/intake/keep_vaults.h"
#include "server/intake/receive_parts.h"

namespace landfall {

// Which parts of Landfall a process runs. Case office routes come with the desk.
enum class ServerRole { all, intake, desk, static_files };

// Every option with its default; folders are empty when they were not named.
struct ServeOptions {
  ServerRole role = ServerRole::all;
  std::string host = "127.0.0.1";
  int port = 8480;
  std::string data_folder = "data";
  std::string web_folder;
  std::string packages_folder;
  std::string keys_folder;
  std::string origin = "landfall.localhost/log";
  bool is_production = false;
  std::size_t threads = 64;
  std::size_t most_threads = 256;
  std::size_t connections_per_address = 64;
  // Not bound by that: proxies in front and this machine.
  std::vector<std::string> trusted_proxies = {"127.0.0.1", "::1"};
  std::int64_t drain_seconds = 10;
  PartLimits part_limits;
  VaultLimits vault_limits;
};

// Why an option or a file cannot be used, for the operator.
struct ConfigProblem {
  std::string message;
};

// The names, as --role and the file write them: all, intake, desk, static.
[[nodiscard]] std::variant<ServerRole, ConfigProblem> parse_server_role(std::string_view text);

// Sets host and port from "ADDRESS:PORT", "[IPv6]:PORT" or "PORT" (at 127.0.0.1); port 0 takes any.
[[nodiscard]] std::variant<std::monostate, ConfigProblem> set_listen_address(ServeOptions& options,
                                                                             std::string_view text);

// Sets what the file at `path` says: one JSON object with the members below, all optional, no
// others. Paths are relative to the folder the server is started in.
//
//   role, listen, data, web, packages, keys, origin      text, as the options
//   production                                           true or false
//   threads, most_threads                                requests served at once; more wait
//   connections_per_address                              of one IPv4 address or IPv6 /64
//   trusted_proxies                                      list of addresses it does not bind
//   drain_seconds                                        for requests in hand when it stops
//   upload_bytes                                         largest part
//   pending_bytes_per_key, pending_uploads_per_key,
//   unclaimed_seconds                                    bounds on parts no submission has claimed
//   empty_seconds, empty_uploads_per_key,
//   empty_uploads_in_all                                 the same for uploads without a byte
//   vault_bytes                                          largest backup of a vault
//   vault_retention_seconds                              after it was last put or got
//   new_vaults_per_address_and_day
[[nodiscard]] std::variant<std::monostate, ConfigProblem> load_config(ServeOptions& options,
                                                                      const std::string& path);

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_CONFIG_H_
