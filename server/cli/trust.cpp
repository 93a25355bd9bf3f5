#include "server/cli/trust.h"

#include <cstdio>
#include <cstdlib>

#include "server/cli/files.h"

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

void announce(const TrustedRoot& root, std::string_view command_name) {
  if (!root.is_development_file) return;
  std::fprintf(stderr,
               "landfall %.*s: trusting the DEVELOPMENT root key in %s, which protects nothing\n",
               static_cast<int>(command_name.size()), command_name.data(), kDevelopmentRoot);
}

}  // namespace landfall
