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
#include "server/cli/root_judge.h"
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
    "usage: landfall verify FILE|URL|DIR [--trust KEY]... [--certificates FILE]\n"
    "                       [--manifest FILE] [--index FILE] [--signature FILE]\n"
    "                       [--aud ORIGIN] [--json]\n"
    "\n"
    "Says whether FILE (- is standard input) is genuine: a receipt, a message of the case\n"
    "office, a signed index, a certificate, a list of a build, a published package, a submission\n"
    "or its bundle, a checkpoint of the receipt log. Nobody is asked: everything is decided\n"
    "from the file and the agency's root key.\n"
    "\n"
    "A folder, or an address without a file (https://apply.example/), is a built portal: every "
    "file\n"
    "of its signed list, build.jws, is compared, and what differs, is missing or is not listed is\n"
    "named.\n"
    "\n"
    "options:\n"
    "  --trust KEY        the root key, or a file that holds it (default: the one in this build,\n"
    "                     then $LANDFALL_TRUST, then build/dev-keys/root.pub); may be repeated\n"
    "  --certificates FILE  agency.certs: which root keys followed on each other. Without it, the\n"
    "                     one beside the index. What is genuine by another root than the one\n"
    "                     given says by which\n"
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
    OptionRule{"trust", 0, Takes::many_values},   OptionRule{"certificates", 0, Takes::one_value},
    OptionRule{"manifest", 0, Takes::one_value},  OptionRule{"index", 0, Takes::one_value},
    OptionRule{"signature", 0, Takes::one_value}, OptionRule{"aud", 0, Takes::one_value},
    OptionRule{"json", 0, Takes::nothing}};

constexpr std::size_t kMaxBundleBytes = std::size_t{512} << 20;

// Whom and what a document is held against.
struct Expectations {
  TrustedRoots roots;
  VerificationTrust trust;
};

Outcome<Done> load_expectations(const Options& options, Expectations& expected) {
  VerificationTrust& trust = expected.trust;
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
  Outcome<Index> index = load_current_index(options.value("index"), expected.roots);
  if (!index.ok()) return index.failure();
  trust.index = std::move(index.value());
  return Done{};
}

// The signature that an index beside the package gives for it; "" when it lists no such package.
// Its certificates are taken in, for they are those of the roots of then.
Outcome<std::string> signature_in_index(const std::string& index_path, ByteView package,
                                        Expectations& expected) {
  Outcome<Index> index = load_past_index(index_path, expected.roots);
  if (!index.ok()) return index.failure();
  const std::string digest = sha256_hex(package);
  for (const IndexPackage& listed : index.value().packages) {
    if (listed.digest == digest) return listed.signature;
  }
  return Failure{kExitNo, index_path + ": lists no package with digest " + digest};
}

Outcome<std::string> find_signature(const Options& options, ByteView package,
                                    Expectations& expected) {
  if (options.has("signature")) return load_text(options.value("signature"));
  const std::filesystem::path path(options.operand(0));
  for (std::filesystem::path beside : {path, std::filesystem::path(path).replace_extension()}) {
    beside += ".jws";
    if (file_exists(beside.string())) return load_text(beside.string());
  }
  const std::string index = (path.parent_path() / "index.jws").string();
  if (file_exists(index)) return signature_in_index(index, package, expected);
  return Failure{kExitUsage, "no signature beside the package; give --signature"};
}

// A package's signature alone proves nothing that could be said in a sentence.
bool is_package_signature(ByteView content) {
  const Result<Jws> jws = parse_jws(trimmed(text_of(content)));
  return jws.ok() && member_text_or(jws.value().header, "typ", "") == document_type::kPackage;
}

Outcome<Verification> by_roots(const Expectations& expected, std::string_view document,
                               const JudgeDocument& judge) {
  Outcome<Judged> judged =
      judge_by(expected.roots, expected.trust, claimed_audience(trimmed(document)), judge);
  if (!judged.ok()) return judged.failure();
  return verification_of(std::move(judged.value()));
}

Outcome<Verification> verify_content(const Options& options, ByteView content,
                                     Expectations& expected) {
  const std::string_view text = text_of(content);
  switch (kind_of(content)) {
    case ContentKind::jws:
      if (is_package_signature(content)) {
        return Failure{kExitNo, "only the signature of a package: verify that, with --signature"};
      }
      return by_roots(expected, text, [text](const VerificationTrust& trust) {
        return judge_document(text, trust);
      });
    case ContentKind::bundle:
      return verification_of(judge_bundle(content, expected.trust));
    case ContentKind::note:
      if (!expected.trust.index) return Failure{kExitUsage, "a checkpoint needs --index"};
      return verification_of(judge_checkpoint(text, expected.trust));
    case ContentKind::package: {
      Outcome<std::string> signature = find_signature(options, content, expected);
      if (!signature.ok()) return signature.failure();
      return by_roots(expected, signature.value(), [&](const VerificationTrust& trust) {
        return judge_package(content, signature.value(), trust);
      });
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
  Outcome<TrustedRoots> roots = find_roots(options);
  if (!roots.ok()) return report(kName, roots.failure());
  announce(roots.value(), kName);
  Expectations expected;
  expected.roots = std::move(roots.value());
  expected.trust.now = utc_text(now_milliseconds());
  Outcome<Done> loaded = load_expectations(options, expected);
  if (!loaded.ok()) return report(kName, loaded.failure());
  const std::string source = options.operand(0);
  if (names_portal(source)) {
    Outcome<Verification> found = verify_portal(source, expected.roots, expected.trust);
    if (!found.ok()) return report(kName, found.failure());
    print(found.value(), options.has("json"));
    return found.value().genuine ? kExitYes : kExitNo;
  }
  Outcome<Bytes> content =
      is_url(source) ? http_get(source, kMaxBundleBytes) : load_file(source, kMaxBundleBytes);
  if (!content.ok()) return report(kName, content.failure());
  Outcome<Verification> found = verify_content(options, content.value(), expected);
  if (!found.ok()) return report(kName, found.failure());
  print(found.value(), options.has("json"));
  return found.value().genuine ? kExitYes : kExitNo;
}

}  // namespace

const Command kVerifyCommand = {
    kName, "say whether a receipt, package or bundle is genuine", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
