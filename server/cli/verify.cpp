// landfall verify: says whether a receipt, index, package, bundle or checkpoint is genuine.

#include <array>
#include <cstdio>
#include <filesystem>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/package_folder.h"
#include "server/cli/receipt_keys.h"
#include "server/cli/terminal.h"
#include "server/cli/trust.h"
#include "server/cli/verification.h"
#include "server/cli/verify_build.h"
#include "shared/codec/canonical_json.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "verify";

constexpr std::string_view kHelp =
    "usage: landfall verify FILE|URL|DIR [--trust KEY] [--manifest FILE] [--index FILE]\n"
    "                       [--signature FILE] [--aud ORIGIN] [--json]\n"
    "\n"
    "Says whether FILE (- is standard input) is genuine: a receipt, a signed index, a "
    "certificate,\n"
    "a published package, a submission or its bundle, a checkpoint of the receipt log. Nobody is\n"
    "asked: everything is decided from the file and the agency's root key.\n"
    "\n"
    "A folder, or an address without a file (https://apply.example/), is a built portal: every "
    "file\n"
    "of its signed list, build.jws, is compared, and what differs, is missing or is not listed is\n"
    "named.\n"
    "\n"
    "options:\n"
    "  --trust KEY        the root key, or a file that holds it (default: the one in this build,\n"
    "                     then $LANDFALL_TRUST, then build/dev-keys/root.pub)\n"
    "  --manifest FILE    the receipt must be for this submission\n"
    "  --index FILE       the signed index: needed for short receipts and checkpoints, and for\n"
    "                     knowing which keys were revoked: nothing that such a key signed counts,\n"
    "                     while a key whose time is over still proves what it signed within it\n"
    "  --signature FILE   a package's signature (default: FILE.jws, or the index.jws beside it)\n"
    "  --aud ORIGIN       it must be meant for this log\n"
    "  --json             print {genuine, kind, ...} instead of a sentence\n"
    "\n"
    "exit codes: 0 genuine, 1 not genuine, 2 wrong usage, 3 could not read\n"
    "example: landfall verify receipt.jws --manifest manifest.jws\n";

constexpr std::array kOptions = {
    OptionRule{"trust", 0, Takes::one_value}, OptionRule{"manifest", 0, Takes::one_value},
    OptionRule{"index", 0, Takes::one_value}, OptionRule{"signature", 0, Takes::one_value},
    OptionRule{"aud", 0, Takes::one_value},   OptionRule{"json", 0, Takes::nothing}};

constexpr std::size_t kMaxBundleBytes = std::size_t{512} << 20;

Outcome<Done> load_expectations(const Options& options, VerificationTrust& trust) {
  if (options.has("aud")) {
    Outcome<std::string> audience = origin_option(options, "aud", "");
    if (!audience.ok()) return audience.failure();
    trust.audience = audience.value();
  }
  if (options.has("manifest")) {
    Outcome<std::string> manifest = load_text(options.value("manifest"));
    if (!manifest.ok()) return manifest.failure();
    trust.manifest_sha256 = document_digest(trimmed(manifest.value()));
  }
  if (!options.has("index")) return Done{};
  Outcome<Index> index = load_index(options.value("index"), trust.root);
  if (!index.ok()) return index.failure();
  trust.index = std::move(index.value());
  return Done{};
}

// The signature that an index beside the package gives for it; "" when it lists no such package.
Outcome<std::string> signature_in_index(const std::string& index_path, ByteView package,
                                        const VerificationTrust& trust) {
  Outcome<Index> index = load_index(index_path, trust.root);
  if (!index.ok()) return index.failure();
  const std::string digest = sha256_hex(package);
  for (const IndexPackage& listed : index.value().packages) {
    if (listed.digest == digest) return listed.signature;
  }
  return Failure{kExitNo, index_path + ": lists no package with digest " + digest};
}

Outcome<std::string> find_signature(const Options& options, ByteView package,
                                    const VerificationTrust& trust) {
  if (options.has("signature")) return load_text(options.value("signature"));
  const std::filesystem::path path(options.operand(0));
  for (std::filesystem::path beside : {path, std::filesystem::path(path).replace_extension()}) {
    beside += ".jws";
    if (file_exists(beside.string())) return load_text(beside.string());
  }
  const std::string index = (path.parent_path() / "index.jws").string();
  if (file_exists(index)) return signature_in_index(index, package, trust);
  return Failure{kExitUsage, "no signature beside the package; give --signature"};
}

// A package's signature alone proves nothing that could be said in a sentence.
bool is_package_signature(ByteView content) {
  const Result<Jws> jws = parse_jws(trimmed(text_of(content)));
  return jws.ok() && member_text_or(jws.value().header, "typ", "") == document_type::kPackage;
}

Outcome<Verification> verify_content(const Options& options, ByteView content,
                                     const VerificationTrust& trust) {
  switch (kind_of(content)) {
    case ContentKind::jws:
      if (is_package_signature(content)) {
        return Failure{kExitNo, "only the signature of a package: verify that, with --signature"};
      }
      return verification_of(judge_document(text_of(content), trust));
    case ContentKind::bundle:
      return verification_of(judge_bundle(content, trust));
    case ContentKind::note:
      if (!trust.index) return Failure{kExitUsage, "a checkpoint needs --index"};
      return verification_of(judge_checkpoint(text_of(content), trust));
    case ContentKind::package: {
      Outcome<std::string> signature = find_signature(options, content, trust);
      if (!signature.ok()) return signature.failure();
      return verification_of(judge_package(content, signature.value(), trust));
    }
    default:
      return not_genuine("document", ErrorCode::jws_malformed);
  }
}

void print(const Verification& found, bool as_json) {
  if (!as_json) {
    std::printf("%s: %s\n", found.genuine ? "genuine" : "not genuine",
                visible_json(found.sentence).c_str());
    for (const std::string& line : found.details) {
      std::printf("  %s\n", visible_json(line).c_str());
    }
    return;
  }
  Result<std::string> text = write_canonical_json(found.facts);
  require(text.ok(), "what was verified can be written as JSON");
  std::printf("%s\n", text.value().c_str());
}

ExitCode run(const Options& options) {
  Outcome<TrustedRoot> root = find_root(options);
  if (!root.ok()) return report(kName, root.failure());
  announce(root.value(), kName);
  VerificationTrust trust;
  trust.root = root.value().key;
  trust.now = utc_text(now_milliseconds());
  Outcome<Done> expected = load_expectations(options, trust);
  if (!expected.ok()) return report(kName, expected.failure());
  const std::string source = options.operand(0);
  if (names_portal(source)) {
    Outcome<Verification> found = verify_portal(source, trust);
    if (!found.ok()) return report(kName, found.failure());
    print(found.value(), options.has("json"));
    return found.value().genuine ? kExitYes : kExitNo;
  }
  Outcome<Bytes> content =
      is_url(source) ? http_get(source, kMaxBundleBytes) : load_file(source, kMaxBundleBytes);
  if (!content.ok()) return report(kName, content.failure());
  Outcome<Verification> found = verify_content(options, content.value(), trust);
  if (!found.ok()) return report(kName, found.failure());
  print(found.value(), options.has("json"));
  return found.value().genuine ? kExitYes : kExitNo;
}

}  // namespace

const Command kVerifyCommand = {
    kName, "say whether a receipt, package or bundle is genuine", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
