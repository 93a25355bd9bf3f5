// Forms: opening, answering, checking. Each call is one of shared/form/state_json.h.

#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/form/state_json.h"
#include "wasm/bridge/open_forms.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

HandleTable<OpenForm>& forms() {
  static HandleTable<OpenForm> table;
  return table;
}

FormStatus status_of(const Verdict& verdict) {
  switch (verdict.status) {
    case VerdictStatus::incomplete:
      return FormStatus::incomplete;
    case VerdictStatus::complete:
      return FormStatus::complete;
    case VerdictStatus::with_warnings:
      return FormStatus::with_warnings;
  }
  return FormStatus::incomplete;
}

FormOutcome outcome_of(const Engine& engine) {
  Verdict verdict = engine.verdict();
  const std::optional<Fee> fee = engine.fee();
  const FormStatus status = status_of(verdict);
  return FormOutcome{status, std::move(verdict.findings), answers_json(engine),
                     fee ? fee->fee_code : std::string()};
}

// Answers with what `write` says of the form behind `handle`.
Handle answer_from(Handle handle, std::string (*write)(const Engine&)) {
  const OpenForm* form = forms().find(handle);
  if (form == nullptr) return answer_unknown_handle();
  return answer(Result<std::string>(write(*form->engine)));
}

}  // namespace

std::optional<FormOutcome> form_outcome(Handle form) {
  const OpenForm* found = forms().find(form);
  if (found == nullptr) return std::nullopt;
  return outcome_of(*found->engine);
}

Result<FormOutcome> outcome_of_answers(Handle form, std::string_view answers,
                                       std::string_view as_of, std::string_view time_zone) {
  const OpenForm* found = forms().find(form);
  if (found == nullptr) return Error{ErrorCode::handle_unknown};
  Result<Json> parsed = parse_json(answers);
  if (!parsed.ok()) return parsed.error();
  const Result<std::string> options = write_canonical_json(
      {{"as_of", as_of}, {"time_zone", time_zone}, {"answers", std::move(parsed).value()}});
  if (!options.ok()) return options.error();
  const Result<OpenForm> again = open_form_on(*found->package, options.value());
  if (!again.ok()) return again.error();
  return outcome_of(*again.value().engine);
}

extern "C" {

Handle lf_form_open(const std::uint8_t* package, std::uint32_t package_size,
                    const std::uint8_t* options, std::uint32_t options_size) {
  Result<OpenForm> opened =
      open_form(bytes_at(package, package_size), text_at(options, options_size));
  if (!opened.ok()) return answer(opened.error());
  const Handle handle = forms().add(std::move(opened).value());
  const OpenForm& form = *forms().find(handle);
  std::string json = "{\"form\":" + std::to_string(handle);
  json += ",\"description\":" + description_json(*form.package);
  if (!form.migration.empty()) json += ",\"migration\":" + form.migration;
  json += ",\"state\":" + state_json(*form.engine) + "}";
  return answer(Result<std::string>(std::move(json)));
}

Handle lf_form_set(Handle form, const std::uint8_t* change, std::uint32_t size) {
  const OpenForm* found = forms().find(form);
  if (found == nullptr) return answer_unknown_handle();
  return answer(set_json(*found->engine, text_at(change, size)));
}

Handle lf_form_state(Handle form) { return answer_from(form, state_json); }

Handle lf_form_answers(Handle form) { return answer_from(form, answers_json); }

Handle lf_form_all_answers(Handle form) { return answer_from(form, all_answers_json); }

Handle lf_form_check(Handle form) { return answer_from(form, check_json); }

Handle lf_form_fee(Handle form) { return answer_from(form, fee_json); }

void lf_form_free(Handle form) { forms().take(form); }

Handle lf_check(const std::uint8_t* request, std::uint32_t size) {
  return answer(check_value_json(text_at(request, size)));
}

}  // extern "C"

}  // namespace landfall::bridge
