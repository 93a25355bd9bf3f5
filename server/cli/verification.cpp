#include "server/cli/verification.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

namespace landfall {
namespace {

struct Reason {
  ErrorCode code;
  std::string_view sentence;
};

constexpr std::array kReasons = {
    Reason{ErrorCode::receipt_malformed, "it does not have the shape of a receipt"},
    Reason{
        ErrorCode::receipt_key_revoked,
        "the agency has revoked the key that signed it, and nothing that this key signed counts, "
        "whatever date it gives: whoever has the key writes the date. Ask the agency for a new "
        "receipt"},
    Reason{ErrorCode::receipt_key_not_valid,
           "it says that it was received at a time when its key was not valid"},
    Reason{
        ErrorCode::receipt_key_unknown,
        "a short receipt, by a key that is not known here: give the agency's index with --index"},
    Reason{ErrorCode::receipt_certificate_wrong,
           "the agency's root key did not certify the key that signed it"},
    Reason{ErrorCode::receipt_not_genuine,
           "the certified key did not sign it, or it was changed afterwards"},
    Reason{ErrorCode::receipt_not_in_log, "its proof that it stands in the log does not hold"},
    Reason{ErrorCode::receipt_for_another_submission, "it is genuine, but for another submission"},
    Reason{ErrorCode::message_malformed, "it does not have the shape of a message"},
    Reason{ErrorCode::message_key_revoked, "the agency has revoked the key that signed it"},
    Reason{ErrorCode::message_key_not_valid,
           "it says that it was written at a time when its key was not valid"},
    Reason{ErrorCode::message_certificate_wrong,
           "the agency's root key did not certify the key that signed it as a desk's"},
    Reason{ErrorCode::message_not_genuine,
           "the certified key did not sign it, or it was changed afterwards"},
    Reason{ErrorCode::message_for_another_submission,
           "it is genuine, but about another submission"},
    Reason{ErrorCode::jws_key_wrong, "another key than the agency's root key signed it"},
    Reason{ErrorCode::jws_signature_wrong, "it was changed after it was signed"},
    Reason{ErrorCode::jws_audience_wrong, "it is for another log"},
    Reason{ErrorCode::index_not_genuine,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::certificate_not_genuine,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::package_signature_wrong,
           "the agency's root key did not sign it, or it is for another log"},
    Reason{ErrorCode::package_digest_differs, "the signature is for other bytes than these"},
    Reason{ErrorCode::checkpoint_signature_wrong,
           "none of the receipt keys in the index signed it"}};

// The values of facts, which a verdict that is genuine has.
std::string_view text_in(const Json& facts, std::string_view key) {
  return member_text_or(facts, key, "");
}

std::int64_t number_in(const Json& facts, std::string_view key) {
  const Result<std::int64_t> number = member_integer(facts, key);
  return number.ok() ? number.value() : 0;
}

std::size_t count_in(const Json& facts, std::string_view key) {
  const Json* list = find_member(facts, key);
  return list == nullptr ? 0 : list->size();
}

const Json& object_in(const Json& facts, std::string_view key) {
  static const Json kNone = Json::object();
  const Json* object = find_member(facts, key);
  return object == nullptr ? kNone : *object;
}

std::string_view development_mark(const Json& facts) {
  return member_bool_or(facts, "development", false) ? " (development key)" : "";
}

std::string describe_receipt(const Json& facts) {
  const Json& due = object_in(facts, "amount_due");
  std::string sentence = fmt::format(
      "receipt for case {}, manifest {}, received at {}, amount due {} {}, signed by {}{}",
      text_in(facts, "case_number"), text_in(facts, "manifest_sha256"),
      text_in(facts, "received_at"), text_in(due, "currency"), number_in(due, "amount"),
      text_in(facts, "kid"), development_mark(facts));
  if (const Json* log = find_member(facts, "log"); log != nullptr) {
    sentence += fmt::format(", entry {} of {} in the log {}", number_in(*log, "index"),
                            number_in(*log, "tree_size"), text_in(*log, "origin"));
  }
  if (find_member(facts, "root") != nullptr) {
    sentence += ", its key certified by " + root_words(facts);
  }
  if (!member_bool_or(facts, "revocation_checked", false)) {
    sentence += "; whether its key was revoked was not looked at without --index";
  }
  return sentence;
}

std::string describe_message(const Json& facts) {
  std::string sentence = fmt::format(
      "message {} about the submission with manifest {}, saying \"{}\", written at {}, signed by "
      "the desk {}{}",
      number_in(facts, "counter"), text_in(facts, "manifest_sha256"), text_in(facts, "says"),
      text_in(facts, "issued"), text_in(facts, "kid"), development_mark(facts));
  if (find_member(facts, "root") != nullptr) {
    sentence += ", its key certified by " + root_words(facts);
  }
  sentence += "; a later message with a higher number may say something else";
  if (!member_bool_or(facts, "revocation_checked", false)) {
    sentence += "; whether its key was revoked was not looked at without --index";
  }
  return sentence;
}

std::string describe_index(const Json& facts) {
  return fmt::format(
      "index number {} of {}, issued at {}, {} at {}, with {} package(s), {} case office "
      "recipient(s), {} receipt key(s) and {} revoked, signed by {}{}",
      number_in(facts, "serial"), text_in(facts, "aud"), text_in(facts, "issued"),
      member_bool_or(facts, "expired", false) ? "EXPIRED" : "expires", text_in(facts, "expires"),
      count_in(facts, "packages"), count_in(object_in(facts, "recipients"), "case_office"),
      count_in(facts, "receipt_keys"), count_in(facts, "revoked"), root_words(facts),
      development_mark(facts));
}

std::string describe_build(const Json& facts) {
  return fmt::format(
      "build of {} for {}, {} files, signed by {}{}; the files themselves were not "
      "looked at: give their folder, or the address that serves them",
      text_in(facts, "issued"), text_in(facts, "aud"), number_in(facts, "files"), root_words(facts),
      development_mark(facts));
}

std::string describe_certificate(const Json& facts) {
  return fmt::format("certificate of {} key {}, valid from {} to {}, signed by {}{}",
                     text_in(facts, "role"), text_in(facts, "kid"), text_in(facts, "not_before"),
                     text_in(facts, "not_after"), root_words(facts), development_mark(facts));
}

std::string describe_submission(const Json& facts, std::string_view parts) {
  const Json& form = object_in(facts, "form");
  return fmt::format(
      "submission {} of form {} version {}, sealed at {}, {} part(s){}, signed by its applicant "
      "{}; whether it was received, only a receipt says",
      text_in(facts, "submission_id"), text_in(form, "id"), text_in(form, "version"),
      text_in(facts, "sealed_at"), number_in(facts, "parts"), parts, text_in(facts, "kid"));
}

std::string describe_package(const Json& facts) {
  return fmt::format("package {} version {}, digest {}, signed by {}{}", text_in(facts, "form_id"),
                     text_in(facts, "version"), text_in(facts, "digest"), root_words(facts),
                     development_mark(facts));
}

std::string describe_checkpoint(const Json& facts) {
  return fmt::format("checkpoint of the log {} with {} entries, root {}", text_in(facts, "origin"),
                     number_in(facts, "size"), text_in(facts, "root"));
}

std::string sentence_of(const Verdict& verdict) {
  const Json& facts = verdict.facts;
  if (verdict.kind == "receipt") return describe_receipt(facts);
  if (verdict.kind == "message") return describe_message(facts);
  if (verdict.kind == "index") return describe_index(facts);
  if (verdict.kind == "build") return describe_build(facts);
  if (verdict.kind == "certificate") return describe_certificate(facts);
  if (verdict.kind == "submission") return describe_submission(facts, "");
  if (verdict.kind == "bundle") {
    return "bundle with " + describe_submission(facts, ", all of them here and unchanged");
  }
  if (verdict.kind == "package") return describe_package(facts);
  return describe_checkpoint(facts);
}

// One line for each part that a bundle lacks.
std::vector<std::string> missing_lines(const Json& facts) {
  std::vector<std::string> lines;
  for (const Json& part : object_in(facts, "missing")) {
    lines.push_back(fmt::format("part {} of {} bytes is missing", text_in(part, "sha256"),
                                number_in(part, "size")));
  }
  return lines;
}

}  // namespace

std::string root_words(const Json& facts) {
  const Json& root = object_in(facts, "root");
  const std::string_view standing = text_in(root, "standing");
  if (standing == "successor") {
    return fmt::format("the agency's newer root {}, which the root {} certified",
                       text_in(root, "kid"), text_in(root, "certified_by"));
  }
  if (standing == "former") {
    return fmt::format("the agency's former root {}, which has been replaced",
                       text_in(root, "kid"));
  }
  return "the agency root";
}

std::string_view reason_of(ErrorCode code) {
  const auto found = std::find_if(kReasons.begin(), kReasons.end(),
                                  [code](const Reason& reason) { return reason.code == code; });
  return found == kReasons.end() ? std::string_view() : found->sentence;
}

Failure refusal_of(Error error, std::string_view what) {
  Failure failure = failure_of(error, what, kExitNo);
  if (const std::string_view reason = reason_of(error.code); !reason.empty()) {
    failure.message.append(": ").append(reason);
  }
  return failure;
}

Verification not_genuine(std::string_view kind, ErrorCode code) {
  return {
      false,
      refusal_of({code, 0}, kind).message,
      {{"genuine", false}, {"kind", kind}, {"code", error_name(code)}, {"reason", reason_of(code)}},
      {}};
}

Verification verification_of(Verdict verdict) {
  if (!verdict.genuine()) {
    Verification found = not_genuine(verdict.kind, *verdict.refusal);
    found.details = missing_lines(verdict.facts);
    if (const Json* missing = find_member(verdict.facts, "missing"); missing != nullptr) {
      found.facts["missing"] = *missing;
    }
    return found;
  }
  std::string sentence = sentence_of(verdict);
  Json facts = std::move(verdict.facts);
  facts["genuine"] = true;
  facts["kind"] = verdict.kind;
  return {true, std::move(sentence), std::move(facts), {}};
}

}  // namespace landfall
