// landfall submissions show: what is known of one case without opening it.

#include <fmt/core.h>

#include <array>
#include <cstdio>

#include "server/cli/case_access.h"
#include "server/cli/command.h"
#include "server/cli/moment.h"
#include "server/cli/root_judge.h"
#include "server/cli/trust.h"
#include "server/cli/verification.h"
#include "server/desk/open_case.h"
#include "shared/codec/canonical_json.h"
#include "shared/submission/message.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "submissions show";

constexpr std::string_view kHelp =
    "usage: landfall submissions show ID --data DIR [--trust KEY]... [--certificates FILE]\n"
    "                                 [--receipt|--manifest] [--json]\n"
    "\n"
    "Shows what is known of the case ID (case number, submission id or manifest digest) without\n"
    "opening it: the signed manifest and whether its receipt is genuine.\n"
    "\n"
    "options:\n"
    "  --data DIR    the server's data folder\n"
    "  --trust KEY   the agency's root key, as for landfall verify; may be repeated\n"
    "  --certificates FILE   agency.certs, as for landfall verify\n"
    "  --receipt     print the receipt itself, as it was sent\n"
    "  --manifest    print the signed manifest itself, as it came\n"
    "  --json        print an object instead\n"
    "\n"
    "exit codes: 0 shown, 1 the manifest or the receipt is not genuine, 2 wrong usage,\n"
    "            3 could not read\n"
    "example: landfall submissions show 115110000013 --data data\n";

constexpr std::array kOptions = {
    OptionRule{"data", 0, Takes::one_value},         OptionRule{"trust", 0, Takes::many_values},
    OptionRule{"certificates", 0, Takes::one_value}, OptionRule{"receipt", 0, Takes::nothing},
    OptionRule{"manifest", 0, Takes::nothing},       OptionRule{"json", 0, Takes::nothing}};

// Whether the receipt is genuine; nothing where no root key is known to tell.
std::optional<Verification> check_receipt(const Options& options, const ReceivedCase& received) {
  Outcome<TrustedRoots> roots = find_roots(options);
  if (!roots.ok()) return std::nullopt;
  announce(roots.value(), kName);
  VerificationTrust trust;
  trust.manifest_sha256 = received.manifest_sha256;
  Outcome<Judged> judged =
      judge_by(roots.value(), trust, claimed_audience(received.receipt),
               [&](const VerificationTrust& by) { return judge_document(received.receipt, by); });
  if (!judged.ok()) return std::nullopt;
  return verification_of(std::move(judged.value()));
}

Json parts_json(const Manifest& manifest) {
  Json parts = Json::array();
  for (const ManifestPart& part : manifest.parts) {
    parts.push_back({{"role", part.role == PartRole::answers ? "answers" : "attachment"},
                     {"sha256", part.sha256},
                     {"size", part.size}});
  }
  return parts;
}

// What the applicant was told, last; not verified here. Null before anything was.
Result<Json> told_json(const CaseStore& store, const ReceivedCase& received) {
  const Result<std::vector<std::string>> told = store.messages(received.manifest_sha256);
  if (!told.ok()) return told.error();
  if (told.value().empty()) return Json();
  const Result<MessageClaims> last = read_message_claims(told.value().back());
  if (!last.ok()) return last.error();
  const Message& message = last.value().message;
  return Json{{"issued", message.issued},
              {"kid", last.value().kid},
              {"says", message_kind_name(message.kind)}};
}

Json json_of(const ReceivedCase& received, const VerifiedManifest& verified) {
  const Manifest& manifest = verified.manifest;
  Json json = {{"case_number", received.case_number},
               {"received_at", received.received_at},
               {"submission_id", manifest.submission_id},
               {"manifest_sha256", verified.digest},
               {"kid", verified.kid},
               {"form",
                {{"id", manifest.form.id},
                 {"version", manifest.form.version},
                 {"digest", manifest.form.digest}}},
               {"engine", manifest.engine},
               {"as_of", manifest.as_of},
               {"time_zone", manifest.time_zone},
               {"sealed_at", manifest.sealed_at},
               {"verdict", verdict_name(manifest.verdict)},
               {"fee_code", manifest.fee_code},
               {"parts", parts_json(manifest)}};
  json["supersedes"] = manifest.supersedes ? Json(*manifest.supersedes) : Json();
  return json;
}

void print_prose(const ReceivedCase& received, const VerifiedManifest& verified,
                 const std::optional<Verification>& receipt, const Json& told) {
  const Manifest& manifest = verified.manifest;
  std::string text = fmt::format(
      "case:       {}\nreceived:   {}\nsubmission: {}\nmanifest:   {}\nsigned by:  {}\n"
      "form:       {} version {}\nsealed:     {}, evaluated as of {} in {}\nverdict:    {}\n",
      received.case_number, received.received_at, manifest.submission_id, verified.digest,
      verified.kid, manifest.form.id, manifest.form.version, manifest.sealed_at, manifest.as_of,
      manifest.time_zone, verdict_name(manifest.verdict));
  for (const ManifestPart& part : manifest.parts) {
    text += fmt::format("{:<11} {} ({} bytes)\n",
                        part.role == PartRole::answers ? "answers:" : "attachment:", part.sha256,
                        part.size);
  }
  if (manifest.supersedes) text += "supersedes: " + *manifest.supersedes + "\n";
  if (!told.is_null()) {
    text += fmt::format("told:       {}, at {}, by the desk {}\n", member_text_or(told, "says", ""),
                        member_text_or(told, "issued", ""), member_text_or(told, "kid", ""));
  }
  text += !receipt           ? std::string("receipt:    not checked: no root key is known\n")
          : receipt->genuine ? "receipt:    genuine: " + receipt->sentence + "\n"
                             : "receipt:    NOT genuine: " + receipt->sentence + "\n";
  std::fwrite(text.data(), 1, text.size(), stdout);
}

ExitCode show(const Options& options, const CaseStore& store, const ReceivedCase& received) {
  Result<VerifiedManifest> verified = verify_case_manifest(received);
  if (!verified.ok()) {
    return report(kName, failure_of({verified.error().code, 0}, "manifest", kExitNo));
  }
  const std::optional<Verification> receipt = check_receipt(options, received);
  const Result<Json> told = told_json(store, received);
  if (!told.ok()) return report(kName, failure_of(told.error(), "what the applicant was told"));
  if (options.has("json")) {
    Json all = json_of(received, verified.value());
    all["receipt"] = receipt ? receipt->facts : Json();
    all["told"] = told.value();
    Result<std::string> text = write_canonical_json(all);
    require(text.ok(), "a verified manifest can be written as JSON");
    std::printf("%s\n", text.value().c_str());
  } else {
    print_prose(received, verified.value(), receipt, told.value());
  }
  return receipt && !receipt->genuine ? kExitNo : kExitYes;
}

ExitCode run(const Options& options) {
  Outcome<std::unique_ptr<CaseStore>> store = open_data_option(options);
  if (!store.ok()) return report(kName, store.failure());
  Outcome<ReceivedCase> received = find_case(*store.value(), options.operand(0));
  if (!received.ok()) return report(kName, received.failure());
  if (options.has("receipt") || options.has("manifest")) {
    const std::string& text =
        options.has("receipt") ? received.value().receipt : received.value().manifest;
    std::fwrite(text.data(), 1, text.size(), stdout);
    return kExitYes;
  }
  return show(options, *store.value(), received.value());
}

}  // namespace

const Command kSubmissionsShowCommand = {
    kName, "show a case without opening it", kHelp, {kOptions, 1, 1}, run,
};

}  // namespace landfall
