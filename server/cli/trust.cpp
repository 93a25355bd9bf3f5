#include "server/cli/trust.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "server/cli/files.h"
#include "server/cli/root_rotation.h"

namespace landfall {
namespace {

constexpr const char* kDevelopmentRoot = "build/dev-keys/root.pub";

Outcome<TrustedRoot> root_from_file(const std::string& path) {
  Outcome<std::string> text = load_text(path);
  if (!text.ok()) return text.failure();
  const std::vector<std::string> lines = meaningful_lines(text.value());
  Result<Ed25519PublicKey> key = parse_public_key(lines.size() == 1 ? lines[0] : "");
  if (!key.ok()) return failure_of(key.error(), path, kExitUsage);
  return TrustedRoot{key.value(), path};
}

Outcome<TrustedRoot> root_from_text_or_file(const std::string& text, const std::string& origin) {
  Result<Ed25519PublicKey> key = parse_public_key(text);
  if (key.ok()) return TrustedRoot{key.value(), origin};
  if (!file_exists(text)) {
    return Failure{kExitUsage, origin +
                                   " wants a root key, 43 characters of base64url, or a file that "
                                   "holds one, and there is no file: " +
                                   text};
  }
  return root_from_file(text);
}

void announce_development(bool is_development_file, std::string_view command_name) {
  if (!is_development_file) return;
  std::fprintf(stderr,
               "landfall %.*s: trusting the DEVELOPMENT root key in %s, which protects nothing\n",
               static_cast<int>(command_name.size()), command_name.data(), kDevelopmentRoot);
}

}  // namespace

Outcome<TrustedRoot> find_root(const Options& options) {
  if (options.has("trust")) return root_from_text_or_file(options.value("trust"), "--trust");
  const std::string compiled_in = LANDFALL_ROOT_KEY;
  if (!compiled_in.empty()) return root_from_text_or_file(compiled_in, "this build");
  const char* environment = std::getenv("LANDFALL_TRUST");
  if (environment != nullptr && *environment != '\0') {
    return root_from_text_or_file(environment, "LANDFALL_TRUST");
  }
  if (file_exists(kDevelopmentRoot)) {
    Outcome<TrustedRoot> root = root_from_file(kDevelopmentRoot);
    if (root.ok()) root.value().is_development_file = true;
    return root;
  }
  return Failure{kExitUsage,
                 "no agency root key to trust: give --trust KEY, or set LANDFALL_TRUST"};
}

void TrustedRoots::add(const std::vector<std::string>& more) {
  for (const std::string& certificate : more) {
    if (std::find(certificates.begin(), certificates.end(), certificate) == certificates.end()) {
      certificates.push_back(certificate);
    }
  }
}

Outcome<std::vector<AgencyRoot>> TrustedRoots::speaking(std::string_view audience) const {
  Result<std::vector<AgencyRoot>> roots =
      agency_roots({own, current, certificates, audience, revoked});
  if (!roots.ok()) return failure_of(roots.error(), "the root keys' certificates", kExitNo);
  if (roots.value().empty()) {
    return Failure{kExitNo, "the index revokes every root key that is known here"};
  }
  return std::move(roots).value();
}

Outcome<TrustedRoots> find_roots(const Options& options) {
  TrustedRoots roots;
  for (const std::string& text : options.values("trust")) {
    Outcome<TrustedRoot> root = root_from_text_or_file(text, "--trust");
    if (!root.ok()) return root.failure();
    roots.own.push_back(root.value().key);
  }
  if (roots.own.empty()) {
    Outcome<TrustedRoot> root = find_root(options);
    if (!root.ok()) return root.failure();
    roots.own.push_back(root.value().key);
    roots.is_development_file = root.value().is_development_file;
  }
  if (!options.has("certificates")) return roots;
  const std::string path = options.value("certificates");
  if (!file_exists(path)) return Failure{kExitCouldNot, path + ": there is no such file"};
  Outcome<std::vector<std::string>> certificates = load_root_certificates(path);
  if (!certificates.ok()) return certificates.failure();
  roots.certificates = std::move(certificates.value());
  return roots;
}

void announce(const TrustedRoot& root, std::string_view command_name) {
  announce_development(root.is_development_file, command_name);
}

void announce(const TrustedRoots& roots, std::string_view command_name) {
  announce_development(roots.is_development_file, command_name);
}

}  // namespace landfall
