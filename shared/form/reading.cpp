#include "shared/form/reading.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "shared/form/limits.h"
#include "shared/form/places.h"
#include "shared/form/range_step.h"
#include "shared/functions/identity.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"
#include "shared/text/graphemes.h"
#include "shared/text/scripts.h"
#include "shared/text/utf8.h"
#include "shared/xpath/date_time.h"
#include "shared/xpath/value.h"

namespace landfall {

Answer Answer::of_text(std::string value) {
  Answer answer;
  if (value.empty()) return answer;
  answer.kind = AnswerKind::text;
  answer.text = std::move(value);
  return answer;
}

Answer Answer::of_number(double value) {
  Answer answer;
  answer.kind = AnswerKind::number;
  answer.number = value;
  return answer;
}

Answer Answer::of_boolean(bool value) {
  Answer answer;
  answer.kind = AnswerKind::boolean;
  answer.boolean = value;
  return answer;
}

Answer Answer::of_choices(std::vector<std::string> names) {
  Answer answer;
  if (names.empty()) return answer;
  answer.kind = AnswerKind::choices;
  answer.choices = std::move(names);
  return answer;
}

Answer Answer::of_files(std::vector<AttachedFile> files) {
  Answer answer;
  if (files.empty()) return answer;
  answer.kind = AnswerKind::files;
  answer.files = std::move(files);
  return answer;
}

namespace {

std::size_t bytes_of_answer(const Answer& answer) {
  std::size_t bytes = answer.text.size();
  for (const std::string& name : answer.choices) bytes += name.size() + 1;
  for (const AttachedFile& file : answer.files) {
    bytes += file.file_name.size() + file.media_type.size() + file.sha256.size() + 64;
  }
  return bytes;
}

bool is_well_formed(const Answer& answer) {
  return is_utf8(answer.text) &&
         std::all_of(answer.choices.begin(), answer.choices.end(),
                     [](const std::string& name) { return is_utf8(name); }) &&
         std::all_of(answer.files.begin(), answer.files.end(), [](const AttachedFile& file) {
           return is_utf8(file.file_name) && is_utf8(file.media_type) && is_utf8(file.sha256);
         });
}

// The answer as one text, for types that are read from text.
bool as_text(const Answer& answer, std::string& text) {
  if (answer.kind == AnswerKind::files) return false;
  text = text_of_answer(answer);
  return true;
}

// "hh:mm", with seconds, their fraction and a zone as XForms writes it.
bool is_time_of_day(std::string_view text) {
  return text.size() >= 5 && text[2] == ':' &&
         parse_date_time("2000-01-01T" + std::string(text), TimeZone{}).has_value();
}

bool is_moment(std::string_view text) {
  const std::optional<DateTime> moment = parse_date_time(text, TimeZone{});
  return moment && moment->valid && text.find('T') != std::string_view::npos;
}

class AnswerReader {
 public:
  AnswerReader(const Package& package, const NodeDefinition& definition, Answer answer)
      : package_(package), definition_(definition) {
    reading_.answer = std::move(answer);
  }

  Result<Reading> run(const CheckContext& context) {
    const Error malformed{ErrorCode::change_malformed, 0};
    if (bytes_of_answer(reading_.answer) > kMaxAnswerBytes) return Error{ErrorCode::too_large, 0};
    if (!is_well_formed(reading_.answer)) return malformed;
    if (reading_.answer.kind == AnswerKind::empty) return std::move(reading_);
    if (!read(context)) return malformed;
    return std::move(reading_);
  }

