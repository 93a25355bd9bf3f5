#include "shared/xlsform/parameters.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <span>

#include "shared/form/names.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

using Problem = std::optional<ParameterProblem>;
using Keys = std::span<const std::string_view>;

constexpr std::array<std::string_view, 1> kText = {"rows"};
constexpr std::array<std::string_view, 2> kSelect = {"randomize", "seed"};
constexpr std::array<std::string_view, 4> kFromFile = {"randomize", "seed", "value", "label"};
constexpr std::array<std::string_view, 6> kRange = {
    "start", "end", "step", "tick_interval", "placeholder", "tick_labelset"};
constexpr std::array<std::string_view, 2> kImage = {"max-pixels", "app"};
constexpr std::array<std::string_view, 1> kAudio = {"quality"};
constexpr std::array<std::string_view, 4> kPoint = {"allow-mock-accuracy", "capture-accuracy",
                                                    "warning-accuracy", "reference-geometry"};
constexpr std::array<std::string_view, 3> kShape = {"allow-mock-accuracy", "incremental",
                                                    "reference-geometry"};
constexpr std::array<std::string_view, 6> kAudit = {"location-priority", "location-min-interval",
                                                    "location-max-age",  "track-changes",
                                                    "identify-user",     "track-changes-reasons"};

// What the type takes; nothing where XLSForm does not say.
std::optional<Keys> accepted_keys(const TypeName& type) {
  if (type.treatment == Treatment::from_file) return kFromFile;
  if (type.treatment == Treatment::select || type.treatment == Treatment::external) return kSelect;
  const std::string& name = type.xlsform;
  if (name == "text") return kText;
  if (name == "range") return kRange;
  if (name == "image") return kImage;
  if (name == "audio" || name == "background-audio") return kAudio;
  if (name == "geopoint") return kPoint;
  if (name == "geotrace" || name == "geoshape") return kShape;
  if (name == "audit") return kAudit;
  return std::nullopt;
}

bool is_one_of(std::string_view value, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), value) != words.end();
}

Problem bad_value(std::string_view key) {
  return ParameterProblem{"parameter_value", std::string(key)};
}

Problem check_select(const ParameterPairs& pairs) {
  const std::string* randomize = find_parameter(pairs, "randomize");
  const std::string* seed = find_parameter(pairs, "seed");
  if (randomize != nullptr && !is_one_of(lowered(*randomize), {"true", "false"})) {
    return bad_value("randomize");
  }
  if (seed != nullptr) {
    if (randomize == nullptr) return ParameterProblem{"parameter_missing", "randomize"};
    const auto reference = reference_list(*seed);
    const bool is_reference = reference && reference->size() == 1;
    if (!is_reference && !millionths(*seed)) return bad_value("seed");
  }
  for (const std::string_view key : {"value", "label"}) {
    const std::string* column = find_parameter(pairs, key);
    if (column != nullptr && !is_form_name(*column)) return bad_value(key);
  }
  return std::nullopt;
}

Problem check_audit(const ParameterPairs& pairs) {
  for (const std::string_view key : {"track-changes", "identify-user"}) {
    const std::string* value = find_parameter(pairs, key);
    if (value != nullptr && !is_one_of(lowered(*value), {"true", "false"})) return bad_value(key);
  }
  const std::string* reasons = find_parameter(pairs, "track-changes-reasons");
  if (reasons != nullptr && *reasons != "on-form-edit") return bad_value("track-changes-reasons");
  const std::string* priority = find_parameter(pairs, "location-priority");
  const std::string* interval = find_parameter(pairs, "location-min-interval");
  const std::string* age = find_parameter(pairs, "location-max-age");
  if (priority == nullptr && interval == nullptr && age == nullptr) return std::nullopt;
  if (priority == nullptr) return ParameterProblem{"parameter_missing", "location-priority"};
  if (interval == nullptr) return ParameterProblem{"parameter_missing", "location-min-interval"};
  if (age == nullptr) return ParameterProblem{"parameter_missing", "location-max-age"};
  if (!is_one_of(*priority, {"no-power", "low-power", "balanced", "high-accuracy"})) {
    return bad_value("location-priority");
  }
  const auto least = whole_number(*interval);
  const auto most = whole_number(*age);
  if (!least || *least < 0) return bad_value("location-min-interval");
  if (!most || *most < *least) return bad_value("location-max-age");
  return std::nullopt;
}

