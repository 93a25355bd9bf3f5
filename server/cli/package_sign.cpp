// landfall package sign: publishes form packages and signs the index that vouches for them.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "server/cli/command.h"
#include "server/cli/compression.h"
#include "server/cli/files.h"
#include "server/cli/key_folder.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/output_file.h"
#include "server/cli/package_folder.h"
#include "shared/codec/base64url.h"
#include "shared/sealing/primitives.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/certificate.h"
#include "shared/submission/index.h"
#include "shared/submission/package_signature.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "package sign";

constexpr std::string_view kHelp =
    "usage: landfall package sign PATH... --keys DIR --out DIR [--serial N] [--aud ORIGIN]\n"
    "                             [--days N] [--revoke KID]... [--certificate FILE]\n"
    "                             [--texts DIR]\n"
    "\n"
    "Publishes the form packages in the folders PATH: writes each package and each of its texts "
    "to\n"
    "--out as <SHA-256>.json, with .br and .gz beside it, and index.jws, the signed list of them\n"
    "with the sealing recipients and receipt keys. An index that is already there is continued:\n"
    "receipt keys and revocations stay in it, and keys keep the day they began on. One by an\n"
    "earlier root key is continued where agency.certs in --keys says so (`landfall keygen agency\n"
    "--certified-by`), and agency.certs is published beside it.\n"
    "\n"
    "options:\n"
    "  --keys DIR      holds agency.json, and receipt and case-office (perhaps helpdesk), each as\n"
    "                  .json or only its public half as .pub\n"
    "  --out DIR       where the server's --packages will find it\n"
    "  --serial N      number of the index (default: the time in seconds, above the last one)\n"
    "  --aud ORIGIN    origin of the receipt log (default: landfall.localhost/log)\n"
    "  --days N        how long the index counts as fresh (default: 90)\n"
    "  --revoke KID    declare a key invalid, of receipts, a desk or an earlier root; repeatable\n"
    "  --certificate FILE   also write the receipt key's certificate, which the server wants as\n"
    "                  receipt.cert in its --keys\n"
    "  --texts DIR     where the texts lie (default: the i18n folder above each PATH)\n"
    "\n"
    "exit codes: 0 signed, 2 wrong usage, 3 could not read or write, or a package has problems\n"
    "example: landfall package sign shared/packages/*/ --keys keys --out published\n";

constexpr std::array kOptions = {
    OptionRule{"keys", 0, Takes::one_value},        OptionRule{"out", 'o', Takes::one_value},
    OptionRule{"serial", 0, Takes::one_value},      OptionRule{"aud", 0, Takes::one_value},
    OptionRule{"days", 0, Takes::one_value},        OptionRule{"revoke", 0, Takes::many_values},
    OptionRule{"certificate", 0, Takes::one_value}, OptionRule{"texts", 0, Takes::one_value}};

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kIndexDays = 90;
constexpr std::int64_t kKeyDays = 400;
constexpr std::int64_t kMostDays = 36'500;

// The index in `text`, by today's root or by one that it took the place of.
Result<Index> earlier_index(std::string_view text, const AgencyKeys& keys,
                            std::string_view audience) {
  const std::vector<Ed25519PublicKey> own = {keys.root.public_key()};
  const Result<std::vector<AgencyRoot>> roots =
      agency_roots({own, std::nullopt, keys.root_certificates, audience, {}});
  if (!roots.ok()) return roots.error();
  Result<Index> first = verify_index(text, {own.front(), std::nullopt, 0});
  if (first.ok()) return first;
  for (const AgencyRoot& root : roots.value()) {
    Result<Index> index = verify_index(text, {root.key, audience, 0});
    if (index.ok() && speaks_at(root, index.value().issued)) return index;
  }
  return first;
}

// The index to continue; an empty one when there is none, or when it was made with other
// development keys, which come and go.
Outcome<Index> previous_index(const std::string& path, const AgencyKeys& keys,
                              std::string_view audience) {
  if (!file_exists(path)) return Index{};
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  Result<Index> index = earlier_index(trimmed(text.value()), keys, audience);
  if (index.ok()) return std::move(index).value();
  if (keys.development) return Index{};
  return failure_of(index.error(), path + " is not to be continued by this agency key");
}

// The moment this run signs at, and the ends of what it grants.
struct Validity {
  std::string issued;
  std::string index_expires;
  std::string keys_begin;  // a day earlier: phones' clocks are not ours
  std::string keys_end;
};

