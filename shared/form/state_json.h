// The engine as JSON in and JSON out: what the wasm bridge, the server and the command line
// forward.

#ifndef LANDFALL_SHARED_FORM_STATE_JSON_H_
#define LANDFALL_SHARED_FORM_STATE_JSON_H_

#include <memory>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/form/engine.h"
#include "shared/form/package.h"

namespace landfall {

// An open form: the package and the engine that runs on it, kept together because the engine
// points into the package. Movable; the addresses inside stay.
struct OpenForm {
  std::unique_ptr<const Package> package;
  std::unique_ptr<Engine> engine;
  std::string migration;  // steps_json() of shared/form/migration.h; empty without one
};

// Opens a form on the published package `package_bytes`.
//
// `options_json`: {"as_of":"YYYY-MM-DD", "time_zone":"Asia/Taipei", "answers"?:{…},
// "answers_version"?:"1.0.0", "seed"?:"at most 32 bytes"}. Answers of another version of the
// form are carried over by its migration; without answers, or with none in them, the form begins
// with its defaults. `answers` is what all_answers_json() gave, or canonical answers, or flat
// {"name": value}; nested and flat names may be mixed. `tracer` must outlive the form.
//
// Errors:
//   package_malformed, package_expression, package_cycle, package_too_large   see parse_package()
//   json_*            either text is not JSON; offset into that text
//   options_malformed as_of or time_zone is missing or unknown, or the seed is too long
//   path_unknown      an answer belongs to no question; offset 0
[[nodiscard]] Result<OpenForm> open_form(ByteView package_bytes, std::string_view options_json,
                                         Tracer* tracer = nullptr);

// The same on a package that was parsed before and is shared by many forms: `package` must live
// longer than the result, whose own `package` stays null.
[[nodiscard]] Result<OpenForm> open_form_on(const Package& package, std::string_view options_json,
                                            Tracer* tracer = nullptr);

// The static half of a form: {form_id, version, title, hint?, default_language, locales:[…],
// nodes:[{path, name, type, kind, parent, label, hint?, guidance_hint?, appearance?, parameters?,
// list?, slot?, required_message?, constraint_message?, rules?:{code: text key}}],
// choices:{list:[{name, label, …}]}, documents:{…}}. The text of a finding is the node's
// rules[code], its constraint_message for the code "constraint", and otherwise "finding.<code>".
// Paths carry no positions ("members/name"); texts are keys. `kind` is question, note, group or
// repeat; top-level groups are the sections.
[[nodiscard]] std::string description_json(const Package& package);

// The whole state: {"nodes":[NodeState…]} in form order.
//
// NodeState: {path, relevant, required, readonly, value, findings:[{code, severity, params}],
// normalised?, choices?:[names], count?, calculated?:true, outputs?:{argument: text}}. `outputs` is
// what the arguments of the node's texts stand for. `value` is what was typed (JSON null
// when nothing was), also when it is not acceptable; `normalised` is the stored form when it
// differs. `choices` only where a choice_filter narrows the list; `count` only on repeats (paths of
// instances are "members[1]"); findings are empty while a node is not relevant. An empty required
// answer has the finding `required` from the start: the page decides when to show it.
[[nodiscard]] std::string state_json(const Engine& engine);

// Applies one change and answers {"changes":[NodeState…]}: only nodes that differ, in form order.
//
// `change_json` is {"path","value"} to answer, {"path","add":true} to add an instance to a repeat,
// {"path":"members[2]","remove":true} to remove one (later ones move up; every node of the repeat
// is reported again, anything beyond `count` is gone), {"as_of":"YYYY-MM-DD"} to move the date.
// Values: text, number, boolean, array of choice names, array of file objects, or null to clear. A
// number or a date may come as text; text that cannot be read is kept and found fault with.
//
// Errors:
//   json_*           offset into change_json
//   change_malformed neither of the shapes above, or a value of a shape no question takes
//   path_unknown     no such node
//   answer_readonly  the node is calculated, read-only, a note or a group
//   too_large        one answer above Limits::answer_bytes, or a repeat above its limit
[[nodiscard]] Result<std::string> set_json(Engine& engine, std::string_view change_json);

// Canonical answers (RFC 8785): nested by group, irrelevant and empty ones left out, identifiers
// normalised, unreadable text left out.
[[nodiscard]] std::string answers_json(const Engine& engine);

// Every typed answer, hidden and unacceptable ones included, in the same nesting: for the draft.
[[nodiscard]] std::string all_answers_json(const Engine& engine);

// {"status":"incomplete"|"complete"|"with_warnings", "findings":[{path, code, severity, params}]},
// findings in form order. incomplete: at least one error; with_warnings: only warnings.
[[nodiscard]] std::string check_json(const Engine& engine);

// {"amount", "currency", "fee_code"} on the engine's as_of date; amount and currency are null and
// fee_code is "" while the answers do not decide a fee yet.
[[nodiscard]] std::string fee_json(const Engine& engine);

// Checks one value alone: `request_json` {type, value, as_of, params?:{name: text}} →
// {"findings":[…], "normalised"?}.
//
// Errors: json_*, change_malformed (shape), identity_type_unknown.
[[nodiscard]] Result<std::string> check_value_json(std::string_view request_json);

// Checks one attachment: `request_json` {rule:{types, ext, max_bytes, …}, name, size, width?,
// height?}; `head` and `tail` are the file's first and last bytes (64 KiB each are enough; both the
// whole file when it is shorter) → {"findings":[…], "media_type"}.
//
// Errors: json_*, change_malformed (shape).
[[nodiscard]] Result<std::string> check_attachment_json(std::string_view request_json,
                                                        ByteView head, ByteView tail);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_STATE_JSON_H_
