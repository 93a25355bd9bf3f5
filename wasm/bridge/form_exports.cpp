// Forms: opening, answering, checking. Each call is one of shared/form/state_json.h.

#include <utility>

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

// Answers with what `write` says of the form behind `handle`.
Handle answer_from(Handle handle, std::string (*write)(const Engine&)) {
  const OpenForm* form = forms().find(handle);
  if (form == nullptr) return answer_unknown_handle();
  return answer(std::string_view(write(*form->engine)));
}

}  // namespace

std::optional<FormOutcome> form_outcome(Handle form) {
  const OpenForm* found = forms().find(form);
  if (found == nullptr) return std::nullopt;
  Verdict verdict = found->engine->verdict();
  const std::optional<Fee> fee = found->engine->fee();
  const FormStatus status = status_of(verdict);
  return FormOutcome{status, std::move(verdict.findings), answers_json(*found->engine),
                     fee ? fee->fee_code : std::string()};
}

extern "C" {

Handle lf_form_open(const std::uint8_t* package, std::uint32_t package_size,
                    const std::uint8_t* options, std::uint32_t options_size) {
  Result<OpenForm> opened =
      open_form(bytes_at(package, package_size), text_at(options, options_size));
  if (!opened.ok()) return answer(opened.error());
  const std::string description = description_json(*opened.value().package);
  const std::string state = state_json(*opened.value().engine);
  const Handle form = forms().add(std::move(opened).value());
  const std::string json = "{\"form\":" + std::to_string(form) + ",\"description\":" + description +
                           ",\"state\":" + state + "}";
  return answer(std::string_view(json));
}

Handle lf_form_set(Handle form, const std::uint8_t* change, std::uint32_t size) {
  const OpenForm* found = forms().find(form);
  if (found == nullptr) return answer_unknown_handle();
  return answer(set_json(*found->engine, text_at(change, size)));
}

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