Problem check_place(const ParameterPairs& pairs) {
  const std::string* mock = find_parameter(pairs, "allow-mock-accuracy");
  if (mock != nullptr && !is_one_of(lowered(*mock), {"true", "false"})) {
    return bad_value("allow-mock-accuracy");
  }
  for (const std::string_view key : {"capture-accuracy", "warning-accuracy"}) {
    const std::string* value = find_parameter(pairs, key);
    if (value != nullptr && !millionths(*value)) return bad_value(key);
  }
  const std::string* incremental = find_parameter(pairs, "incremental");
  if (incremental != nullptr && yes_or_no(*incremental) != true) return bad_value("incremental");
  return std::nullopt;
}

// An application's package name on Android: letters, digits and underscores in parts.
bool is_application_name(std::string_view text) {
  std::size_t parts = 0;
  while (true) {
    const std::size_t end = std::min(text.find('.'), text.size());
    const std::string_view part = text.substr(0, end);
    const bool fits =
        is_form_name(part) && part[0] != '_' && part.find('-') == std::string_view::npos;
    if (!fits) return false;
    ++parts;
    if (end == text.size()) return parts > 1;
    text.remove_prefix(end + 1);
  }
}

Problem check_upload(const TypeName& type, const ParameterPairs& pairs,
                     std::string_view appearance) {
  const std::string* pixels = find_parameter(pairs, "max-pixels");
  if (pixels != nullptr && !whole_number(*pixels)) return bad_value("max-pixels");
  const std::string* app = find_parameter(pairs, "app");
  const bool app_counts = appearance.empty() || appearance == "annotate";
  if (app != nullptr && app_counts && !is_application_name(*app)) return bad_value("app");
  const std::string* quality = find_parameter(pairs, "quality");
  if (quality == nullptr) return std::nullopt;
  const bool is_known = is_one_of(*quality, {"voice-only", "low", "normal"}) ||
                        (type.xlsform == "audio" && *quality == "external");
  return is_known ? std::nullopt : bad_value("quality");
}

struct RangeValues {
  std::int64_t start = 1000000;
  std::int64_t end = 10000000;
  std::int64_t step = 1000000;
  std::optional<std::int64_t> interval;

  [[nodiscard]] std::int64_t width() const { return std::abs(end - start); }
  [[nodiscard]] bool holds(std::int64_t value) const {
    return value >= std::min(start, end) && value <= std::max(start, end);
  }
};

Problem read_range(const ParameterPairs& pairs, RangeValues& range) {
  for (const auto& [key, to] : {std::pair<std::string_view, std::int64_t*>{"start", &range.start},
                                {"end", &range.end},
                                {"step", &range.step}}) {
    const std::string* value = find_parameter(pairs, key);
    if (value == nullptr) continue;
    const auto number = millionths(*value);
    if (!number) return bad_value(key);
    *to = *number;
  }
  const std::string* interval = find_parameter(pairs, "tick_interval");
  if (interval == nullptr) return std::nullopt;
  range.interval = millionths(*interval);
  return range.interval ? std::nullopt : bad_value("tick_interval");
}

