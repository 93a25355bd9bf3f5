// The actions of a package: values that are set when something happens.

#include "shared/form/package_builder.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxActions = 5000;

std::optional<ActionEvent> event_of(std::string_view name) {
  if (name == "odk-instance-first-load") return ActionEvent::first_load;
  if (name == "odk-instance-load") return ActionEvent::load;
  if (name == "odk-new-repeat") return ActionEvent::new_repeat;
  if (name == "xforms-value-changed") return ActionEvent::value_changed;
  return std::nullopt;
}

}  // namespace

void PackageBuilder::read_actions(const Json& form) {
  const Json* actions = find_member(form, "actions");
  if (actions == nullptr) return;
  if (!actions->is_array() || actions->size() > kMaxActions) {
    report({"actions", 0, ""}, actions->is_array() ? "too_large" : "malformed");
    return;
  }
  std::uint32_t number = 0;
  for (const Json& row : *actions) read_action(row, ++number);
}

void PackageBuilder::read_action(const Json& row, std::uint32_t number) {
  Action action;
  const std::optional<ActionEvent> event = event_of(member_text_or(row, "event", ""));
  if (!event) {
    report({"actions", number, "event"}, "malformed");
    return;
  }
  action.event = *event;
  const std::string on(member_text_or(row, "on", ""));
  action.on = package_.node_by_path.find(on);
  const bool stands_alone =
      action.event == ActionEvent::first_load || action.event == ActionEvent::load;
  if (action.on == kNone && (!on.empty() || !stands_alone)) {
    report({"actions", number, "on"}, "unknown_name", on);
    return;
  }
  const std::uint32_t definition = action.on == kNone ? 0 : action.on;
  action.target = cell_expression(row, {"actions", number, "target"}, definition);
  // Where the value is evaluated is known only when the target is; its paths are not looked into.
  action.value = cell_expression(row, {"actions", number, "value"}, kNone);
  if (action.target == kNone) {
    report({"actions", number, "target"}, "missing_member");
    return;
  }
  package_.actions.push_back(action);
}

}  // namespace landfall
