#include "shared/form/state_json.h"

#include <utility>

#include "shared/base/invariant.h"
#include "shared/codec/canonical_json.h"
#include "shared/codec/json.h"
#include "shared/codec/json_text.h"
#include "shared/form/answers.h"
#include "shared/form/attachment.h"
#include "shared/form/attachment_json.h"
#include "shared/form/engine_impl.h"
#include "shared/form/migration.h"
#include "shared/form/state_writer.h"
#include "shared/functions/identity.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::change_malformed, 0};

// Bytes: a node or two and their findings.
constexpr std::size_t kUsualDifference = 512;

// Everything written here was read as UTF-8 with finite numbers before.
std::string written(const Json& json) {
  Result<std::string> text = write_canonical_json(json);
  require(text.ok(), "engine state is writable JSON");
  return std::move(text).value();
}

Result<EngineOptions> read_options(const Json& options) {
  EngineOptions read;
  const Result<std::string_view> as_of = member_text(options, "as_of");
  if (!as_of.ok()) return Error{ErrorCode::options_malformed, 0};
  read.as_of = std::string(as_of.value());
  read.time_zone = std::string(member_text_or(options, "time_zone", read.time_zone));
  read.seed = std::string(member_text_or(options, "seed", ""));
  const Json* answers = find_member(options, "answers");
  // Nobody has answered yet: the form begins.
  read.defaults =
      answers == nullptr || answers->is_null() || (answers->is_object() && answers->empty());
  return read;
}

Result<Done> apply_change(Engine::Impl& engine, const Json& change) {
  if (find_member(change, "as_of") != nullptr) {
    return engine.set_as_of(member_text_or(change, "as_of", ""));
  }
  const Result<std::string_view> path = member_text(change, "path");
  if (!path.ok()) return kMalformed;
  if (member_bool_or(change, "add", false)) return engine.add_instance_at(path.value());
  if (member_bool_or(change, "remove", false)) return engine.remove_instance_at(path.value());
  const Json* value = find_member(change, "value");
  if (value == nullptr) return kMalformed;
  Result<Answer> answer = answer_of_json(*value);
  if (!answer.ok()) return answer.error();
  return engine.set(path.value(), std::move(answer).value());
}

Result<CheckContext> read_check_context(const Json& request) {
  CheckContext context;
  const std::string_view as_of = member_text_or(request, "as_of", "");
  if (!as_of.empty()) {
    const Result<Date> date = parse_date(as_of);
    if (!date.ok()) return kMalformed;
    context.as_of = date.value();
  }
  const Json* params = find_member(request, "params");
  if (params == nullptr) return context;
  if (!params->is_object()) return kMalformed;
  context.country = std::string(member_text_or(*params, "country", ""));
  context.region = std::string(member_text_or(*params, "region", ""));
  context.calling_code = std::string(member_text_or(*params, "calling_code", ""));
  context.email_policy = std::string(member_text_or(*params, "email_policy", ""));
  context.single_name = member_bool_or(*params, "single_name", false) ||
                        member_text_or(*params, "single_name", "") == "true";
  return context;
}

Result<std::optional<std::uint32_t>> read_side(const Json& request, std::string_view member) {
  if (find_member(request, member) == nullptr) return std::optional<std::uint32_t>();
  const Result<std::int64_t> side = member_integer(request, member);
  if (!side.ok() || side.value() < 0 || side.value() > 1000000) return kMalformed;
  return std::optional<std::uint32_t>(static_cast<std::uint32_t>(side.value()));
}

}  // namespace

Result<OpenForm> open_form_on(const Package& package, std::string_view options_json,
                              Tracer* tracer) {
  const Result<Json> options = parse_json(options_json);
  if (!options.ok()) return options.error();
  Result<EngineOptions> read = read_options(options.value());
  if (!read.ok()) return read.error();
  read.value().tracer = tracer;
  Result<std::unique_ptr<Engine>> engine = Engine::open(package, read.value());
  if (!engine.ok()) return engine.error();
  OpenForm form;
  form.engine = std::move(engine).value();
  const Json* answers = find_member(options.value(), "answers");
  if (answers == nullptr || answers->is_null()) return form;
  const std::string_view version =
      member_text_or(options.value(), "answers_version", package.version);
  MigratedAnswers migrated;
  if (version != package.version) {
    Result<MigratedAnswers> carried = migrate_answers(*answers, version, package);
    if (!carried.ok()) return carried.error();
    migrated = std::move(carried).value();
    form.migration = steps_json(migrated.steps);
    answers = &migrated.answers;
  }
  const Result<Done> restored = restore_answers(*form.engine, *answers);
  if (!restored.ok()) return restored.error();
  return form;
}