Problem check_range(const ParameterPairs& pairs, std::string_view appearance) {
  const bool is_slider = appearance.empty() || appearance == "vertical" ||
                         appearance == "no-ticks" || appearance == "vertical no-ticks" ||
                         appearance == "no-ticks vertical";
  for (const std::string_view key : {"tick_interval", "placeholder", "tick_labelset"}) {
    if (!is_slider && find_parameter(pairs, key) != nullptr) {
      return ParameterProblem{"parameter_appearance", std::string(key)};
    }
  }
  RangeValues range;
  if (const Problem problem = read_range(pairs, range)) return problem;
  if (range.step == 0 || range.step > range.width()) return bad_value("step");
  if (range.interval && (*range.interval == 0 || *range.interval > range.width() ||
                         *range.interval % range.step != 0)) {
    return bad_value("tick_interval");
  }
  const std::string* placeholder = find_parameter(pairs, "placeholder");
  if (placeholder == nullptr) return std::nullopt;
  const auto value = millionths(*placeholder);
  if (!value || (*value - range.start) % range.step != 0 || !range.holds(*value)) {
    return bad_value("placeholder");
  }
  return std::nullopt;
}

}  // namespace

std::optional<ParameterPairs> parse_parameters(std::string_view cell) {
  std::string line(cell);
  std::replace(line.begin(), line.end(), ',', ' ');
  std::replace(line.begin(), line.end(), ';', ' ');
  // Blanks around "=" belong to it.
  std::string tight;
  for (const std::string& word : words_of(line)) {
    const bool goes_on = word[0] == '=' || (!tight.empty() && tight.back() == '=');
    if (!tight.empty() && !goes_on) tight += ' ';
    tight += word;
  }
  ParameterPairs pairs;
  for (const std::string& word : words_of(tight)) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) return std::nullopt;
    const std::string key = lowered(word.substr(0, equals));
    std::string value = word.substr(equals + 1);
    if (key == "randomize") value = lowered(value);
    pairs.emplace_back(key, std::move(value));
  }
  return pairs;
}

const std::string* find_parameter(const ParameterPairs& pairs, std::string_view key) {
  const auto found = std::find_if(pairs.begin(), pairs.end(),
                                  [key](const auto& pair) { return pair.first == key; });
  return found == pairs.end() ? nullptr : &found->second;
}

std::optional<ParameterProblem> check_parameters(const TypeName& type, const ParameterPairs& pairs,
                                                 std::string_view appearance) {
  if (const std::optional<Keys> accepted = accepted_keys(type)) {
    for (const auto& [key, value] : pairs) {
      (void)value;
      if (std::find(accepted->begin(), accepted->end(), key) != accepted->end()) continue;
      return ParameterProblem{"parameter_unknown", key};
    }
  }
  if (type.treatment == Treatment::select || type.treatment == Treatment::from_file ||
      type.treatment == Treatment::external) {
    return check_select(pairs);
  }
  const std::string& name = type.xlsform;
  if (name == "audit") return check_audit(pairs);
  if (name == "range") return check_range(pairs, appearance);
  if (name == "geopoint" || name == "geotrace" || name == "geoshape") return check_place(pairs);
  if (name == "image" || name == "audio" || name == "background-audio") {
    return check_upload(type, pairs, appearance);
  }
  const std::string* rows = find_parameter(pairs, "rows");
  if (name == "text" && rows != nullptr && !whole_number(*rows)) return bad_value("rows");
  return std::nullopt;
}

std::optional<ParameterProblem> check_tick_labels(const ParameterPairs& pairs,
                                                  const std::vector<std::string>& names,
                                                  std::string_view appearance) {
  RangeValues range;
  if (const Problem problem = read_range(pairs, range)) return problem;
  if (range.step == 0) return bad_value("step");
  const bool ends_only = appearance.find("no-ticks") != std::string_view::npos;
  std::set<std::int64_t> values;
  for (const std::string& name : names) {
    const auto value = millionths(name);
    const std::int64_t grid = range.interval.value_or(range.step);
    if (!value || !range.holds(*value) || grid == 0 || (*value - range.start) % grid != 0) {
      return ParameterProblem{"tick_label", name};
    }
    values.insert(*value);
  }
  if (ends_only && values != std::set<std::int64_t>{range.start, range.end}) {
    return ParameterProblem{"tick_label", "no-ticks"};
  }
  return std::nullopt;
}

}  // namespace landfall
