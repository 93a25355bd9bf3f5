// landfall keygen: makes one key and writes it where only its owner can read it.

#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "server/app/system_entropy.h"
#include "server/cli/command.h"
#include "server/cli/desk_key.h"
#include "server/cli/files.h"
#include "server/cli/output_file.h"
#include "server/cli/root_rotation.h"
#include "shared/sealing/key_document.h"
#include "shared/sealing/keys.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "keygen";

constexpr std::string_view kHelp =
    "usage: landfall keygen [ROLE] [--development] [-o FILE] [--identity FILE] [--public FILE]\n"
    "       landfall keygen agency --certified-by OLD [--certificates FILE] [--aud ORIGIN]\n"
    "                       [--days N] [--overlap N] [-o FILE] ...\n"
    "       landfall keygen desk --certified-by AGENCY -o FILE [--aud ORIGIN] [--days N] ...\n"
    "\n"
    "Makes a new key. ROLE is one of\n"
    "  applicant   root of an applicant's signing key and age identity (the default)\n"
    "  agency      signs packages, the index and other keys: the root of trust\n"
    "  receipt     signs receipts\n"
    "  desk        signs what the case office tells applicants\n"
    "  sealing     opens applications in the case office\n"
    "  helpdesk    opens problem capsules\n"
    "\n"
    "The key is written as JSON; its public part is printed on standard error. Sealing and\n"
    "helpdesk keys written with -o are also written as an age identity file, which the age\n"
    "program opens files with. Existing files are never overwritten.\n"
    "\n"
    "With --certified-by a new agency key takes the place of the old one, OLD. Each signs a\n"
    "certificate for the other: whoever knows only the old key goes on to the new one, and "
    "whoever\n"
    "knows only the new one still believes what the old one signed. Both are written to\n"
    "agency.certs, after those beside OLD from rotations before; `package sign` publishes them.\n"
    "A desk's key is certified by the agency key AGENCY: the certificate is written beside it,\n"
    "ending in .cert.\n"
    "\n"
    "options:\n"
    "  -o, --out FILE     write the key here, readable by its owner only (default: standard "
    "output)\n"
    "  --identity FILE    where the age identity file goes (default: FILE of -o, ending in "
    ".identity)\n"
    "  --public FILE      also write the public part, one line\n"
    "  --development      mark the key as one for development; production servers refuse it\n"
    "  --certified-by OLD   the agency key (JSON) that the new one takes the place of, or that\n"
    "                       certifies the desk's\n"
    "  --certificates FILE  where their certificates go (default: agency.certs beside FILE of -o)\n"
    "  --aud ORIGIN       origin of the receipt log (default: landfall.localhost/log)\n"
    "  --days N           how long the new key may speak for the agency (default: 7300; a desk's\n"
    "                     400)\n"
    "  --overlap N        for how many days what the old key signs from now on still counts "
    "(default: 90)\n"
    "\n"
    "exit codes: 0 made, 2 wrong usage, 3 a file exists or cannot be written\n"
    "example: landfall keygen sealing -o case-office.json\n"
    "         age -d -i case-office.identity part.age\n"
    "         landfall keygen agency --certified-by keys/agency.json -o next/agency.json\n";

constexpr std::array kOptions = {OptionRule{"out", 'o', Takes::one_value},
                                 OptionRule{"identity", 0, Takes::one_value},
                                 OptionRule{"public", 0, Takes::one_value},
                                 OptionRule{"development", 0, Takes::nothing},
                                 OptionRule{"certified-by", 0, Takes::one_value},
                                 OptionRule{"certificates", 0, Takes::one_value},
                                 OptionRule{"aud", 0, Takes::one_value},
                                 OptionRule{"days", 0, Takes::one_value},
                                 OptionRule{"overlap", 0, Takes::one_value}};

constexpr std::array<const char*, 4> kHandoverOptions = {"certificates", "aud", "days", "overlap"};

struct PublicPart {
  std::string text;       // what others need: base64url, or "age1…"
  std::string announced;  // the lines for standard error
  std::string age_file;   // the age identity file; empty for keys that only sign
};

std::string age_file_of(const X25519Identity& identity, KeyRole role) {
  return "# landfall " + std::string(key_role_name(role)) +
         " key\n# public key: " + format_x25519_recipient(identity.recipient()) + "\n" +
         identity.format_secret() + "\n";
}

PublicPart public_part_of(const KeyDocument& key) {
  PublicPart part;
  if (key.role == KeyRole::sealing || key.role == KeyRole::helpdesk) {
    const X25519Identity identity{X25519Scalar(key.secret.view())};
    part.text = format_x25519_recipient(identity.recipient());
    part.announced = "Public key: " + part.text + "\n";
    part.age_file = age_file_of(identity, key.role);
    return part;
  }
  if (key.role == KeyRole::applicant) {
    const ApplicantKeys keys = derive_applicant_keys(Secret<kRootBytes>(key.secret.view()));
    part.text = format_public_key(keys.sign.public_key());
    part.announced = "Public key: " + part.text +
                     "\nRecipient: " + format_x25519_recipient(keys.age.recipient()) + "\n";
    return part;
  }
  const SigningKey sign{Secret<kEd25519SeedBytes>(key.secret.view())};
  part.text = format_public_key(sign.public_key());
  part.announced = "Public key: " + part.text + "\nKey id: " + sign.kid() + "\n";
  return part;
}

