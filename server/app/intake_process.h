// Everything intake needs in one process, put together from its options.

#ifndef LANDFALL_SERVER_APP_INTAKE_PROCESS_H_
#define LANDFALL_SERVER_APP_INTAKE_PROCESS_H_

#include <memory>
#include <string>
#include <variant>

#include "server/app/config.h"
#include "server/app/server_keys.h"
#include "server/app/system_clock.h"
#include "server/app/system_entropy.h"
#include "server/http/api.h"
#include "server/intake/accept_submission.h"
#include "server/intake/keep_vaults.h"
#include "server/intake/log_names.h"
#include "server/intake/receive_parts.h"
#include "server/intake/sequencer.h"
#include "server/store/file_descriptor.h"
#include "server/store/part_folder.h"
#include "server/store/published_folder.h"
#include "server/store/sqlite_store.h"
#include "server/store/vault_folder.h"

namespace landfall {

class IntakeProcess {
 public:
  // Opens storage, keys and packages. A missing index is not a problem, only not ready.
  static std::variant<std::unique_ptr<IntakeProcess>, ConfigProblem> open(
      const ServeOptions& options);

  [[nodiscard]] const IntakeServices& services() const { return services_; }

  // Takes over newly published packages and drops what expired.
  void maintain(bool with_clean_up);

  // Refuses further changes; those in hand are finished.
  void stop() { sequencer_.stop(); }

 private:
  IntakeProcess(const ServeOptions& options, const LogNames& names, FileDescriptor data_lock,
                ServerKeys keys, std::unique_ptr<SqliteStore> store,
                std::unique_ptr<PartFolder> part_folder, std::unique_ptr<VaultFolder> vault_folder);

  FileDescriptor data_lock_;  // first: given back when everything else is closed
  SystemClock clock_;
  SystemEntropy entropy_;
  ServerKeys keys_;
  KeyedReceiptSigner signer_;
  std::unique_ptr<SqliteStore> store_;
  std::unique_ptr<PartFolder> part_folder_;
  std::unique_ptr<VaultFolder> vault_folder_;
  PublishedFolder published_;
  Sequencer sequencer_;
  ReceiveParts parts_;
  AcceptSubmission submissions_;
  KeepVaults vaults_;
  IntakeServices services_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_INTAKE_PROCESS_H_
