// Intake on a real database and folder, with a clock and keys that the test holds in its hand.

#ifndef LANDFALL_TESTS_SERVER_SUPPORT_INTAKE_FIXTURE_H_
#define LANDFALL_TESTS_SERVER_SUPPORT_INTAKE_FIXTURE_H_

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/server_keys.h"
#include "server/http/api.h"
#include "server/intake/accept_submission.h"
#include "server/intake/form_catalog.h"
#include "server/intake/keep_vaults.h"
#include "server/intake/log_names.h"
#include "server/intake/published_files.h"
#include "server/intake/receive_parts.h"
#include "server/intake/sequencer.h"
#include "server/store/part_folder.h"
#include "server/store/sqlite_store.h"
#include "server/store/vault_folder.h"
#include "shared/sealing/keys.h"
#include "shared/sealing/seeded_entropy.h"
#include "shared/submission/manifest.h"
#include "tests/server/support/temporary_folder.h"

namespace landfall {

inline constexpr std::string_view kTestOrigin = "landfall.localhost/log";

class TestClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override { return now_; }
  void advance(std::int64_t seconds) { now_.unix_seconds += seconds; }

 private:
  Instant now_{1795251600};  // 2026-11-21T09:00:00Z
};

// Entropy of one seed for several threads.
class TestEntropy final : public Entropy {
 public:
  TestEntropy();
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::mutex mutex_;
  SeededEntropy entropy_;
};

// One form, two fees.
class TestForms final : public FormCatalog, public PublishedFiles {
 public:
  [[nodiscard]] bool is_published(std::string_view form_id, std::string_view version,
                                  std::string_view digest) const override;
  [[nodiscard]] std::optional<std::int64_t> fee_twd(std::string_view digest,
                                                    std::string_view fee_code) const override;
  [[nodiscard]] int case_kind(std::string_view form_id) const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> index() const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> root_certificates() const override;
  [[nodiscard]] std::shared_ptr<const PublishedFile> file(std::string_view digest) const override;
};

// A receipt signer with keys made from fixed seeds.
class TestKeys {
 public:
  explicit TestKeys(Instant now, std::string_view origin = kTestOrigin);

  [[nodiscard]] const ServerKeys& keys() const { return *keys_; }

  // The receipt key's certificate for the log `origin`.
  [[nodiscard]] static std::string certificate(Instant now, std::string_view origin);

 private:
  std::unique_ptr<ServerKeys> keys_;
};

// An applicant with a key of `number`.
class TestApplicant {
 public:
  explicit TestApplicant(std::uint8_t number);

  [[nodiscard]] const std::string& kid() const { return keys_.sign.kid(); }
  [[nodiscard]] const SigningKey& signing_key() const { return keys_.sign; }

  // A manifest of `parts` under the submission id of `number`, changed by `change`.
  [[nodiscard]] std::string manifest(
      int number, const std::vector<std::string>& parts,
      const std::function<void(Manifest&)>& change = [](Manifest&) {}) const;

 private:
  ApplicantKeys keys_;
};

// The submission id that manifest() gives `number`.
[[nodiscard]] std::string submission_id_of(int number);

// Everything of one server but its socket. reopen() is what a restart does, close() a stop;
// reopen_as() starts it with another name for its log.
class IntakeFixture {
 public:
  explicit IntakeFixture(const PartLimits& limits = {}, const VaultLimits& vault_limits = {});

  void reopen();
  void close();
  void reopen_as(const std::string& origin, const std::vector<std::string>& former);

  LogNames names{std::string(kTestOrigin)};
  TemporaryFolder folder;
  TestClock clock;
  TestEntropy entropy;
  TestForms forms;
  TestKeys keys{clock.now()};
  PartLimits limits;
  VaultLimits vault_limits;
  std::unique_ptr<KeyedReceiptSigner> signer;
  std::unique_ptr<SqliteStore> store;
  std::unique_ptr<PartFolder> part_folder;
  std::unique_ptr<VaultFolder> vault_folder;
  std::unique_ptr<Sequencer> sequencer;
  std::unique_ptr<ReceiveParts> parts;
  std::unique_ptr<AcceptSubmission> submissions;
  std::unique_ptr<KeepVaults> vaults;
  std::unique_ptr<IntakeServices> services;
  std::unique_ptr<StaticSite> site;
  std::unique_ptr<Api> api;
};

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_SUPPORT_INTAKE_FIXTURE_H_
