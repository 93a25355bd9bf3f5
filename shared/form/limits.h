// The limits of packages and answers. Both may come from a hostile network.

#ifndef LANDFALL_SHARED_FORM_LIMITS_H_
#define LANDFALL_SHARED_FORM_LIMITS_H_

#include <cstddef>

namespace landfall {

inline constexpr std::size_t kMaxPackageBytes = 8u << 20;
inline constexpr std::size_t kMaxNodes = 6000;  // questions, groups, repeats of one form
inline constexpr std::size_t kMaxGroupDepth = 32;
inline constexpr std::size_t kMaxChoiceRows = 50000;  // over all lists
inline constexpr std::size_t kMaxDatasetColumns = 200;
inline constexpr std::size_t kMaxTriggeredAnswers = 2000;  // after one change
inline constexpr std::size_t kMaxRepeatInstances = 1000;   // of one repeat
inline constexpr std::size_t kMaxInstanceNodes = 60000;    // of one open form
inline constexpr std::size_t kMaxAnswerBytes = 100u << 10;
inline constexpr std::size_t kMaxFilesPerQuestion = 60;
inline constexpr std::size_t kMaxPathBytes = 4096;
// Steps of expressions (EvaluationContext::max_steps): of one at one node, and of all after one
// change.
inline constexpr std::size_t kMaxExpressionSteps = 500'000;
inline constexpr std::size_t kMaxStepsPerChange = 10'000'000;

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_LIMITS_H_
