#include "server/cli/desk_key.h"

#include <algorithm>
#include <filesystem>
#include <utility>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/output_file.h"
#include "server/cli/trust.h"
#include "shared/submission/certificate.h"
#include "shared/submission/verdict.h"

namespace landfall {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kUsualDays = 400;
constexpr std::int64_t kMostDays = 3660;

std::string certificate_beside(const std::string& key_path) {
  return std::filesystem::path(key_path).replace_extension(".cert").string();
}

SigningKey signing_key(const KeyDocument& document) {
  return SigningKey{Secret<kEd25519SeedBytes>(document.secret.view())};
}

// True when a root key that speaks now certified `key` as a desk's, for now.
bool is_certified(const std::string& certificate, const std::string& audience,
                  const Ed25519PublicKey& key, const std::vector<AgencyRoot>& roots) {
  const std::string now = utc_text(now_milliseconds());
  return std::any_of(roots.begin(), roots.end(), [&](const AgencyRoot& root) {
    const Result<Certificate> verified = verify_certificate(certificate, root.key, audience);
    return verified.ok() && speaks_at(root, now) &&
           verified.value().role == CertificateRole::desk && verified.value().key == key &&
           is_valid_at(verified.value(), now);
  });
}

}  // namespace

Outcome<DeskCertificate> read_desk_certificate(const Options& options, bool development) {
  const std::string root_path = options.value("certified-by");
  Outcome<KeyDocument> root = load_key_document(root_path);
  if (!root.ok()) return root.failure();
  if (root.value().role != KeyRole::agency) {
    return Failure{kExitUsage, root_path + ": not an agency key"};
  }
  if (root.value().development != development) {
    return Failure{kExitUsage, root_path + ": development and production keys do not mix"};
  }
  Outcome<std::string> audience = origin_option(options, "aud", kDefaultLogOrigin);
  if (!audience.ok()) return audience.failure();
  Outcome<std::int64_t> days = number_option(options, "days", kUsualDays, kMostDays);
  if (!days.ok()) return days.failure();
  const std::string out = options.value("out");
  if (out.empty() || out == "-") return Failure{kExitUsage, "--certified-by needs --out"};
  DeskCertificate wanted{signing_key(root.value()), audience.value(), certificate_beside(out),
                         days.value()};
  if (wanted.path == out) return Failure{kExitUsage, out + ": this is where the certificate goes"};
  if (file_exists(wanted.path)) return Failure{kExitCouldNot, wanted.path + ": the file exists"};
  return wanted;
}

Outcome<Done> save_desk_certificate(const DeskCertificate& wanted, const KeyDocument& desk) {
  const std::int64_t now = now_milliseconds();
  // A day earlier: phones' clocks are not ours.
  Result<std::string> text = sign_certificate(
      {wanted.audience, CertificateRole::desk, signing_key(desk).public_key(),
       utc_text(now - kDayMs), utc_text(now + wanted.valid_days * kDayMs), desk.development},
      wanted.root);
  if (!text.ok()) return failure_of(text.error(), wanted.path);
  return save_file(wanted.path, bytes_of(text.value() + "\n"), Readers::everybody, Existing::kept);
}

Outcome<DeskKey> load_desk_key(const Options& options) {
  const std::string path = options.value("desk");
  Outcome<KeyDocument> document = load_key_document(path);
  if (!document.ok()) return document.failure();
  if (document.value().role != KeyRole::desk) {
    return Failure{kExitCouldNot, path + ": not a desk's key (landfall keygen desk)"};
  }
  const std::string certificate_path = certificate_beside(path);
  Outcome<std::string> text = load_text(certificate_path);
  if (!text.ok()) return text.failure();
  Outcome<TrustedRoots> roots = find_roots(options);
  if (!roots.ok()) return roots.failure();
  DeskKey desk{signing_key(document.value()), std::string(without_margins(text.value())), ""};
  desk.aud = claimed_audience(desk.certificate);
  Outcome<std::vector<AgencyRoot>> speaking = roots.value().speaking(desk.aud);
  if (!speaking.ok()) return speaking.failure();
  if (!is_certified(desk.certificate, desk.aud, desk.key.public_key(), speaking.value())) {
    return Failure{kExitCouldNot, certificate_path +
                                      ": not the agency's certificate of this key for a desk, or "
                                      "not valid now; no phone would believe its messages"};
  }
  return desk;
}

}  // namespace landfall
