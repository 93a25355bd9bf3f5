// landfall submissions import: hands in the bundles that somebody carried here.

#include <fmt/core.h>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>

#include "server/app/intake_process.h"
#include "server/cli/command.h"
#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "server/cli/output_file.h"
#include "server/cli/root_judge.h"
#include "server/cli/serve_options.h"
#include "server/cli/served_index.h"
#include "server/cli/terminal.h"
#include "server/cli/trust.h"
#include "server/http/limits.h"
#include "server/intake/receive_bundle.h"
#include "shared/codec/json.h"
#include "shared/submission/verdict.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "submissions import";

constexpr std::string_view kHelp =
    "usage: landfall submissions import FILE... --server URL [--receipts DIR] [--trust KEY]...\n"
    "       landfall submissions import FILE... --data DIR --keys DIR --packages DIR\n"
    "                                   [--config FILE] [--receipts DIR] [--trust KEY]...\n"
    "\n"
    "Hands in each bundle FILE (what the portal saves for carrying by hand) and prints, a line\n"
    "each, the case number, when it was received, and the file. What was handed in before, by\n"
    "whatever way, is the same case with the same receipt.\n"
    "\n"
    "options:\n"
    "  --server URL     the server that runs, http://127.0.0.1:8480 for example\n"
    "  --data DIR       without a server: its data folder, which no server may be using; with\n"
    "                   --keys, --packages, --origin, --config as `landfall serve` has them\n"
    "  --receipts DIR   write each receipt here as CASE.jws, to be carried back\n"
    "  --trust KEY      the root key that receipts are checked against, as `landfall verify`; may\n"
    "                   be repeated; a server is asked which keys were revoked as well\n"
    "  --certificates FILE   agency.certs, as for landfall verify\n"
    "\n"
    "exit codes: 0 all are received, 1 a bundle was refused, 2 wrong usage, 3 a bundle could not\n"
    "            be read or handed in; the others are handed in all the same\n"
    "example: landfall submissions import /media/usb/*.tar --server http://127.0.0.1:8480\n";

constexpr std::array kOptions = {
    OptionRule{"server", 0, Takes::one_value},   OptionRule{"data", 0, Takes::one_value},
    OptionRule{"keys", 0, Takes::one_value},     OptionRule{"packages", 0, Takes::one_value},
    OptionRule{"origin", 0, Takes::one_value},   OptionRule{"config", 0, Takes::one_value},
    OptionRule{"production", 0, Takes::nothing}, OptionRule{"receipts", 0, Takes::one_value},
    OptionRule{"trust", 0, Takes::many_values},  OptionRule{"certificates", 0, Takes::one_value}};

constexpr std::size_t kMostOperands = 10000;
constexpr std::size_t kMaxAnswerBytes = std::size_t{1} << 20;

// Where bundles are handed in: gives the receipt.
class Counter {
 public:
  virtual ~Counter() = default;
  virtual Outcome<std::string> hand_in(InputFile& bundle, std::uint64_t size_bytes) = 0;

  // What the agency published last there; nothing where it is not asked for.
  virtual Outcome<std::optional<Index>> index(TrustedRoots& roots) = 0;
};

// A refusal for what a bundle says is a "no"; for lack of room or power, the server could not.
ExitCode exit_code_of(int status) {
  return status >= 400 && status < 500 && status != 408 && status != 429 ? kExitNo : kExitCouldNot;
}

Failure refused(const InputFile& bundle, std::string_view code, int status) {
  return {exit_code_of(status), fmt::format("{}: refused: {}", bundle.name(), code)};
}

class RunningServer final : public Counter {
 public:
  explicit RunningServer(std::string url) : url_(std::move(url)) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  Outcome<std::optional<Index>> index(TrustedRoots& roots) override {
    Outcome<Index> published = fetch_index(url_, roots);
    if (!published.ok()) return published.failure();
    return std::optional(std::move(published.value()));
  }

  Outcome<std::string> hand_in(InputFile& bundle, std::uint64_t size_bytes) override {
    Outcome<HttpAnswer> answer = http_post(url_ + "/api/v1/bundles", "application/x-tar", bundle,
                                           size_bytes, kMaxAnswerBytes);
    if (!answer.ok()) return answer.failure();
    const int status = answer.value().status;
    const std::string_view body = text_of(answer.value().body);
    if (status == 200 || status == 201) return std::string(body);
    const Result<Json> problem = parse_json(body);
    if (!problem.ok()) return refused(bundle, fmt::format("status {}", status), status);
    return refused(bundle, member_text_or(problem.value(), "code", "no reason"), status);
  }

 private:
  std::string url_;
};

// A bundle file as the bytes that arrive.
class FileSource final : public ByteSource {
 public:
  FileSource(InputFile& file, std::uint64_t size_bytes) : file_(file), size_bytes_(size_bytes) {}

  SourceEnd read(const std::function<bool(ByteView)>& receive) override {
    Bytes piece(kPieceBytes);
    for (;;) {
      Outcome<std::size_t> got = file_.read(piece);
      if (!got.ok()) return SourceEnd::broken;
      if (got.value() == 0) return SourceEnd::complete;
      if (!receive(ByteView(piece).first(got.value()))) return SourceEnd::refused;
    }
  }
  [[nodiscard]] std::optional<std::uint64_t> declared_bytes() const override { return size_bytes_; }

 private:
  InputFile& file_;
  std::uint64_t size_bytes_;
};