 private:
  bool read(const CheckContext& context) {
    switch (definition_.shape) {
      case AnswerShape::integer:
      case AnswerShape::decimal:
        return read_number();
      case AnswerShape::boolean:
        return read_boolean();
      case AnswerShape::select_multiple:
        return read_choices();
      case AnswerShape::files:
        return read_files();
      case AnswerShape::text:
        return definition_.identity ? read_identity(context) : read_text();
      case AnswerShape::time:
      case AnswerShape::date_time:
      case AnswerShape::places:
        return read_measured();
      case AnswerShape::select_one: {
        std::string text;
        if (reading_.answer.kind == AnswerKind::choices && reading_.answer.choices.size() > 1) {
          return false;
        }
        if (!as_text(reading_.answer, text)) return false;
        reading_.answer = Answer::of_text(text);
        reading_.text = std::move(text);
        return true;
      }
      default:
        reading_.text = text_of_answer(reading_.answer);
        return true;
    }
  }

  void find(std::string_view code, std::vector<std::pair<std::string, std::string>> params = {}) {
    reading_.findings.push_back({"", std::string(code), std::move(params), Severity::error});
  }

  bool read_number() {
    const bool is_integer = definition_.shape == AnswerShape::integer;
    if (reading_.answer.kind != AnswerKind::number) {
      std::string text;
      if (!as_text(reading_.answer, text)) return false;
      reading_.answer = Answer::of_text(text);
      const std::string folded = fold_dashes(fold_digits(fold_width(text)));
      const Result<double> number = parse_plain_decimal(trim(folded));
      if (!number.ok()) {
        find(is_integer ? finding_code::integer_malformed : finding_code::number_malformed);
        return true;
      }
      reading_.answer = Answer::of_number(number.value());
    }
    const double number = reading_.answer.number;
    if (!std::isfinite(number)) return false;
    reading_.text = format_xpath_number(number);
    if (is_integer && (number != std::trunc(number) || std::abs(number) > 9007199254740991.0)) {
      reading_.text.clear();
      find(finding_code::integer_malformed);
      return true;
    }
    if (definition_.has_min && number < definition_.min) {
      find(finding_code::number_too_small, {{"min", format_xpath_number(definition_.min)}});
    }
    if (definition_.has_max && number > definition_.max) {
      find(finding_code::number_too_large, {{"max", format_xpath_number(definition_.max)}});
    }
    if (!lies_on_step(number, definition_.start, definition_.step)) {
      find(finding_code::number_off_step, {{"start", format_xpath_number(definition_.start)},
                                           {"step", format_xpath_number(definition_.step)}});
    }
    return true;
  }

  bool read_boolean() {
    if (reading_.answer.kind != AnswerKind::boolean) {
      std::string text;
      if (!as_text(reading_.answer, text)) return false;
      if (text != "true" && text != "false") {
        reading_.answer = Answer::of_text(std::move(text));
        find(finding_code::type_mismatch);
        return true;
      }
      reading_.answer = Answer::of_boolean(text == "true");
    }
    reading_.text = reading_.answer.boolean ? "true" : "false";
    if (definition_.must_be_true && !reading_.answer.boolean) find(finding_code::must_be_true);
    return true;
  }

  bool read_choices() {
    if (reading_.answer.kind != AnswerKind::choices) {
      std::string text;
      if (!as_text(reading_.answer, text)) return false;
      std::vector<std::string> names;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        if (end > at) names.push_back(text.substr(at, end - at));
        at = end + 1;
      }
      reading_.answer = Answer::of_choices(std::move(names));
    }
    reading_.text = text_of_answer(reading_.answer);
    return true;
  }

  bool read_files() {
    if (reading_.answer.kind != AnswerKind::files) return false;
    if (reading_.answer.files.size() > kMaxFilesPerQuestion) return false;
    reading_.text = text_of_answer(reading_.answer);
    const DocumentSlot& slot = package_.slots[definition_.slot];
    const std::size_t count = reading_.answer.files.size();
    if (count > slot.max_files) {
      find(finding_code::files_too_many, {{"max", std::to_string(slot.max_files)}});
    }
    for (const AttachedFile& file : reading_.answer.files) check_file(slot.rule, file);
    return true;
  }

