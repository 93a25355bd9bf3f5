#include "shared/form/package_words.h"

#include <algorithm>
#include <array>

namespace landfall {
namespace {

constexpr std::array<std::string_view, 18> kXlsformColumns = {"type",          "name",
                                                              "label",         "hint",
                                                              "guidance_hint", "required",
                                                              "relevant",      "readonly",
                                                              "calculation",   "required_message",
                                                              "constraint",    "constraint_message",
                                                              "choice_filter", "default",
                                                              "trigger",       "appearance",
                                                              "parameters",    "repeat_count"};

// The first three are read into members of their own; the others stay data as well.
constexpr std::size_t kReadApart = 3;
constexpr std::array<std::string_view, 7> kOwnSurveyWords = {
    "constraints",     "check_parameters", "outputs",     "bind_type",
    "choice_instance", "itemset",          "xlsform_type"};

constexpr std::array<std::string_view, 2> kOwnChoiceWords = {"instance_place", "words"};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

std::span<const std::string_view> own_survey_words() { return kOwnSurveyWords; }

std::span<const std::string_view> own_choice_words() { return kOwnChoiceWords; }

bool is_own_survey_word(std::string_view word) { return is_one_of(word, kOwnSurveyWords); }

bool is_own_choice_word(std::string_view word) { return is_one_of(word, kOwnChoiceWords); }

bool is_read_column(std::string_view column) {
  return is_one_of(column, kXlsformColumns) ||
         is_one_of(column, std::span(kOwnSurveyWords).first(kReadApart));
}

}  // namespace landfall
