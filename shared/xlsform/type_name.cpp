#include "shared/xlsform/type_name.h"

#include <algorithm>
#include <array>
#include <optional>

#include "shared/form/question_types.h"
#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

struct KnownType {
  std::string_view written;  // in lower case, blanks as underscores
  std::string_view name;
  std::string_view xlsform;
  Treatment treatment = Treatment::plain;
  bool has_control = true;
};

constexpr KnownType shown(std::string_view written, std::string_view name) {
  return {written, name, name, Treatment::plain, true};
}
constexpr KnownType as_text(std::string_view written, std::string_view xlsform) {
  return {written, "text", xlsform, Treatment::text_like, true};
}
constexpr KnownType upload(std::string_view written, std::string_view xlsform) {
  return {written, xlsform == "image" ? "image" : "file", xlsform, Treatment::upload, true};
}
constexpr KnownType of_device(std::string_view written) {
  return {written, "hidden", written, Treatment::uncollected, false};
}

constexpr std::array kTypes = {
    shown("text", "text"),
    shown("string", "text"),
    shown("integer", "integer"),
    shown("int", "integer"),
    shown("decimal", "decimal"),
    shown("date", "date"),
    shown("note", "note"),
    shown("acknowledge", "acknowledge"),
    shown("trigger", "acknowledge"),
    shown("range", "range"),
    KnownType{"calculate", "calculate", "calculate", Treatment::plain, false},
    KnownType{"hidden", "hidden", "hidden", Treatment::plain, false},
    as_text("time", "time"),
    as_text("datetime", "dateTime"),
    as_text("date_time", "dateTime"),
    as_text("barcode", "barcode"),
    as_text("geopoint", "geopoint"),
    as_text("location", "geopoint"),
    as_text("gps", "geopoint"),
    as_text("geotrace", "geotrace"),
    as_text("geoshape", "geoshape"),
    upload("image", "image"),
    upload("photo", "image"),
    upload("picture", "image"),
    upload("file", "file"),
    upload("audio", "audio"),
    upload("video", "video"),
    of_device("start"),
    of_device("end"),
    of_device("today"),
    of_device("deviceid"),
    of_device("imei"),
    of_device("subscriberid"),
    of_device("simserial"),
    of_device("phonenumber"),
    of_device("username"),
    of_device("email"),
    of_device("start-geopoint"),
    of_device("background-geopoint"),
    of_device("background-audio"),
    KnownType{"start_time", "hidden", "start", Treatment::uncollected, false},
    KnownType{"end_time", "hidden", "end", Treatment::uncollected, false},
    KnownType{"device_id", "hidden", "deviceid", Treatment::uncollected, false},
    KnownType{"subscriber_id", "hidden", "subscriberid", Treatment::uncollected, false},
    KnownType{"sim_id", "hidden", "simserial", Treatment::uncollected, false},
    KnownType{"get_today", "hidden", "today", Treatment::uncollected, false},
    KnownType{"get_start_time", "hidden", "start", Treatment::uncollected, false},
    KnownType{"get_end_time", "hidden", "end", Treatment::uncollected, false},
    KnownType{"get_device_id", "hidden", "deviceid", Treatment::uncollected, false},
    KnownType{"get_phone_number", "hidden", "phonenumber", Treatment::uncollected, false},
    KnownType{"get_subscriber_id", "hidden", "subscriberid", Treatment::uncollected, false},
    KnownType{"get_sim_id", "hidden", "simserial", Treatment::uncollected, false},
    KnownType{"uri:deviceid", "hidden", "deviceid", Treatment::uncollected, false},
    KnownType{"uri:phonenumber", "hidden", "phonenumber", Treatment::uncollected, false},
    KnownType{"uri:simserial", "hidden", "simserial", Treatment::uncollected, false},
    KnownType{"uri:subscriberid", "hidden", "subscriberid", Treatment::uncollected, false},
    KnownType{"uri:username", "hidden", "username", Treatment::uncollected, false},
    KnownType{"uri:email", "hidden", "email", Treatment::uncollected, false},
    KnownType{"xml-external", "", "xml-external", Treatment::dataset, false},
    KnownType{"csv-external", "", "csv-external", Treatment::dataset, false},
    KnownType{"audit", "", "audit", Treatment::audit, false},
    KnownType{"osm", "", "osm", Treatment::unsupported, true},
    KnownType{"include", "", "include", Treatment::unsupported, true},
    KnownType{"cascading_select", "", "cascading_select", Treatment::unsupported, true},
};

struct SelectWords {
  std::string_view words;  // in lower case, blanks as single spaces; followed by the list
  std::string_view name;
  Treatment treatment;
};

