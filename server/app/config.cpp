#include "server/app/config.h"

#include <array>
#include <charconv>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <utility>

#include "shared/codec/json.h"

namespace landfall {
namespace {

using Outcome = std::variant<std::monostate, ConfigProblem>;

std::optional<int> parse_port(std::string_view text) {
  int port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool is_number = error == std::errc() && end == text.data() + text.size();
  return is_number && port >= 0 && port <= 65535 ? std::optional(port) : std::nullopt;
}

struct TextMember {
  std::string_view name;
  std::string ServeOptions::* member;
};
constexpr std::array<TextMember, 5> kTexts = {{{"data", &ServeOptions::data_folder},
                                               {"web", &ServeOptions::web_folder},
                                               {"packages", &ServeOptions::packages_folder},
                                               {"keys", &ServeOptions::keys_folder},
                                               {"origin", &ServeOptions::origin}}};

// Sets the member called `name` when it is one of text; nullopt when it is none.
std::optional<Outcome> set_text(ServeOptions& options, std::string_view name, const Json& value) {
  const std::string text(text_value(value));
  const auto wrong = [&] { return ConfigProblem{std::string(name) + " must be text"}; };
  if (name == "role") {
    if (!value.is_string()) return wrong();
    std::variant<ServerRole, ConfigProblem> role = parse_server_role(text);
    if (auto* problem = std::get_if<ConfigProblem>(&role)) return std::move(*problem);
    options.role = std::get<ServerRole>(role);
    return Outcome();
  }
  if (name == "listen") {
    if (!value.is_string()) return wrong();
    return set_listen_address(options, text);
  }
  for (const TextMember& entry : kTexts) {
    if (entry.name != name) continue;
    if (!value.is_string()) return wrong();
    options.*entry.member = text;
    return Outcome();
  }
  return std::nullopt;
}

// As set_text, for numbers, all of them at least 1.
std::optional<Outcome> set_number(ServeOptions& options, std::string_view name, const Json& value) {
  const Result<std::int64_t> parsed = integer_value(value);
  const std::int64_t number = parsed.ok() ? parsed.value() : 0;
  const auto count = static_cast<std::uint64_t>(number);
  ServeOptions set = options;
  if (name == "threads") {
    set.threads = count;
  } else if (name == "most_threads") {
    set.most_threads = count;
  } else if (name == "connections_per_address") {
    set.connections_per_address = count;
  } else if (name == "drain_seconds") {
    set.drain_seconds = number;
  } else if (name == "upload_bytes") {
    set.part_limits.upload_bytes = count;
  } else if (name == "pending_bytes_per_key") {
    set.part_limits.pending_bytes_per_key = count;
  } else if (name == "pending_uploads_per_key") {
    set.part_limits.pending_uploads_per_key = count;
  } else if (name == "unclaimed_seconds") {
    set.part_limits.unclaimed_seconds = number;
  } else if (name == "empty_seconds") {
    set.part_limits.empty_seconds = number;
  } else if (name == "empty_uploads_per_key") {
    set.part_limits.empty_uploads_per_key = count;
  } else if (name == "empty_uploads_in_all") {
    set.part_limits.empty_uploads_in_all = count;
  } else if (name == "vault_bytes") {
    set.vault_limits.backup_bytes = count;
  } else if (name == "vault_retention_seconds") {
    set.vault_limits.retention_seconds = number;
  } else if (name == "new_vaults_per_address_and_day") {
    set.vault_limits.new_per_peer_and_day = count;
  } else {
    return std::nullopt;
  }
  if (number < 1) return ConfigProblem{std::string(name) + " must be a whole number from 1"};
  options = std::move(set);
  return Outcome();
}

Outcome set_trusted_proxies(ServeOptions& options, const Json& value) {
  std::vector<std::string> addresses;
  bool is_list = value.is_array();
  if (is_list) {
    for (const Json& address : value) {
      is_list = is_list && address.is_string();
      addresses.emplace_back(text_value(address));
    }
  }
  if (!is_list) return ConfigProblem{"trusted_proxies must be a list of addresses"};
  options.trusted_proxies = std::move(addresses);
  return Outcome();
}

Outcome set_member(ServeOptions& options, const std::string& name, const Json& value) {
  if (std::optional<Outcome> done = set_text(options, name, value)) return *std::move(done);
  if (std::optional<Outcome> done = set_number(options, name, value)) return *std::move(done);
  if (name == "trusted_proxies") return set_trusted_proxies(options, value);
  if (name != "production") return ConfigProblem{"unknown member " + name};
  if (!value.is_boolean()) return ConfigProblem{"production must be true or false"};
  options.is_production = value == Json(true);
  return Outcome();
}

}  // namespace

std::variant<ServerRole, ConfigProblem> parse_server_role(std::string_view text) {
  if (text == "all") return ServerRole::all;
  if (text == "intake") return ServerRole::intake;
  if (text == "desk") return ServerRole::desk;
  if (text == "static") return ServerRole::static_files;
  return ConfigProblem{"role must be all, intake, desk or static, not " + std::string(text)};
}

std::variant<std::monostate, ConfigProblem> set_listen_address(ServeOptions& options,
                                                               std::string_view text) {
  const std::size_t colon = text.rfind(':');
  std::string_view host = colon == std::string_view::npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string_view port_text =
      colon == std::string_view::npos ? text : text.substr(colon + 1);
  if (host.size() > 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  const std::optional<int> port = parse_port(port_text);
  if (!port || host.empty()) {
    return ConfigProblem{"listen must be ADDRESS:PORT, not " + std::string(text)};
  }
  options.host = std::string(host);
  options.port = *port;
  return {};
}

std::variant<std::monostate, ConfigProblem> load_config(ServeOptions& options,
                                                        const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return ConfigProblem{path + " cannot be read"};
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  const Result<Json> config = parse_json(text);
  if (!config.ok() || !config.value().is_object()) {
    return ConfigProblem{path + " is not a JSON object"};
  }
  for (const auto& [name, value] : config.value().items()) {
    Outcome set = set_member(options, name, value);
    if (auto* problem = std::get_if<ConfigProblem>(&set)) {
      return ConfigProblem{path + ": " + problem->message};
    }
  }
  return {};
}

}  // namespace landfall
