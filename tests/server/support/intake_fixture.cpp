#include "tests/server/support/intake_fixture.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "server/intake/digest.h"
#include "shared/base/invariant.h"
#include "shared/submission/certificate.h"

namespace landfall {
namespace {

constexpr std::string_view kFormDigest =
    "1111111111111111111111111111111111111111111111111111111111111111";

Secret<32> secret_of(std::uint8_t number) {
  Secret<32> secret;
  for (std::uint8_t& byte : secret.fill()) byte = number;
  return secret;
}

Bytes seed_bytes() { return Bytes(32, 0x5e); }

}  // namespace

TestEntropy::TestEntropy() : entropy_(seed_bytes()) {}

void TestEntropy::fill(std::span<std::uint8_t> out) {
  const std::lock_guard lock(mutex_);
  entropy_.fill(out);
}

bool TestForms::is_published(std::string_view form_id, std::string_view version,
                             std::string_view digest) const {
  return form_id == "entry-permit" && version == "1" && digest == kFormDigest;
}

std::optional<std::int64_t> TestForms::fee_twd(std::string_view, std::string_view code) const {
  if (code.empty()) return 0;
  if (code == "single") return 600;
  return std::nullopt;
}

int TestForms::case_kind(std::string_view) const { return 55; }

std::shared_ptr<const PublishedFile> TestForms::index() const {
  return std::make_shared<const PublishedFile>(PublishedFile{"a.b.c", {}, {}, "index-digest"});
}

std::shared_ptr<const PublishedFile> TestForms::root_certificates() const {
  return std::make_shared<const PublishedFile>(PublishedFile{"d.e.f\n", {}, {}, "certs-digest"});
}

std::shared_ptr<const PublishedFile> TestForms::file(std::string_view digest) const {
  if (digest != kFormDigest) return nullptr;
  return std::make_shared<const PublishedFile>(
      PublishedFile{"{}", "brotli bytes", "gzip bytes", std::string(kFormDigest)});
}

TestKeys::TestKeys(Instant now, std::string_view origin) {
  keys_ = std::make_unique<ServerKeys>(ServerKeys{SigningKey(secret_of(1)).public_key(),
                                                  SigningKey(secret_of(2)),
                                                  certificate(now, origin), true});
}

std::string TestKeys::certificate(Instant now, std::string_view origin) {
  const SigningKey root(secret_of(1));
  const SigningKey receipt(secret_of(2));
  const Certificate certificate{std::string(origin),
                                CertificateRole::receipt,
                                receipt.public_key(),
                                format_instant({now.unix_seconds - 86400}),
                                format_instant({now.unix_seconds + 400 * 86400}),
                                true};
  Result<std::string> text = sign_certificate(certificate, root);
  require(text.ok(), "a test certificate can be signed");
  return std::move(text).value();
}

TestApplicant::TestApplicant(std::uint8_t number)
    : keys_(derive_applicant_keys(secret_of(static_cast<std::uint8_t>(100 + number)))) {}

std::string submission_id_of(int number) {
  return fmt::format("019aa000-0000-7000-8000-{:012x}", number);
}

std::string TestApplicant::manifest(int number, const std::vector<std::string>& parts,
                                    const std::function<void(Manifest&)>& change) const {
  Manifest manifest;
  manifest.aud = std::string(kTestOrigin);
  manifest.submission_id = submission_id_of(number);
  manifest.form = {"entry-permit", "1", std::string(kFormDigest)};
  manifest.engine = "landfall/0.1.0";
  manifest.as_of = "2026-11-21";
  manifest.time_zone = "Asia/Taipei";
  manifest.sealed_at = "2026-11-21T08:59:00Z";
  manifest.age_recipient = format_x25519_recipient(keys_.age.recipient());
  manifest.answers_commitment = std::string(64, '2');
  manifest.fee_code = "single";
  for (const std::string& part : parts) {
    const PartRole role = manifest.parts.empty() ? PartRole::answers : PartRole::attachment;
    manifest.parts.push_back({role, sha256_hex_of(bytes_of(part)), part.size()});
  }
  change(manifest);
  Result<std::string> text = sign_manifest(manifest, keys_.sign);
  require(text.ok(), "a test manifest can be signed");
  return std::move(text).value();
}

IntakeFixture::IntakeFixture(const PartLimits& part_limits, const VaultLimits& limits_of_vaults)
    : limits(part_limits), vault_limits(limits_of_vaults) {
  reopen();
}

void IntakeFixture::reopen_as(const std::string& origin, const std::vector<std::string>& former) {
  close();
  names = LogNames(origin, former);
  keys = TestKeys(clock.now(), origin);
  reopen();
}

void IntakeFixture::close() {
  api.reset();
  services.reset();
  vaults.reset();
  submissions.reset();
  parts.reset();
  sequencer.reset();
  vault_folder.reset();
  part_folder.reset();
  store.reset();
}

void IntakeFixture::reopen() {
  close();
  Result<std::unique_ptr<PartFolder>> folders = PartFolder::open(folder.path() + "/data");
  require(folders.ok(), "a test folder can be opened");
  part_folder = std::move(folders).value();
  Result<std::unique_ptr<VaultFolder>> vault_folders = VaultFolder::open(folder.path() + "/data");
  require(vault_folders.ok(), "a test folder of vaults can be opened");
  vault_folder = std::move(vault_folders).value();
  Result<std::unique_ptr<SqliteStore>> database =
      SqliteStore::open(folder.path() + "/data/landfall.db");
  require(database.ok(), "a test database can be opened");
  store = std::move(database).value();
  signer = std::make_unique<KeyedReceiptSigner>(keys.keys(), names.origin());
  sequencer = std::make_unique<Sequencer>(*store, *signer, clock, entropy);
  require(sequencer->open_log().ok(), "a test log can be opened");
  parts = std::make_unique<ReceiveParts>(*store, *part_folder, *sequencer, clock, entropy, limits);
  submissions = std::make_unique<AcceptSubmission>(names, forms, *sequencer, *parts);
  vaults = std::make_unique<KeepVaults>(names, *store, *vault_folder, *sequencer, clock, entropy,
                                        vault_limits);
  require(vaults->remove_orphans().ok(), "a test folder of vaults can be tidied");
  services = std::make_unique<IntakeServices>(
      IntakeServices{*submissions, *parts, *store, forms, *vaults, limits.upload_bytes});
  site = std::make_unique<StaticSite>(std::map<std::string, Asset, std::less<>>());
  api = std::make_unique<Api>(services.get(), *site, clock);
}

}  // namespace landfall