IndexRecipient recipient_entry(const std::string& recipient, const Validity& validity,
                               const std::vector<IndexRecipient>& before) {
  const auto known = std::find_if(before.begin(), before.end(), [&](const IndexRecipient& entry) {
    return entry.recipient == recipient;
  });
  return {recipient, known == before.end() ? validity.keys_begin : known->not_before,
          validity.keys_end};
}

// The receipt keys of old stay listed, so that what they signed can be verified.
std::vector<ReceiptKey> receipt_entries(const Ed25519PublicKey& key, const Validity& validity,
                                        std::vector<ReceiptKey> entries) {
  const auto known = std::find_if(entries.begin(), entries.end(),
                                  [&](const ReceiptKey& entry) { return entry.key == key; });
  if (known == entries.end()) {
    entries.push_back({key, validity.keys_begin, validity.keys_end});
  } else {
    known->not_after = validity.keys_end;
  }
  return entries;
}

Outcome<std::vector<std::string>> revoked_kids(const Options& options, const AgencyKeys& keys,
                                               std::vector<std::string> revoked) {
  for (const std::string& kid : options.values("revoke")) {
    const Result<Bytes> thumbprint = parse_base64url(kid);
    if (!thumbprint.ok() || thumbprint.value().size() != kSha256Bytes) {
      return Failure{kExitUsage, "--revoke wants a key id, not: " + kid};
    }
    if (kid == keys.root.kid()) {
      return Failure{kExitUsage,
                     "--revoke names the key that signs the index: only another root, "
                     "which takes its place, can revoke it"};
    }
    if (std::find(revoked.begin(), revoked.end(), kid) == revoked.end()) revoked.push_back(kid);
  }
  return revoked;
}

Outcome<Index> begin_index(const Options& options, const AgencyKeys& keys) {
  Outcome<std::string> audience = origin_option(options, "aud", kDefaultLogOrigin);
  if (!audience.ok()) return audience.failure();
  Outcome<Index> before =
      previous_index(options.value("out") + "/index.jws", keys, audience.value());
  if (!before.ok()) return before;
  const std::int64_t now = now_milliseconds();
  Outcome<std::int64_t> days = number_option(options, "days", kIndexDays, kMostDays);
  if (!days.ok()) return days.failure();
  const std::int64_t next = static_cast<std::int64_t>(before.value().serial) + 1;
  Outcome<std::int64_t> serial =
      number_option(options, "serial", std::max(next, now / 1000), kMaxExactInteger);
  if (!serial.ok()) return serial.failure();
  if (serial.value() < next) {
    return Failure{kExitUsage, fmt::format("--serial must be at least {}", next)};
  }
  const Validity validity{utc_text(now), utc_text(now + days.value() * kDayMs),
                          utc_text(now - kDayMs), utc_text(now + kKeyDays * kDayMs)};
  Index index;
  index.aud = audience.value();
  index.serial = static_cast<std::uint64_t>(serial.value());
  index.issued = validity.issued;
  index.expires = validity.index_expires;
  index.development = keys.development;
  index.case_office = {recipient_entry(keys.case_office, validity, before.value().case_office)};
  if (keys.helpdesk) {
    index.helpdesk = {recipient_entry(*keys.helpdesk, validity, before.value().helpdesk)};
  }
  index.receipt_keys = receipt_entries(keys.receipt, validity, before.value().receipt_keys);
  Outcome<std::vector<std::string>> revoked = revoked_kids(options, keys, before.value().revoked);
  if (!revoked.ok()) return revoked.failure();
  index.revoked = revoked.value();
  return index;
}

Outcome<Done> save_certificate(const std::string& path, const AgencyKeys& keys,
                               const Index& index) {
  const ReceiptKey& entry =
      *std::find_if(index.receipt_keys.begin(), index.receipt_keys.end(),
                    [&](const ReceiptKey& candidate) { return candidate.key == keys.receipt; });
  Result<std::string> text =
      sign_certificate({index.aud, CertificateRole::receipt, entry.key, entry.not_before,
                        entry.not_after, index.development},
                       keys.root);
  if (!text.ok()) return failure_of(text.error(), path);
  return save_file(path, bytes_of(text.value()), Readers::everybody, Existing::replaced);
}

