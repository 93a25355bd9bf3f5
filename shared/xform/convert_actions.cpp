// setvalue elements become actions.

#include <algorithm>

#include "shared/xform/form_parts.h"
#include "shared/xform/paths.h"

namespace landfall {
namespace {

struct EventName {
  std::string_view written;
  std::string_view event;
};

// The last two are what JavaRosa called them before the specification did.
constexpr EventName kEvents[] = {{"odk-instance-first-load", "odk-instance-first-load"},
                                 {"odk-instance-load", "odk-instance-load"},
                                 {"odk-new-repeat", "odk-new-repeat"},
                                 {"xforms-value-changed", "xforms-value-changed"},
                                 {"xforms-ready", "odk-instance-first-load"},
                                 {"jr-insert", "odk-new-repeat"}};

class ActionConverter {
 public:
  ActionConverter(FormParts& parts, const XFormAction& action) : parts_(parts), action_(action) {}

  void run() {
    const XmlElement& element = *action_.element;
    if (local_name(element.name) != "setvalue") {
      parts_.problems.note("unsupported_element", place_of(element), action_.context);
      return;
    }
    const std::string_view ref = attribute_or_empty(element, "ref");
    const std::string_view value = without_outer_space(attribute_or_empty(element, "value"));
    target_ = absolute_path(ref, action_.context).value_or(std::string(without_outer_space(ref)));
    if (target_.empty()) return parts_.problems.refuse("bad_expression", place_of(element), "ref");
    value_ = std::string(value);
    const std::string text = own_text(element);
    if (value_.empty() && !text.empty()) value_ = literal_of(text);
    if (!check_expression(parts_, place_of(element), target_, target_)) return;
    if (!value_.empty() && !check_expression(parts_, place_of(element), target_, value_)) return;
    std::string_view events = attribute_or_empty(element, "event");
    while (!without_outer_space(events).empty()) {
      events = without_outer_space(events);
      const std::size_t end = std::min(events.find_first_of(" \t\r\n"), events.size());
      add(events.substr(0, end));
      events.remove_prefix(end);
    }
  }

 private:
  void add(std::string_view written) {
    const auto known = std::find_if(std::begin(kEvents), std::end(kEvents),
                                    [written](const EventName& e) { return e.written == written; });
    const XmlElement& element = *action_.element;
    if (known == std::end(kEvents)) {
      return parts_.problems.refuse("bad_event", place_of(element), target_, written);
    }
    std::string on;
    if (known->event == "odk-new-repeat") {
      if (action_.repeat.empty()) {
        return parts_.problems.refuse("bad_event", place_of(element), target_, written);
      }
      on = action_.repeat;
    } else if (known->event == "xforms-value-changed") {
      if (action_.control.empty()) {
        return parts_.problems.note("event_never_fires", place_of(element), target_, written);
      }
      on = action_.control;
    } else {
      on = action_.control.empty() ? action_.repeat : action_.control;
    }
    Json row = Json::object({{"event", known->event}, {"target", target_}});
    if (!on.empty()) row["on"] = package_path(on);
    if (!value_.empty()) row["value"] = value_;
    parts_.actions.push_back(std::move(row));
    parts_.action_lines.push_back(element.line);
  }

  FormParts& parts_;
  const XFormAction& action_;
  std::string target_;
  std::string value_;
};

}  // namespace

void convert_actions(FormParts& parts) {
  for (const XFormAction& action : parts.form.actions) ActionConverter(parts, action).run();
}

}  // namespace landfall
