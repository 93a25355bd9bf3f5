// The form that fuzzed answers and edits are given to: a question of every type, with expressions
// that look at each other, in groups and nested repeats.

#ifndef LANDFALL_TESTS_FUZZ_SAMPLE_FORM_H_
#define LANDFALL_TESTS_FUZZ_SAMPLE_FORM_H_

#include <string>
#include <string_view>

#include "shared/base/invariant.h"
#include "shared/codec/json.h"
#include "shared/form/package.h"
#include "shared/form/state_json.h"

namespace landfall::fuzzing {

inline constexpr std::string_view kSampleOptions =
    R"({"as_of":"2026-11-21","time_zone":"Asia/Taipei")";

// No question that a default or a calculation fills again: what was cleared is not in the answers.
inline constexpr std::string_view kSampleForm =
    R"j({"format":"landfall-package/1","form":{"settings":{"form_id":"sample","version":"1",)j"
    R"j("default_language":"en","title":"t"},"survey":[)j"
    R"j({"type":"begin_group","name":"g"},)j"
    R"j({"type":"text","name":"t","parameters":{"min":2,"max":9},"constraint":"regex(., '[a-z]+')"},)j"
    R"j({"type":"integer","name":"i","required":"${t} != ''","constraint":". > 1 and . < 10"},)j"
    R"j({"type":"decimal","name":"d","relevant":"${i} > 2","readonly":"${i} = 9"},)j"
    R"j({"type":"date","name":"day","constraint":". <= today()"},)j"
    R"j({"type":"boolean","name":"b"},{"type":"acknowledge","name":"ack"},)j"
    R"j({"type":"select_one l","name":"one","choice_filter":"name != ${t}"},)j"
    R"j({"type":"select_multiple l","name":"many","relevant":"${b} = 'true'"},)j"
    R"j({"type":"image","name":"photo","required":"selected(${many}, 'a')"},)j"
    R"j({"type":"note","name":"n","relevant":"count(${r}) > 1"},{"type":"end_group"},)j"
    R"j({"type":"begin_repeat","name":"r","relevant":"${i} != 5","parameters":{"max":4}},)j"
    R"j({"type":"decimal","name":"a","constraint":". >= ${d}"},)j"
    R"j({"type":"begin_repeat","name":"inner"},)j"
    R"j({"type":"text","name":"w","required":"position(..) = 2 or ${a} > 3"},)j"
    R"j({"type":"end_repeat"},{"type":"end_repeat"},)j"
    R"j({"type":"begin_group","name":"ids","relevant":"${one} != 'b'"},)j"
    R"j({"type":"hkid","name":"hkid"},{"type":"roc_id","name":"roc_id"},)j"
    R"j({"type":"ui_no","name":"ui_no"},{"type":"prc_id","name":"prc_id"},)j"
    R"j({"type":"macau_bir","name":"bir"},{"type":"mainland_travel_permit","name":"mtp"},)j"
    R"j({"type":"passport_number","name":"ppt","check_parameters":{"country":"'HKG'"}},)j"
    R"j({"type":"mrz","name":"mrz","constraint":"mrz-field(., 'number') = ${ppt}"},)j"
    R"j({"type":"phone","name":"phone"},{"type":"tw_phone","name":"tw_phone"},)j"
    R"j({"type":"email","name":"mail"},{"type":"ubn","name":"ubn"},{"type":"country","name":"land"},)j"
    R"j({"type":"name_zh","name":"zh"},{"type":"name_en","name":"en"},)j"
    R"j({"type":"person_name","name":"who"},{"type":"partial_date","name":"about"},)j"
    R"j({"type":"roc_date","name":"roc_day"},{"type":"end_group"},)j"
    R"j({"type":"calculate","name":"sum","calculation":"sum(${a}) + round(${d}, 1)"},)j"
    R"j({"type":"calculate","name":"words","calculation":"concat(${t}, join('-', ${w}), ${day})"},)j"
    R"j({"type":"calculate","name":"age","calculation":"age-on(${day}, today())"}],)j"
    R"j("choices":[{"list_name":"l","name":"a","label":"a"},{"list_name":"l","name":"b","label":"b"},)j"
    R"j({"list_name":"l","name":"c","label":"c"}]},)j"
    R"j("documents":{"rules":{"P":{"types":["image/jpeg"],"ext":["jpg"],"max_bytes":1000}},)j"
    R"j("slots":{"photo":{"rule":"P","max_files":2}}},"workflow":{},)j"
    R"j("fees":{"currency":"TWD","rows":[{"code":"A","when":"${i} > 3","amount":"${d} * 2"},)j"
    R"j({"code":"B","when":"true()","amount":"7"}]},"texts":{}})j";

inline const Package& sample_package() {
  static const Package kPackage = [] {
    Result<Package> package = parse_package(bytes_of(kSampleForm));
    require(package.ok(), "the sample form is a package");
    return std::move(package).value();
  }();
  return kPackage;
}

// A form with these answers (JSON), or none.
inline Result<OpenForm> open_sample(std::string_view answers) {
  std::string options(kSampleOptions);
  if (!answers.empty()) options += ",\"answers\":" + std::string(answers);
  return open_form_on(sample_package(), options + "}");
}

// What is true of every open form: everything can be written, and a form opened on its own answers
// is in the same state.
inline void check_form(const OpenForm& form) {
  require(parse_json(state_json(*form.engine)).ok(), "a state is JSON");
  require(parse_json(check_json(*form.engine)).ok(), "a verdict is JSON");
  require(parse_json(fee_json(*form.engine)).ok(), "a fee is JSON");
  require(parse_json(answers_json(*form.engine)).ok(), "answers are JSON");
}

inline void check_reopening(const OpenForm& form) {
  const Result<OpenForm> again = open_sample(all_answers_json(*form.engine));
  require(again.ok(), "a form opens on its own answers");
  require(state_json(*again.value().engine) == state_json(*form.engine),
          "a form opened on its own answers is in the same state");
}

}  // namespace landfall::fuzzing

#endif  // LANDFALL_TESTS_FUZZ_SAMPLE_FORM_H_