  // The page checked the bytes; what it says about them must at least fit the rule.
  void check_file(const AttachmentRule& rule, const AttachedFile& file) {
    const auto& types = rule.media_types;
    if (file.size == 0) find(finding_code::file_empty, {{"file", file.file_name}});
    if (rule.max_bytes > 0 && file.size > rule.max_bytes) {
      find(finding_code::file_too_large, {{"file", file.file_name},
                                          {"max", format_size(rule.max_bytes)},
                                          {"max_bytes", std::to_string(rule.max_bytes)}});
    }
    if (std::find(types.begin(), types.end(), file.media_type) == types.end()) {
      find(finding_code::file_type_not_accepted,
           {{"file", file.file_name}, {"found", file.media_type}});
    }
    const bool measured = file.width && file.height;
    if (measured && (*file.width < rule.min_width || *file.height < rule.min_height)) {
      find(finding_code::image_too_few_pixels, {{"file", file.file_name},
                                                {"min_width", std::to_string(rule.min_width)},
                                                {"min_height", std::to_string(rule.min_height)}});
    }
  }

  bool read_identity(const CheckContext& context) {
    std::string text;
    if (!as_text(reading_.answer, text)) return false;
    reading_.answer = Answer::of_text(text);
    Result<CheckOutcome> outcome = check_identity(definition_.type, text, context);
    if (!outcome.ok()) return false;
    const bool acceptable = outcome.value().is_acceptable();
    if (acceptable) reading_.text = outcome.value().normalised;
    reading_.findings = std::move(outcome.value().findings);
    return true;
  }

  bool read_text() {
    std::string text;
    if (!as_text(reading_.answer, text)) return false;
    reading_.answer = Answer::of_text(text);
    check_characters(text);
    const auto length = static_cast<double>(count_graphemes(text));
    if (definition_.has_min && length < definition_.min) {
      find(finding_code::text_too_short, {{"min", format_xpath_number(definition_.min)}});
    }
    if (definition_.has_max && length > definition_.max) {
      find(finding_code::text_too_long, {{"max", format_xpath_number(definition_.max)}});
    }
    reading_.text = std::move(text);
    return true;
  }

  // A time, a moment or places: kept as typed, and seen by expressions when it is one.
  bool read_measured() {
    std::string text;
    if (!as_text(reading_.answer, text)) return false;
    reading_.answer = Answer::of_text(text);
    const std::string folded(trim(fold_dashes(fold_digits(fold_width(text)))));
    std::string_view fault;
    if (definition_.shape == AnswerShape::places) {
      fault = fault_of_places(definition_.type, folded);
    } else if (!(definition_.shape == AnswerShape::time ? is_time_of_day(folded)
                                                        : is_moment(folded))) {
      fault = finding_code::type_mismatch;
    }
    if (fault.empty()) {
      reading_.text = folded;
    } else {
      find(fault);
    }
    return true;
  }

  // Controls and marks that turn the direction of writing have no place in an answer: they make
  // what an officer reads differ from what is stored.
  void check_characters(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = read_code_point(text, at);
      const bool is_layout = c == U'\n' || c == U'\r' || c == U'\t';
      if (!is_layout && (is_unprintable(c) || is_bidi_control(c))) {
        find(finding_code::text_character);
        return;
      }
    }
  }

  const Package& package_;
  const NodeDefinition& definition_;
  Reading reading_;
};

}  // namespace

std::string text_of_answer(const Answer& answer) {
  switch (answer.kind) {
    case AnswerKind::text:
      return answer.text;
    case AnswerKind::number:
      return format_xpath_number(answer.number);
    case AnswerKind::boolean:
      return answer.boolean ? "true" : "false";
    case AnswerKind::choices: {
      std::string text;
      for (const std::string& name : answer.choices) {
        if (!text.empty()) text += ' ';
        text += name;
      }
      return text;
    }
    case AnswerKind::files:
      return answer.files.front().file_name;
    case AnswerKind::empty:
      break;
  }
  return {};
}

Result<Reading> read_answer(const Package& package, const NodeDefinition& definition, Answer answer,
                            const CheckContext& context) {
  return AnswerReader(package, definition, std::move(answer)).run(context);
}

}  // namespace landfall