// Where the age identity file goes; empty: nowhere.
std::string identity_path_of(const Options& options) {
  if (options.has("identity")) return options.value("identity");
  const std::string out = options.value("out");
  if (out.empty() || out == "-") return "";
  return std::filesystem::path(out).replace_extension(".identity").string();
}

// A key is written with its companions or not at all.
Outcome<Done> check_free(const Options& options, const PublicPart& part) {
  std::vector<std::string> paths = {options.value("out"), options.value("public")};
  if (!part.age_file.empty()) paths.push_back(identity_path_of(options));
  for (const std::string& path : paths) {
    if (file_exists(path)) return Failure{kExitCouldNot, path + ": the file exists"};
  }
  return Done{};
}

Outcome<Done> save_key(const Options& options, const KeyDocument& key, const PublicPart& part) {
  Outcome<Done> saved = check_free(options, part);
  if (!saved.ok()) return saved;
  std::string text = write_key_document(key) + "\n";
  saved = save_file(options.value("out"), bytes_of(text), Readers::owner_only, Existing::kept);
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
  if (!saved.ok()) return saved;
  const std::string identity_path = identity_path_of(options);
  if (!part.age_file.empty() && !identity_path.empty()) {
    saved = save_file(identity_path, bytes_of(part.age_file), Readers::owner_only, Existing::kept);
    if (!saved.ok()) return saved;
  }
  if (!options.has("public")) return saved;
  return save_file(options.value("public"), bytes_of(part.text + "\n"), Readers::everybody,
                   Existing::kept);
}

// The handover that is asked for; none without --certified-by.
Outcome<std::optional<RootHandover>> handover_of(const Options& options, KeyRole role) {
  if (!options.has("certified-by")) {
    for (const char* name : kHandoverOptions) {
      if (options.has(name)) {
        return Failure{kExitUsage, std::string("--") + name + " is for --certified-by"};
      }
    }
    return std::optional<RootHandover>();
  }
  if (role != KeyRole::agency) {
    return Failure{kExitUsage, "--certified-by is for the roles agency and desk"};
  }
  Outcome<RootHandover> handover = read_handover(options, options.has("development"));
  if (!handover.ok()) return handover.failure();
  return std::optional(std::move(handover.value()));
}

ExitCode announce(const KeyDocument& key, const PublicPart& part) {
  std::fputs(part.announced.c_str(), stderr);
  if (key.development) std::fputs("This is a development key: it protects nothing.\n", stderr);
  return kExitYes;
}

ExitCode make_desk_key(const Options& options) {
  const bool development = options.has("development");
  for (const char* name : {"certificates", "overlap"}) {
    if (options.has(name)) {
      return report(kName, {kExitUsage, std::string("--") + name + " is for the role agency"});
    }
  }
  Outcome<DeskCertificate> wanted = read_desk_certificate(options, development);
  if (!wanted.ok()) return report(kName, wanted.failure());
  SystemEntropy entropy;
  const KeyDocument key = generate_key(KeyRole::desk, development, entropy);
  const PublicPart part = public_part_of(key);
  Outcome<Done> saved = save_key(options, key, part);
  if (saved.ok()) saved = save_desk_certificate(wanted.value(), key);
  if (!saved.ok()) return report(kName, saved.failure());
  return announce(key, part);
}

ExitCode run(const Options& options) {
  const std::string role_name = options.operands().empty() ? "applicant" : options.operand(0);
  Result<KeyRole> role = parse_key_role(role_name);
  if (!role.ok())
    return report(kName,
                  {kExitUsage, "no such role: " + role_name +
                                   "; one of applicant, agency, receipt, desk, sealing, helpdesk"});
  const bool is_desk = role.value() == KeyRole::desk;
  if (is_desk && options.has("certified-by")) return make_desk_key(options);
  Outcome<std::optional<RootHandover>> handover = handover_of(options, role.value());
  if (!handover.ok()) return report(kName, handover.failure());
  SystemEntropy entropy;
  const KeyDocument key = generate_key(role.value(), options.has("development"), entropy);
  const PublicPart part = public_part_of(key);
  Outcome<Done> saved = save_key(options, key, part);
  if (saved.ok() && handover.value()) saved = save_handover(*handover.value(), key);
  if (!saved.ok()) return report(kName, saved.failure());
  return announce(key, part);
}

}  // namespace

const Command kKeygenCommand = {
    kName, "make a key for a role", kHelp, {kOptions, 0, 1}, run,
};

}  // namespace landfall
