// landfall seal: seals a file of any size to recipients or under a passphrase, as `age -e`.

#include <array>

#include "server/app/system_entropy.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/output_file.h"
#include "server/cli/terminal.h"
#include "shared/sealing/envelope.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "seal";

constexpr std::string_view kHelp =
    "usage: landfall seal (-r RECIPIENT... | -R FILE... | -p) [-a] [-o OUT] [IN]\n"
    "\n"
    "Seals IN (default: standard input) so that only the recipients can open it. The result is\n"
    "an age v1 file; the age program opens it. Memory use does not grow with the file.\n"
    "\n"
    "options:\n"
    "  -r, --recipient AGE1...      seal to this recipient; may be repeated\n"
    "  -R, --recipients-file FILE   seal to each recipient in FILE, one a line, # for comments\n"
    "  -p, --passphrase             seal under a passphrase asked for at the terminal\n"
    "  --passphrase-file FILE       with -p: its first line is the passphrase\n"
    "  -a, --armor                  write text (PEM) instead of bytes\n"
    "  -o, --output OUT             write here (default: standard output); OUT appears whole or "
    "not\n"
    "                               at all\n"
    "\n"
    "exit codes: 0 sealed, 2 wrong usage, 3 could not read or write\n"
    "example: landfall seal -r age1... -o scan.pdf.age scan.pdf\n";

constexpr std::array kOptions = {OptionRule{"recipient", 'r', Takes::many_values},
                                 OptionRule{"recipients-file", 'R', Takes::many_values},
                                 OptionRule{"passphrase", 'p', Takes::nothing},
                                 OptionRule{"passphrase-file", 0, Takes::one_value},
                                 OptionRule{"armor", 'a', Takes::nothing},
                                 OptionRule{"output", 'o', Takes::one_value}};

// age's own: a passphrase that a person chose deserves the most that every reader accepts.
constexpr unsigned kWorkFactor = kMaxScryptWorkFactor;

Failure usage(std::string message) { return {kExitUsage, std::move(message)}; }

Outcome<Done> check_usage(const Options& options) {
  const bool by_passphrase = options.has("passphrase") || options.has("passphrase-file");
  const bool to_recipients = options.has("recipient") || options.has("recipients-file");
  if (by_passphrase && to_recipients) return usage("-p cannot be combined with recipients");
  if (!by_passphrase && !to_recipients) return usage("no recipients: give -r, -R or -p");
  if (output_is_terminal() && !options.has("output") && !options.has("armor")) {
    return usage("refusing to write bytes to the terminal; use -a, or -o - to insist");
  }
  return Done{};
}

Outcome<Sealer> start(const Options& options, Entropy& entropy) {
  const EnvelopeFormat format =
      options.has("armor") ? EnvelopeFormat::armored : EnvelopeFormat::binary;
  if (options.has("passphrase") || options.has("passphrase-file")) {
    Outcome<Passphrase> passphrase = obtain_passphrase(options.value("passphrase-file"), true);
    if (!passphrase.ok()) return passphrase.failure();
    Result<Sealer> sealer =
        Sealer::with_passphrase(passphrase.value(), kWorkFactor, format, entropy);
    if (!sealer.ok()) return failure_of(sealer.error(), "passphrase");
    return std::move(sealer).value();
  }
  Outcome<std::vector<X25519Recipient>> recipients =
      load_recipients(options.values("recipient"), options.values("recipients-file"));
  if (!recipients.ok()) return recipients.failure();
  Result<Sealer> sealer = Sealer::to_recipients(recipients.value(), format, entropy);
  if (!sealer.ok()) return failure_of(sealer.error(), "recipients", kExitUsage);
  return std::move(sealer).value();
}

Outcome<Done> seal_all(Sealer& sealer, InputFile& input, OutputFile& output) {
  Bytes piece(kPieceBytes);
  for (;;) {
    Outcome<std::size_t> got = input.read(piece);
    if (!got.ok()) return got.failure();
    Outcome<Done> written = output.write(sealer.push(ByteView(piece).first(got.value())));
    if (!written.ok()) return written;
    if (got.value() < piece.size()) break;
  }
  Outcome<Done> written = output.write(sealer.finish());
  if (!written.ok()) return written;
  return output.commit();
}

ExitCode run(const Options& options) {
  Outcome<Done> usable = check_usage(options);
  if (!usable.ok()) return report(kName, usable.failure());
  SystemEntropy entropy;
  Outcome<Sealer> sealer = start(options, entropy);
  if (!sealer.ok()) return report(kName, sealer.failure());
  Outcome<InputFile> input = InputFile::open(options.operand(0));
  if (!input.ok()) return report(kName, input.failure());
  Outcome<OutputFile> output =
      OutputFile::open(options.value("output"), Readers::everybody, Existing::replaced);
  if (!output.ok()) return report(kName, output.failure());
  Outcome<Done> sealed = seal_all(sealer.value(), input.value(), output.value());
  return sealed.ok() ? kExitYes : report(kName, sealed.failure());
}

}  // namespace

const Command kSealCommand = {
    kName, "seal a file to recipients or under a passphrase", kHelp, {kOptions, 0, 1}, run,
};

}  // namespace landfall
