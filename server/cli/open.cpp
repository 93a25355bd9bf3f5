// landfall open: opens a sealed file of any size, as `age -d`.

#include <array>

#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/output_file.h"
#include "server/cli/terminal.h"
#include "shared/sealing/envelope.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "open";

constexpr std::string_view kHelp =
    "usage: landfall open [-i IDENTITY...] [-o OUT] [IN]\n"
    "\n"
    "Opens IN (default: standard input), an age v1 file, in bytes or as text. Memory use does not\n"
    "grow with the file. OUT appears only when every byte was found genuine; to standard output\n"
    "each verified piece is written at once, so that only exit code 0 says that it was all.\n"
    "\n"
    "options:\n"
    "  -i, --identity FILE       open with the identities in FILE: an age identity file (also one\n"
    "                            sealed by a passphrase) or a Landfall key file; may be repeated\n"
    "  -p, --passphrase          open with a passphrase asked for at the terminal (the default\n"
    "                            without -i)\n"
    "  --passphrase-file FILE    its first line is the passphrase\n"
    "  -o, --output OUT          write here (default: standard output)\n"
    "\n"
    "exit codes: 0 opened, 2 wrong usage, 3 not for these identities, damaged, or could not write\n"
    "example: landfall open -i case-office.identity -o scan.pdf scan.pdf.age\n";

constexpr std::array kOptions = {OptionRule{"identity", 'i', Takes::many_values},
                                 OptionRule{"passphrase", 'p', Takes::nothing},
                                 OptionRule{"passphrase-file", 0, Takes::one_value},
                                 OptionRule{"output", 'o', Takes::one_value}};

// The file is the caller's own, so it may say more than "unreadable".
std::string_view describe(EnvelopeFault fault) {
  switch (fault) {
    case EnvelopeFault::armor:
      return "the text armor is damaged";
    case EnvelopeFault::header:
      return "not an age file, or its header is damaged";
    case EnvelopeFault::no_match:
      return "none of the identities opens this file";
    case EnvelopeFault::mac:
      return "the header was changed";
    case EnvelopeFault::payload:
      return "the content was changed or cut short";
    case EnvelopeFault::out_of_memory:
      return "not enough memory for the passphrase";
    default:
      return "unreadable";
  }
}

Failure fault_of(const Opener& opener) {
  return {kExitCouldNot, std::string(describe(opener.fault()))};
}

Outcome<Identities> obtain_identities(const Options& options) {
  const std::string passphrase_path = options.value("passphrase-file");
  if (options.has("identity")) {
    if (options.has("passphrase")) {
      return Failure{kExitUsage, "-p cannot be combined with -i"};
    }
    return load_identities(options.values("identity"), passphrase_path);
  }
  Outcome<Passphrase> passphrase = obtain_passphrase(passphrase_path, false);
  if (!passphrase.ok()) return passphrase.failure();
  Identities identities;
  identities.passphrases.push_back(std::move(passphrase.value()));
  return identities;
}

Outcome<Done> write_plaintext(ByteView plaintext, bool shown, OutputFile& output) {
  if (shown && looks_binary(plaintext)) {
    return Failure{kExitUsage, "refusing to write bytes to the terminal; use -o - to insist"};
  }
  return output.write(plaintext);
}

Outcome<Done> open_all(Opener& opener, InputFile& input, bool shown, OutputFile& output) {
  Bytes piece(kPieceBytes);
  for (;;) {
    Outcome<std::size_t> got = input.read(piece);
    if (!got.ok()) return got.failure();
    Result<ByteView> plaintext = opener.push(ByteView(piece).first(got.value()));
    if (!plaintext.ok()) return fault_of(opener);
    Outcome<Done> written = write_plaintext(plaintext.value(), shown, output);
    if (!written.ok()) return written;
    if (got.value() < piece.size()) break;
  }
  Result<ByteView> rest = opener.finish();
  if (!rest.ok()) return fault_of(opener);
  Outcome<Done> written = write_plaintext(rest.value(), shown, output);
  if (!written.ok()) return written;
  return output.commit();
}

ExitCode run(const Options& options) {
  Outcome<Identities> identities = obtain_identities(options);
  if (!identities.ok()) return report(kName, identities.failure());
  Outcome<InputFile> input = InputFile::open(options.operand(0));
  if (!input.ok()) return report(kName, input.failure());
  Outcome<OutputFile> output =
      OutputFile::open(options.value("output"), Readers::everybody, Existing::replaced);
  if (!output.ok()) return report(kName, output.failure());
  Opener opener(std::move(identities.value()));
  const bool shown = output_is_terminal() && !options.has("output");
  Outcome<Done> opened = open_all(opener, input.value(), shown, output.value());
  return opened.ok() ? kExitYes : report(kName, opened.failure());
}

}  // namespace

const Command kOpenCommand = {
    kName, "open a sealed file", kHelp, {kOptions, 0, 1}, run,
};

}  // namespace landfall
