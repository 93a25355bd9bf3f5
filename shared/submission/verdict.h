// Whether a document of any kind is genuine, told step by step: one verdict for every place that
// asks.

#ifndef LANDFALL_SHARED_SUBMISSION_VERDICT_H_
#define LANDFALL_SHARED_SUBMISSION_VERDICT_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/error.h"
#include "shared/codec/json.h"
#include "shared/sealing/keys.h"
#include "shared/submission/index.h"

namespace landfall {

// What the caller trusts and expects. Absent expectations take anything.
struct VerificationTrust {
  Ed25519PublicKey root{};
  std::optional<Index> index;  // verified: what short receipts, checkpoints and packages need
  std::optional<std::string> audience;
  std::optional<std::string> manifest_sha256;
  std::string now;  // RFC 3339 UTC
};

// not_checked: an earlier step failed, or there is nothing to check it against.
enum class StepState { held, failed, not_checked };

// One thing that is looked at. Names are listed in FORMAT.md.
struct VerificationStep {
  std::string_view name;
  StepState state = StepState::not_checked;

  bool operator==(const VerificationStep&) const = default;
};

// What was found: `kind` is receipt, message, index, build, certificate, submission, package,
// bundle, checkpoint, or document for what is none of ours. `refusal` is absent when it is genuine.
// `facts` are an object, for programs, and hold nothing that is not proven, except for a bundle
// that is not whole: which of its parts are there. `needs_index` says that an index would decide
// what could not be decided without.
struct Verdict {
  std::string_view kind;
  std::optional<ErrorCode> refusal;
  bool needs_index = false;
  Json facts = Json::object();
  std::vector<VerificationStep> steps;

  [[nodiscard]] bool genuine() const { return !refusal.has_value(); }
};

// The kinds of content that are told apart by themselves.
enum class ContentKind { unknown, jws, package, bundle, note };

[[nodiscard]] ContentKind kind_of(ByteView content);

// `text` without blanks and line ends around it.
[[nodiscard]] std::string_view without_margins(std::string_view text);

// The `aud` a document claims, which verifying it confirms; "" when it has none.
[[nodiscard]] std::string claimed_audience(std::string_view text);

// A compact JWS: receipt, message, index, build list, certificate, submission.
[[nodiscard]] Verdict judge_document(std::string_view text, const VerificationTrust& trust);

// A published package under its agency signature.
[[nodiscard]] Verdict judge_package(ByteView package, std::string_view signature,
                                    const VerificationTrust& trust);

// A published package under the signature that trust.index lists for it.
[[nodiscard]] Verdict judge_listed_package(ByteView package, const VerificationTrust& trust);

// A hand-carried submission.
[[nodiscard]] Verdict judge_bundle(ByteView archive, const VerificationTrust& trust);

// A checkpoint of the receipt log, by the receipt keys of trust.index.
[[nodiscard]] Verdict judge_checkpoint(std::string_view note, const VerificationTrust& trust);

// Whatever `content` is.
[[nodiscard]] Verdict judge_content(ByteView content, const VerificationTrust& trust);

// {"genuine", "kind", "code"?, "needs_index"?, "facts", "steps": [{"name", "state"}]}
[[nodiscard]] Json verdict_json(const Verdict& verdict);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SUBMISSION_VERDICT_H_
