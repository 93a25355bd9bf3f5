#include "server/app/intake_process.h"

#include <optional>
#include <utility>

#include "server/app/connections.h"
#include "server/app/request_log.h"
#include "server/app/server_roots.h"
#include "server/intake/check_log.h"
#include "server/store/data_lock.h"
#include "server/store/sqlite_log.h"

namespace landfall {
namespace {

ConfigProblem storage_problem(const ServeOptions& options, Error error) {
  return {"data folder " + options.data_folder + ": " + std::string(error_name(error.code))};
}

// A log that says something else than the receipts in people's hands must not grow.
std::optional<ConfigProblem> log_problem(const ServeOptions& options) {
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(options.data_folder);
  if (!log.ok()) return storage_problem(options, log.error());
  const Result<LogCheck> check = check_log(*log.value());
  if (!check.ok()) return storage_problem(options, check.error());
  const std::string where = "data folder " + options.data_folder + ": ";
  if (check.value().defect) {
    return ConfigProblem{
        where + "the receipt log does not match its database: " + describe(*check.value().defect) +
        "; put back the newest backup of the whole folder, and let its log go on under a new name: "
        "landfall log continue"};
  }
  if (check.value().checkpoint.origin != options.origin) {
    return ConfigProblem{where + "its receipt log is " + check.value().checkpoint.origin +
                         ", not " + options.origin +
                         "; after a restore from backup it gets a new name by landfall log "
                         "continue"};
  }
  return std::nullopt;
}

// What the log is called, and what it was called before. Who restores takes the links with the
// database, so they are held against the agency's key like everything that comes from outside.
std::variant<LogNames, ConfigProblem> log_names(const ServeOptions& options, const Store& store,
                                                const Ed25519PublicKey& root) {
  const Result<std::vector<std::string>> texts = store.log_links();
  if (!texts.ok()) return storage_problem(options, texts.error());
  const Result<std::vector<std::string>> names = stored_log_names(store, options.origin);
  if (!names.ok()) return storage_problem(options, names.error());
  const std::vector<std::string> folders = {options.packages_folder, options.keys_folder};
  const std::vector<AgencyRoot> roots = server_roots(root, folders, names.value());
  const Result<std::vector<LogLink>> links = verify_log_links(texts.value(), {roots, {}});
  if (!links.ok()) {
    return ConfigProblem{"data folder " + options.data_folder +
                         ": the links of its receipt log are not genuine: " +
                         std::string(error_name(links.error().code))};
  }
  std::vector<std::string> former;
  for (const LogLink& link : links.value()) {
    if (entries_continued(link.former, options.origin, links.value())) {
      former.push_back(link.former);
    }
  }
  return LogNames(options.origin, std::move(former));
}

VaultLimits vault_limits_of(const ServeOptions& options) {
  VaultLimits limits = options.vault_limits;
  for (const std::string& proxy : options.trusted_proxies) {
    limits.unbound_peers.push_back(peer_of_address(proxy));
  }
  return limits;
}

}  // namespace

IntakeProcess::IntakeProcess(const ServeOptions& options, const LogNames& names,
                             FileDescriptor data_lock, ServerKeys keys,
                             std::unique_ptr<SqliteStore> store,
                             std::unique_ptr<PartFolder> part_folder,
                             std::unique_ptr<VaultFolder> vault_folder)
    : data_lock_(std::move(data_lock)),
      keys_(std::move(keys)),
      signer_(keys_, options.origin),
      store_(std::move(store)),
      part_folder_(std::move(part_folder)),
      vault_folder_(std::move(vault_folder)),
      published_(options.packages_folder, keys_.root, options.origin, clock_),
      sequencer_(*store_, signer_, clock_, entropy_),
      parts_(*store_, *part_folder_, sequencer_, clock_, entropy_, options.part_limits),
      submissions_(names, published_, sequencer_, parts_),
      vaults_(names, *store_, *vault_folder_, sequencer_, clock_, entropy_,
              vault_limits_of(options)),
      services_{submissions_, parts_,  *store_,
                published_,   vaults_, options.part_limits.upload_bytes} {}

std::variant<std::unique_ptr<IntakeProcess>, ConfigProblem> IntakeProcess::open(
    const ServeOptions& options) {
  std::variant<ServerKeys, KeysUnusable> keys =
      load_server_keys({options.keys_folder, options.origin, options.is_production}, SystemClock());
  if (auto* problem = std::get_if<KeysUnusable>(&keys)) {
    return ConfigProblem{std::move(problem->message)};
  }
  Result<std::optional<FileDescriptor>> lock = lock_data_folder(options.data_folder);
  if (!lock.ok()) return storage_problem(options, lock.error());
  if (!lock.value()) {
    return ConfigProblem{"data folder " + options.data_folder +
                         ": another landfall serve is running on it"};
  }
  // The folders first: the database lies in one of them.
  Result<std::unique_ptr<PartFolder>> part_folder = PartFolder::open(options.data_folder);
  if (!part_folder.ok()) return storage_problem(options, part_folder.error());
  Result<std::unique_ptr<VaultFolder>> vault_folder = VaultFolder::open(options.data_folder);
  if (!vault_folder.ok()) return storage_problem(options, vault_folder.error());
  Result<std::unique_ptr<SqliteStore>> store =
      SqliteStore::open(options.data_folder + "/landfall.db");
  if (!store.ok()) return storage_problem(options, store.error());
  const std::variant<LogNames, ConfigProblem> names =
      log_names(options, *store.value(), std::get<ServerKeys>(keys).root);
  if (const auto* problem = std::get_if<ConfigProblem>(&names)) return *problem;
  std::unique_ptr<IntakeProcess> process(
      new IntakeProcess(options, std::get<LogNames>(names), *std::move(lock).value(),
                        std::get<ServerKeys>(std::move(keys)), std::move(store).value(),
                        std::move(part_folder).value(), std::move(vault_folder).value()));
  const Result<Done> opened = process->sequencer_.open_log();
  if (!opened.ok()) return storage_problem(options, opened.error());
  if (std::optional<ConfigProblem> problem = log_problem(options)) return *std::move(problem);
  const Result<Done> tidied = process->vaults_.remove_orphans();
  if (!tidied.ok()) return storage_problem(options, tidied.error());
  const Result<Done> published = process->published_.refresh();
  if (!published.ok() && published.error().code != ErrorCode::not_found) {
    return ConfigProblem{"packages folder " + options.packages_folder + ": " +
                         std::string(error_name(published.error().code))};
  }
  if (process->published_.revokes(process->keys_.receipt.kid())) {
    return ConfigProblem{"packages folder " + options.packages_folder +
                         ": its index revokes the receipt key in " + options.keys_folder +
                         ", so no phone would believe its receipts; make a new one with landfall "
                         "keygen receipt, and sign the packages again"};
  }
  return process;
}

void IntakeProcess::maintain(bool with_clean_up) {
  const Result<Done> published = published_.refresh();
  if (!published.ok() && published.error().code != ErrorCode::not_found) {
    write_log_line(R"({"event":"packages_refused","code":")" +
                   std::string(error_name(published.error().code)) + "\"}\n");
  }
  if (!signer_.is_withdrawn() && published_.revokes(keys_.receipt.kid())) {
    signer_.withdraw();
    write_log_line("{\"event\":\"receipt_key_revoked\"}\n");
  }
  if (!with_clean_up) return;
  Result<Done> cleaned = parts_.clean_up();
  const Result<Done> vaults_cleaned = vaults_.clean_up();
  if (cleaned.ok()) cleaned = vaults_cleaned;
  if (!cleaned.ok()) {
    write_log_line(R"({"event":"clean_up_failed","code":")" +
                   std::string(error_name(cleaned.error().code)) + "\"}\n");
  }
}

}  // namespace landfall