// Longer ones first where one begins another.
constexpr std::array kSelects = {
    SelectWords{"add select one prompt using", "select_one", Treatment::select},
    SelectWords{"add select multiple prompt using", "select_multiple", Treatment::select},
    SelectWords{"select one from file", "select_one", Treatment::from_file},
    SelectWords{"select_one_from_file", "select_one", Treatment::from_file},
    SelectWords{"select multiple from file", "select_multiple", Treatment::from_file},
    SelectWords{"select_multiple_from_file", "select_multiple", Treatment::from_file},
    SelectWords{"select_one_external", "select_one", Treatment::external},
    SelectWords{"select one external", "select_one", Treatment::external},
    SelectWords{"select all that apply from", "select_multiple", Treatment::select},
    SelectWords{"select multiple from", "select_multiple", Treatment::select},
    SelectWords{"select multiple using", "select_multiple", Treatment::select},
    SelectWords{"select one from", "select_one", Treatment::select},
    SelectWords{"select one using", "select_one", Treatment::select},
    SelectWords{"select all that apply", "select_multiple", Treatment::select},
    SelectWords{"select multiple", "select_multiple", Treatment::select},
    SelectWords{"select one", "select_one", Treatment::select},
    SelectWords{"select_multiple", "select_multiple", Treatment::select},
    SelectWords{"select_one", "select_one", Treatment::select},
    SelectWords{"select1", "select_one", Treatment::select},
    SelectWords{"rank", "rank", Treatment::select},
};

// Takes `words` and a blank from the front of `line`.
bool take_words(std::string_view& line, std::string_view words) {
  if (line.size() <= words.size() || line[words.size()] != ' ') return false;
  if (lowered(line.substr(0, words.size())) != words) return false;
  line.remove_prefix(words.size() + 1);
  return true;
}

std::optional<TypeName> parse_control(std::string_view line) {
  TypeName type;
  const std::string lower = lowered(line.substr(0, line.find_first_of(" _")));
  if (lower != "begin" && lower != "end") return std::nullopt;
  type.kind = lower == "begin" ? RowKind::begin : RowKind::end;
  std::string_view rest = line.substr(std::min(line.size(), lower.size() + 1));
  const std::string word = lowered(rest.substr(0, rest.find(' ')));
  if (word == "group") {
    type.control = ControlKind::group;
  } else if (word == "repeat" || word == "lgroup" || lowered(rest) == "looped group") {
    type.control = ControlKind::repeat;
  } else if (word == "loop") {
    type.control = ControlKind::loop;
  } else {
    return std::nullopt;
  }
  type.name = type.control == ControlKind::group ? "group" : "repeat";
  if (type.control == ControlKind::loop) {
    rest.remove_prefix(std::min(rest.size(), word.size() + 1));
    (void)take_words(rest, "over");
    type.list = std::string(rest);
  } else if (rest.find(' ') != std::string_view::npos && lowered(rest) != "looped group") {
    return std::nullopt;
  }
  return type;
}

std::optional<TypeName> parse_select(std::string_view line) {
  for (const SelectWords& known : kSelects) {
    std::string_view rest = line;
    if (!take_words(rest, known.words)) continue;
    TypeName type;
    type.kind = RowKind::question;
    type.treatment = known.treatment;
    type.name = type.xlsform = std::string(known.name);
    const std::size_t space = std::min(rest.find(' '), rest.size());
    type.list = std::string(rest.substr(0, space));
    const std::string tail = lowered(rest.substr(std::min(space + 1, rest.size())));
    type.or_other = tail == "or specify other" || tail == "or_other" || tail == "or other" ||
                    tail == "or_specify_other";
    if (!tail.empty() && !type.or_other) continue;
    return type;
  }
  return std::nullopt;
}

// "q picture", "add date prompt" and "add text prompt" of the first XLSForms.
std::string without_old_frame(std::string word) {
  if (word.rfind("q_", 0) == 0) return word.substr(2);
  constexpr std::string_view kPrompt = "_prompt";
  const bool is_prompt = word.rfind("add_", 0) == 0 && word.size() > 4 + kPrompt.size() &&
                         word.compare(word.size() - kPrompt.size(), kPrompt.size(), kPrompt) == 0;
  return is_prompt ? word.substr(4, word.size() - 4 - kPrompt.size()) : word;
}

}  // namespace

TypeName parse_type_name(std::string_view cell) {
  const std::string line = collapsed(cell);
  if (std::optional<TypeName> control = parse_control(line)) return *control;
  if (std::optional<TypeName> select = parse_select(line)) return *select;
  TypeName type;
  const std::string whole = snake_cased(line);
  const std::string word = without_old_frame(whole);
  const std::string first = word.substr(0, word.find('_'));
  for (const KnownType& known : kTypes) {
    const bool is_it = known.written == word || (known.written == "osm" && first == "osm");
    if (!is_it) continue;
    type.kind = RowKind::question;
    type.treatment = known.treatment;
    type.name = std::string(known.name);
    type.xlsform = std::string(known.xlsform);
    type.has_control = known.has_control;
    return type;
  }
  const std::optional<QuestionType> ours = find_question_type(whole);
  const bool needs_list = ours && (ours->shape == AnswerShape::select_one ||
                                   ours->shape == AnswerShape::select_multiple);
  if (!ours || needs_list) return type;
  type.kind = RowKind::question;
  type.name = type.xlsform = whole;
  return type;
}

}  // namespace landfall
