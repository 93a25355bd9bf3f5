#include "shared/submission/verdict_steps.h"

#include <algorithm>
#include <array>

namespace landfall {
namespace {

// In the order in which the functions that decide look at them.
struct KindSteps {
  std::string_view kind;
  std::array<std::string_view, 6> steps;
};

constexpr std::array kSteps = {
    KindSteps{"receipt",
              {"shape", "certified", "revocation", "signature", "key_time", "log_place"}},
    KindSteps{"message", {"shape", "certified", "revocation", "signature", "key_time"}},
    KindSteps{"index", {"shape", "signature"}},
    KindSteps{"build", {"shape", "signature", "audience", "files"}},
    KindSteps{"certificate", {"shape", "signature"}},
    KindSteps{"submission", {"shape", "signature", "audience"}},
    KindSteps{"package", {"listed", "shape", "signature", "digest"}},
    KindSteps{"bundle", {"archive", "parts", "shape", "signature", "audience", "complete"}},
    KindSteps{"checkpoint", {"shape", "certified", "revocation", "signature"}}};

constexpr std::string_view kForAnotherSubmission = "submission_expected";

struct StepError {
  ErrorCode code;
  std::string_view step;
};

constexpr std::array kErrors = {
    StepError{ErrorCode::receipt_key_unknown, "certified"},
    StepError{ErrorCode::receipt_certificate_wrong, "certified"},
    StepError{ErrorCode::receipt_key_revoked, "revocation"},
    StepError{ErrorCode::receipt_not_genuine, "signature"},
    StepError{ErrorCode::receipt_key_not_valid, "key_time"},
    StepError{ErrorCode::receipt_not_in_log, "log_place"},
    StepError{ErrorCode::receipt_for_another_submission, kForAnotherSubmission},
    StepError{ErrorCode::message_certificate_wrong, "certified"},
    StepError{ErrorCode::message_key_revoked, "revocation"},
    StepError{ErrorCode::message_not_genuine, "signature"},
    StepError{ErrorCode::message_key_not_valid, "key_time"},
    StepError{ErrorCode::message_for_another_submission, kForAnotherSubmission},
    StepError{ErrorCode::index_not_genuine, "signature"},
    StepError{ErrorCode::certificate_not_genuine, "signature"},
    StepError{ErrorCode::package_signature_wrong, "signature"},
    StepError{ErrorCode::package_digest_differs, "digest"},
    StepError{ErrorCode::checkpoint_signature_wrong, "signature"},
    StepError{ErrorCode::manifest_key_wrong, "signature"},
    StepError{ErrorCode::manifest_signature_wrong, "signature"},
    StepError{ErrorCode::audience_mismatch, "audience"},
    StepError{ErrorCode::jws_key_wrong, "signature"},
    StepError{ErrorCode::jws_signature_wrong, "signature"},
    StepError{ErrorCode::jws_audience_wrong, "audience"},
    StepError{ErrorCode::tar_malformed, "archive"},
    StepError{ErrorCode::too_large, "archive"},
    StepError{ErrorCode::bundle_malformed, "archive"},
    StepError{ErrorCode::part_digest_mismatch, "parts"},
    StepError{ErrorCode::part_not_in_manifest, "complete"},
    StepError{ErrorCode::part_size_mismatch, "complete"},
    StepError{ErrorCode::parts_missing, "complete"}};

std::string_view step_of(ErrorCode code) {
  const auto found = std::find_if(kErrors.begin(), kErrors.end(),
                                  [code](const StepError& error) { return error.code == code; });
  return found == kErrors.end() ? "shape" : found->step;
}

}  // namespace

std::vector<VerificationStep> steps_of(std::string_view kind, std::optional<ErrorCode> refusal,
                                       std::span<const std::string_view> skipped) {
  const std::string_view failed = refusal ? step_of(*refusal) : std::string_view();
  std::vector<VerificationStep> steps;
  bool stopped = false;
  for (const KindSteps& of : kSteps) {
    if (of.kind != kind) continue;
    for (const std::string_view name : of.steps) {
      if (name.empty()) break;
      const bool is_skipped = std::find(skipped.begin(), skipped.end(), name) != skipped.end();
      StepState state = is_skipped || stopped ? StepState::not_checked : StepState::held;
      if (name == failed) {
        state = StepState::failed;
        stopped = true;
      }
      steps.push_back({name, state});
    }
  }
  if (failed == kForAnotherSubmission) steps.push_back({failed, StepState::failed});
  return steps;
}

}  // namespace landfall