class DataFolder final : public Counter {
 public:
  explicit DataFolder(std::unique_ptr<IntakeProcess> intake) : intake_(std::move(intake)) {}

  // With a key that was revoked, it signs nothing.
  Outcome<std::optional<Index>> index(TrustedRoots&) override { return std::optional<Index>(); }

  Outcome<std::string> hand_in(InputFile& bundle, std::uint64_t size_bytes) override {
    FileSource source(bundle, size_bytes);
    const IntakeServices& intake = intake_->services();
    SubmissionAnswer answer = ReceiveBundle(intake.submissions, intake.parts).receive(source);
    if (answer.issued) return std::move(answer.issued->receipt);
    const ErrorCode code = answer.refusal.error.code;
    return refused(bundle, error_name(code), error_http_status(code));
  }

 private:
  std::unique_ptr<IntakeProcess> intake_;
};

Outcome<std::unique_ptr<Counter>> open_counter(const Options& options) {
  const bool has_folder = options.has("data") || options.has("config");
  if (options.has("server") == has_folder) {
    return Failure{kExitUsage, "one of --server and --data is needed"};
  }
  if (options.has("server")) {
    return std::unique_ptr<Counter>(std::make_unique<RunningServer>(options.value("server")));
  }
  Outcome<ServeOptions> serve = serve_options(options);
  if (!serve.ok()) return serve.failure();
  std::variant<std::unique_ptr<IntakeProcess>, ConfigProblem> opened =
      IntakeProcess::open(serve.value());
  if (auto* problem = std::get_if<ConfigProblem>(&opened)) {
    return Failure{kExitCouldNot, problem->message};
  }
  return std::unique_ptr<Counter>(
      std::make_unique<DataFolder>(std::get<std::unique_ptr<IntakeProcess>>(std::move(opened))));
}

// By whom a receipt may be signed.
struct ReceiptJudge {
  TrustedRoots roots;
  VerificationTrust trust;
};

// What the receipt says, once it has been verified; and the receipt where it was asked for.
Outcome<Done> hand_over(const Options& options, const ReceiptJudge& judge, const InputFile& bundle,
                        const std::string& receipt) {
  const std::string_view text = trimmed(receipt);
  Outcome<Judged> judged =
      judge_by(judge.roots, judge.trust, claimed_audience(text),
               [text](const VerificationTrust& by) { return judge_document(text, by); });
  if (!judged.ok()) return judged.failure();
  const Verdict& verdict = judged.value().verdict;
  if (!verdict.genuine() || verdict.kind != "receipt") {
    return Failure{kExitNo, bundle.name() + ": the receipt is not genuine: " +
                                verification_of(std::move(judged.value())).sentence};
  }
  const std::string number(member_text_or(verdict.facts, "case_number", ""));
  std::printf("%s  %s  %s\n", number.c_str(),
              std::string(member_text_or(verdict.facts, "received_at", "")).c_str(),
              visible_json(bundle.name()).c_str());
  if (!options.has("receipts")) return Done{};
  return save_file(options.value("receipts") + "/" + number + ".jws", bytes_of(receipt),
                   Readers::everybody, Existing::replaced);
}

Outcome<Done> import_file(const Options& options, const ReceiptJudge& judge, Counter& counter,
                          const std::string& path) {
  Outcome<InputFile> bundle = InputFile::open(path);
  if (!bundle.ok()) return bundle.failure();
  const std::optional<std::uint64_t> size_bytes = bundle.value().size_bytes();
  if (!size_bytes) return Failure{kExitCouldNot, path + ": not a plain file"};
  if (*size_bytes > kMaxCarriedBundleBytes) {
    return Failure{kExitCouldNot,
                   fmt::format("{}: longer than {} bytes", path, kMaxCarriedBundleBytes)};
  }
  Outcome<std::string> receipt = counter.hand_in(bundle.value(), *size_bytes);
  if (!receipt.ok()) return receipt.failure();
  return hand_over(options, judge, bundle.value(), receipt.value());
}

Outcome<ReceiptJudge> judge_of(const Options& options, Counter& counter) {
  Outcome<TrustedRoots> roots = find_roots(options);
  if (!roots.ok()) return roots.failure();
  announce(roots.value(), kName);
  ReceiptJudge judge{std::move(roots.value()), {}};
  Outcome<std::optional<Index>> index = counter.index(judge.roots);
  if (!index.ok()) return index.failure();
  judge.trust.index = std::move(index.value());
  return judge;
}

ExitCode run(const Options& options) {
  Outcome<std::unique_ptr<Counter>> counter = open_counter(options);
  if (!counter.ok()) return report(kName, counter.failure());
  Outcome<ReceiptJudge> judge = judge_of(options, *counter.value());
  if (!judge.ok()) return report(kName, judge.failure());
  if (options.has("receipts")) {
    const Outcome<Done> made = make_folder(options.value("receipts"));
    if (!made.ok()) return report(kName, made.failure());
  }
  ExitCode worst = kExitYes;
  for (const std::string& path : options.operands()) {
    const Outcome<Done> done = import_file(options, judge.value(), *counter.value(), path);
    if (!done.ok()) worst = std::max(worst, report(kName, done.failure()));
  }
  return worst;
}

}  // namespace

const Command kSubmissionsImportCommand = {
    kName, "hand in bundles that were carried here", kHelp, {kOptions, 1, kMostOperands}, run,
};

}  // namespace landfall