Result<OpenForm> open_form(ByteView package_bytes, std::string_view options_json, Tracer* tracer) {
  Result<Package> parsed = parse_package(package_bytes);
  if (!parsed.ok()) return parsed.error();
  auto package = std::make_unique<const Package>(std::move(parsed).value());
  Result<OpenForm> form = open_form_on(*package, options_json, tracer);
  if (!form.ok()) return form.error();
  form.value().package = std::move(package);
  return form;
}

std::string state_json(const Engine& engine) {
  const Engine::Impl& impl = engine.impl();
  std::string text = "{\"nodes\":";
  char separator = '[';
  impl.tree().for_each([&](NodeId node) {
    if (node == FormTree::kRoot) return;
    text += separator;
    separator = ',';
    append_state(text, impl, node);
  });
  return text + (separator == '[' ? "[]}" : "]}");
}

Result<std::string> set_json(Engine& engine, std::string_view change_json) {
  const Result<Json> change = parse_json(change_json);
  if (!change.ok()) return change.error();
  Engine::Impl& impl = engine.impl();
  const Result<Done> applied = apply_change(impl, change.value());
  if (!applied.ok()) return applied.error();
  std::string text;
  text.reserve(kUsualDifference);
  text += "{\"changes\":[";
  for (const NodeId node : impl.changes()) {
    if (text.back() != '[') text += ',';
    append_state(text, impl, node);
  }
  impl.forget_changes();
  return text + "]}";
}

std::string answers_json(const Engine& engine) { return written(canonical_answers(engine)); }

std::string all_answers_json(const Engine& engine) { return written(all_answers(engine)); }

std::string check_json(const Engine& engine) {
  const Verdict verdict = engine.verdict();
  constexpr std::string_view kStatus[] = {"incomplete", "complete", "with_warnings"};
  std::string text = "{\"findings\":";
  append_findings(text, verdict.findings, true);
  text += ",\"status\":\"";
  text += kStatus[static_cast<std::size_t>(verdict.status)];
  return text + "\"}";
}

std::string fee_json(const Engine& engine) {
  const std::optional<Fee> fee = engine.fee();
  if (!fee)
    return written(Json::object({{"amount", nullptr}, {"currency", nullptr}, {"fee_code", ""}}));
  return written(Json::object(
      {{"amount", fee->amount}, {"currency", fee->currency}, {"fee_code", fee->fee_code}}));
}

Result<std::string> check_value_json(std::string_view request_json) {
  const Result<Json> request = parse_json(request_json);
  if (!request.ok()) return request.error();
  const Result<std::string_view> type = member_text(request.value(), "type");
  const Result<std::string_view> value = member_text(request.value(), "value");
  if (!type.ok() || !value.ok()) return kMalformed;
  const Result<CheckContext> context = read_check_context(request.value());
  if (!context.ok()) return context.error();
  const Result<CheckOutcome> outcome = check_identity(type.value(), value.value(), context.value());
  if (!outcome.ok()) return outcome.error();
  std::string text = "{\"findings\":";
  append_findings(text, outcome.value().findings, false);
  if (!outcome.value().normalised.empty()) {
    text += ",\"normalised\":";
    append_json_string(text, outcome.value().normalised);
  }
  return text + "}";
}

Result<std::string> check_attachment_json(std::string_view request_json, ByteView head,
                                          ByteView tail) {
  const Result<Json> request = parse_json(request_json);
  if (!request.ok()) return request.error();
  const Result<const Json*> rule_json = member_object(request.value(), "rule");
  const Result<std::string_view> name = member_text(request.value(), "name");
  const Result<std::int64_t> size = member_integer(request.value(), "size");
  if (!rule_json.ok() || !name.ok() || !size.ok() || size.value() < 0) return kMalformed;
  const Result<AttachmentRule> rule = attachment_rule_of_json(*rule_json.value());
  if (!rule.ok()) return kMalformed;
  const auto width = read_side(request.value(), "width");
  const auto height = read_side(request.value(), "height");
  if (!width.ok() || !height.ok()) return kMalformed;
  const AttachmentFacts facts{name.value(),  static_cast<std::uint64_t>(size.value()),
                              width.value(), height.value(),
                              head,          tail};
  const AttachmentVerdict verdict = check_attachment(rule.value(), facts);
  std::string text = "{\"findings\":";
  append_findings(text, verdict.findings, false);
  text += ",\"media_type\":";
  append_json_string(text, verdict.media_type);
  return text + "}";
}

}  // namespace landfall