// Writes the file and its compressed siblings, which the server hands to whoever takes them.
Outcome<Done> save_published(const std::string& folder, const std::string& digest,
                             const std::string& content) {
  const std::string path = folder + "/" + digest + ".json";
  const ByteView bytes = bytes_of(content);
  const std::array<std::pair<const char*, Bytes>, 2> siblings = {
      {{".br", brotli_of(bytes)}, {".gz", gzip_of(bytes)}}};
  for (const auto& [ending, compressed] : siblings) {
    if (compressed.empty()) return Failure{kExitCouldNot, path + ": not enough memory"};
    Outcome<Done> saved =
        save_file(path + ending, compressed, Readers::everybody, Existing::replaced);
    if (!saved.ok()) return saved;
  }
  return save_file(path, bytes, Readers::everybody, Existing::replaced);
}

Outcome<IndexPackage> publish(const Options& options, const std::string& path,
                              const AgencyKeys& keys, const Index& index) {
  Outcome<std::string> texts_folder = texts_option(options);
  if (!texts_folder.ok()) return texts_folder.failure();
  Outcome<PackageSources> sources = load_package_sources(path, texts_folder.value());
  if (!sources.ok()) return sources.failure();
  Result<PublishedPackage> published = publish_package(sources.value(), sha256_hex);
  if (!published.ok()) {
    Failure failure = failure_of(published.error(), path);
    failure.message += " (landfall package lint says where)";
    return failure;
  }
  const PublishedPackage& package = published.value();
  const std::string folder = options.value("out");
  for (const TextBundle& texts : package.texts) {
    Outcome<Done> saved = save_published(folder, texts.digest, texts.bytes);
    if (!saved.ok()) return saved.failure();
  }
  Outcome<Done> saved = save_published(folder, package.digest, package.bytes);
  if (!saved.ok()) return saved.failure();
  Result<std::string> signature = sign_package(
      {index.aud, package.form_id, package.version, package.digest, index.development}, keys.root);
  if (!signature.ok()) return failure_of(signature.error(), path);
  return IndexPackage{package.form_id, package.version, package.digest, package.bytes.size(),
                      signature.value()};
}

Outcome<Done> save_root_certificates(const std::string& folder, const AgencyKeys& keys) {
  if (keys.root_certificates.empty()) return Done{};
  const std::string text = write_root_certificates(keys.root_certificates);
  return save_file(folder + "/" + std::string(kRootCertificatesName), bytes_of(text),
                   Readers::everybody, Existing::replaced);
}

Outcome<Done> sign_all(const Options& options, const AgencyKeys& keys) {
  Outcome<Done> folder = make_folder(options.value("out"));
  if (!folder.ok()) return folder;
  Outcome<Index> index = begin_index(options, keys);
  if (!index.ok()) return index.failure();
  for (const std::string& path : options.operands()) {
    Outcome<IndexPackage> package = publish(options, path, keys, index.value());
    if (!package.ok()) return package.failure();
    index.value().packages.push_back(package.value());
  }
  Result<std::string> text = sign_index(index.value(), keys.root);
  if (!text.ok()) return failure_of(text.error(), "index");
  // The certificates first: an index that nobody can believe yet is worse than they without it.
  Outcome<Done> saved = save_root_certificates(options.value("out"), keys);
  if (!saved.ok()) return saved;
  saved = save_file(options.value("out") + "/index.jws", bytes_of(text.value()), Readers::everybody,
                    Existing::replaced);
  if (!saved.ok()) return saved;
  if (options.has("certificate")) {
    saved = save_certificate(options.value("certificate"), keys, index.value());
    if (!saved.ok()) return saved;
  }
  for (const IndexPackage& package : index.value().packages) {
    std::printf("%s %s %s %llu\n", package.form_id.c_str(), package.version.c_str(),
                package.digest.c_str(), static_cast<unsigned long long>(package.size));
  }
  return Done{};
}

ExitCode run(const Options& options) {
  if (!options.has("keys") || !options.has("out")) {
    return report(kName, {kExitUsage, "--keys and --out are needed"});
  }
  Outcome<AgencyKeys> keys = load_agency_keys(options.value("keys"));
  if (!keys.ok()) return report(kName, keys.failure());
  Outcome<Done> done = sign_all(options, keys.value());
  return done.ok() ? kExitYes : report(kName, done.failure());
}

}  // namespace

const Command kPackageSignCommand = {
    kName, "publish form packages and sign their index", kHelp, {kOptions, 1, 1000}, run,
};

}  // namespace landfall
