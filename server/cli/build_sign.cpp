// landfall build sign: publishes the signed list of a built portal's files.

#include <algorithm>
#include <array>
#include <cstdio>

#include "server/app/load_site.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/key_folder.h"
#include "server/cli/moment.h"
#include "server/cli/option_values.h"
#include "server/cli/output_file.h"
#include "server/cli/package_folder.h"
#include "shared/submission/build_list.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "build sign";

constexpr std::string_view kHelp =
    "usage: landfall build sign DIR --keys DIR [--aud ORIGIN]\n"
    "\n"
    "Signs a built portal: writes build.jws into its folder DIR, the list of the SHA-256 of every\n"
    "file that `landfall serve --web DIR` would serve, in the agency's word. Whoever has the root\n"
    "key compares with it what a server sends: `landfall verify https://apply.example/`. A list\n"
    "that is already there is replaced; the portal is signed after it was built, and again after\n"
    "every change.\n"
    "\n"
    "options:\n"
    "  --keys DIR      holds agency.json\n"
    "  --aud ORIGIN    origin of the receipt log (default: landfall.localhost/log)\n"
    "\n"
    "exit codes: 0 signed, 2 wrong usage, 3 could not read or write, or DIR is no built portal\n"
    "example: landfall build sign build/web/dist --keys keys\n";

constexpr std::array kOptions = {OptionRule{"keys", 0, Takes::one_value},
                                 OptionRule{"aud", 0, Takes::one_value}};

Outcome<std::vector<BuildFile>> list_files(const std::string& folder) {
  std::optional<std::vector<std::string>> names = site_files(folder);
  if (!names) return Failure{kExitCouldNot, folder + ": cannot be read"};
  std::erase(*names, std::string(kBuildListName));
  if (std::find(names->begin(), names->end(), "index.html") == names->end()) {
    return Failure{kExitCouldNot, folder + ": no built portal, for there is no index.html"};
  }
  std::vector<BuildFile> files;
  for (const std::string& name : *names) {
    if (!is_site_path(name)) {
      return Failure{kExitCouldNot,
                     folder + "/" + name + ": a name with characters that the list cannot hold"};
    }
    Outcome<Bytes> bytes =
        load_file(folder + "/" + name, static_cast<std::size_t>(kMaxBuildFileBytes));
    if (!bytes.ok()) return bytes.failure();
    files.push_back({name, bytes.value().size(), sha256_hex(bytes.value())});
  }
  return files;
}

Outcome<Done> sign(const Options& options) {
  if (!options.has("keys")) return Failure{kExitUsage, "--keys is needed"};
  Outcome<std::string> audience = origin_option(options, "aud", kDefaultLogOrigin);
  if (!audience.ok()) return audience.failure();
  const std::string folder = options.operand(0);
  Outcome<AgencySigner> root = load_agency_signer(options.value("keys"));
  if (!root.ok()) return root.failure();
  Outcome<std::vector<BuildFile>> files = list_files(folder);
  if (!files.ok()) return files.failure();
  const BuildList list{audience.value(), utc_text(now_milliseconds()), root.value().development,
                       std::move(files.value())};
  Result<std::string> text = sign_build_list(list, root.value().key);
  if (!text.ok()) return failure_of(text.error(), folder);
  const std::string path = folder + "/" + std::string(kBuildListName);
  Outcome<Done> saved =
      save_file(path, bytes_of(text.value()), Readers::everybody, Existing::replaced);
  if (saved.ok()) std::printf("%s %zu files\n", path.c_str(), list.files.size());
  return saved;
}

ExitCode run(const Options& options) {
  const Outcome<Done> done = sign(options);
  return done.ok() ? kExitYes : report(kName, done.failure());
}

}  // namespace

const Command kBuildSignCommand = {
    kName, "sign the list of a built portal's files", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
