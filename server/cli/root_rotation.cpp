#include "server/cli/root_rotation.h"

#include <filesystem>
#include <utility>

#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/output_file.h"
#include "shared/sealing/keys.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/certificate.h"

namespace landfall {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kSuccessorDays = 7300;
constexpr std::int64_t kOverlapDays = 90;
constexpr std::int64_t kMostDays = 36'500;
// A root was one before anything was signed by it; nobody knows since when.
constexpr std::string_view kEver = "1970-01-01T00:00:00Z";

SigningKey root_of(const KeyDocument& document) {
  return SigningKey{Secret<kEd25519SeedBytes>(document.secret.view())};
}

// Where the certificates go; "" for nowhere.
std::string certificates_path(const Options& options) {
  if (options.has("certificates")) return options.value("certificates");
  const std::string out = options.value("out");
  return out.empty() || out == "-" ? "" : root_certificates_beside(out);
}

}  // namespace

std::string root_certificates_beside(const std::string& path) {
  return (std::filesystem::path(path).parent_path() / kRootCertificatesName).string();
}

Outcome<std::vector<std::string>> load_root_certificates(const std::string& path) {
  if (!file_exists(path)) return std::vector<std::string>{};
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  Result<std::vector<std::string>> lines = parse_root_certificates(text.value());
  if (!lines.ok()) return failure_of(lines.error(), path);
  return std::move(lines).value();
}

Outcome<RootHandover> read_handover(const Options& options, bool development) {
  RootHandover handover;
  const std::string old_path = options.value("certified-by");
  Outcome<KeyDocument> old_root = load_key_document(old_path);
  if (!old_root.ok()) return old_root.failure();
  handover.old_root = std::move(old_root.value());
  if (handover.old_root.role != KeyRole::agency) {
    return Failure{kExitUsage, old_path + ": not an agency key"};
  }
  if (handover.old_root.development != development) {
    return Failure{kExitUsage, old_path + ": development and production keys do not mix"};
  }
  Outcome<std::string> audience = origin_option(options, "aud", kDefaultLogOrigin);
  if (!audience.ok()) return audience.failure();
  handover.audience = audience.value();
  Outcome<std::int64_t> days = number_option(options, "days", kSuccessorDays, kMostDays);
  if (!days.ok()) return days.failure();
  handover.valid_days = days.value();
  Outcome<std::int64_t> overlap = number_option(options, "overlap", kOverlapDays, kMostDays);
  if (!overlap.ok()) return overlap.failure();
  handover.overlap_days = overlap.value();
  handover.path = certificates_path(options);
  if (handover.path.empty()) {
    return Failure{kExitUsage, "--certified-by needs --out or --certificates"};
  }
  const std::string earlier_path = root_certificates_beside(old_path);
  Outcome<std::vector<std::string>> earlier = load_root_certificates(earlier_path);
  if (!earlier.ok()) return earlier.failure();
  handover.earlier = std::move(earlier.value());
  std::error_code ignored;
  handover.replaces = file_exists(handover.path) &&
                      std::filesystem::equivalent(handover.path, earlier_path, ignored);
  if (file_exists(handover.path) && !handover.replaces) {
    return Failure{kExitCouldNot, handover.path + ": the file exists"};
  }
  return handover;
}

Outcome<Done> save_handover(const RootHandover& handover, const KeyDocument& fresh) {
  const SigningKey old_root = root_of(handover.old_root);
  const SigningKey new_root = root_of(fresh);
  const std::int64_t now = now_milliseconds();
  // A day earlier: phones' and servers' clocks are not ours.
  const Certificate successor{handover.audience,
                              CertificateRole::agency,
                              new_root.public_key(),
                              utc_text(now - kDayMs),
                              utc_text(now + handover.valid_days * kDayMs),
                              fresh.development};
  const Certificate former{handover.audience,
                           CertificateRole::former,
                           old_root.public_key(),
                           std::string(kEver),
                           utc_text(now + handover.overlap_days * kDayMs),
                           fresh.development};
  std::vector<std::string> certificates = handover.earlier;
  for (const auto& [certificate, signer] :
       {std::pair(&successor, &old_root), std::pair(&former, &new_root)}) {
    Result<std::string> text = sign_certificate(*certificate, *signer);
    if (!text.ok()) return failure_of(text.error(), handover.path);
    certificates.push_back(std::move(text).value());
  }
  const std::string text = write_root_certificates(certificates);
  if (!parse_root_certificates(text).ok()) {
    return Failure{kExitCouldNot, handover.path + ": too many certificates"};
  }
  return save_file(handover.path, bytes_of(text), Readers::everybody,
                   handover.replaces ? Existing::replaced : Existing::kept);
}

}  // namespace landfall
