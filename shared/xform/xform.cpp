#include "shared/xform/xform.h"

#include <algorithm>
#include <optional>
#include <span>

#include "shared/form/limits.h"
#include "shared/xform/paths.h"

namespace landfall {
namespace {

constexpr std::string_view kQuestionElements[] = {"input",  "select", "select1", "rank",
                                                  "upload", "range",  "trigger", "secret"};
// Parts of controls, read with the control they belong to.
constexpr std::string_view kParts[] = {"label", "hint",   "help",     "item", "itemset",
                                       "value", "output", "filename", "alert"};

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_action(std::string_view local) {
  return local == "setvalue" || local == "setgeopoint" || local == "recordaudio";
}

class XFormReader {
 public:
  XFormReader(XForm& form, XFormProblems& problems, bool refuses_stray_controls)
      : form_(form), problems_(problems), refuses_stray_controls_(refuses_stray_controls) {}

  void run(const XmlElement& document) {
    if (!is_within_xml_limits(document))
      return problems_.refuse("too_large", place_of(document), "/");
    find_parts(document);
    if (form_.model == nullptr) return problems_.refuse("no_model", place_of(document), "/");
    if (form_.body == nullptr) return problems_.refuse("no_body", place_of(document), "/");
    find_instances();
    if (form_.root == nullptr) return problems_.refuse("no_instance", place_of(*form_.model), "/");
    const std::string root = "/" + std::string(local_name(form_.root->name));
    find_repeats(*form_.body, root);
    add_node({{form_.root, false}}, root, 0, false);
    for (const XmlElement* child : child_elements(*form_.model)) read_model_part(*child, root);
    read_body(*form_.body, {root, "", ""});
  }

 private:
  // Where in the body an element stands.
  struct Place {
    std::string context;
    std::string control;
    std::string repeat;
  };

  void find_parts(const XmlElement& document) {
    form_.body = find_child(document, "body");
    const XmlElement* head = find_child(document, "head");
    if (head == nullptr) return;
    form_.model = find_child(*head, "model");
    const XmlElement* title = find_child(*head, "title");
    if (title != nullptr) form_.title = std::string(without_outer_space(own_text(*title)));
  }

  void find_instances() {
    bool is_first = true;
    for (const XmlElement* child : child_elements(*form_.model)) {
      if (local_name(child->name) != "instance") continue;
      if (!is_first) {
        form_.instances.push_back(child);
        continue;
      }
      is_first = false;
      const auto tops = child_elements(*child);
      if (!tops.empty()) form_.root = tops.front();
    }
  }

  [[nodiscard]] std::optional<std::string> reference_of(const XmlElement& element,
                                                        const std::string& context) const {
    for (const char* attribute : {"ref", "nodeset"}) {
      const std::string* path = find_attribute(element, attribute);
      if (path != nullptr) return absolute_path(*path, context);
    }
    const std::string* bind = find_attribute(element, "bind");
    if (bind == nullptr) return std::nullopt;
    for (const XmlElement* child : child_elements(*form_.model)) {
      if (local_name(child->name) == "bind" && attribute_or_empty(*child, "id") == *bind) {
        return absolute_path(attribute_or_empty(*child, "nodeset"), context);
      }
    }
    return std::nullopt;
  }

  // Repeats are known from the body alone, and the instance cannot be read without them.
  void find_repeats(const XmlElement& element, const std::string& context) {
    for (const XmlElement* child : child_elements(element)) {
      const std::string_view local = local_name(child->name);
      if (local != "group" && local != "repeat") continue;
      const std::string path = reference_of(*child, context).value_or(context);
      if (local == "repeat" && path != context_root(path)) repeats_.emplace(path, child);
      find_repeats(*child, path);
    }
  }

  [[nodiscard]] static std::string context_root(const std::string& path) {
    return path.substr(0, path.find('/', 1));
  }

  // Adds the node that `occurrences` are of, and all below it.
  void add_node(std::vector<XFormOccurrence> occurrences, const std::string& path,
                std::size_t parent, bool is_in_repeat) {
    const XmlElement& first = *occurrences.front().element;
    if (form_.nodes.size() > kMaxNodes) return problems_.refuse("too_large", place_of(first), path);
    const std::size_t index = form_.nodes.size();
    XFormNode node;
    node.name = std::string(local_name(first.name));
    node.path = path;
    node.parent = parent;
    const auto repeat = repeats_.find(path);
    node.is_repeat = repeat != repeats_.end();
    node.is_in_repeat = is_in_repeat || node.is_repeat;
    if (node.is_repeat) {
      node.repeat = repeat->second;
      for (XFormOccurrence& one : occurrences) {
        if (find_attribute(*one.element, "template") != nullptr) one.from_template = true;
      }
    }
    node.occurrences = std::move(occurrences);
    form_.nodes.push_back(std::move(node));
    form_.node_by_path.emplace(path, index);
    if (index != 0) form_.nodes[parent].children.push_back(index);
    add_children(index);
  }

  void add_children(std::size_t index) {
    std::vector<std::string> order;
    std::map<std::string, std::vector<XFormOccurrence>> by_name;
    const std::string path = form_.nodes[index].path;
    for (const XFormOccurrence& above : form_.nodes[index].occurrences) {
      std::vector<std::string> here;
      for (const XmlElement* child : child_elements(*above.element)) {
        const std::string name(local_name(child->name));
        const bool again = std::find(here.begin(), here.end(), name) != here.end();
        if (again && repeats_.count(path + "/" + name) == 0) {
          problems_.refuse("duplicate_node", place_of(*child), path + "/" + name);
          continue;
        }
        here.push_back(name);
        if (by_name.count(name) == 0) order.push_back(name);
        by_name[name].push_back({child, above.from_template});
      }
    }
    const bool is_in_repeat = form_.nodes[index].is_in_repeat;
    for (const std::string& name : order) {
      add_node(std::move(by_name[name]), path + "/" + name, index, is_in_repeat);
    }
  }

  void read_model_part(const XmlElement& part, const std::string& root) {
    const std::string_view local = local_name(part.name);
    if (local == "bind") {
      read_bind(part, root);
    } else if (local == "submission") {
      const std::string_view method = attribute_or_empty(part, "method");
      if (!method.empty() && method != "post" && method != "form-data-post") {
        problems_.refuse("bad_submission", place_of(part), "model", method);
      }
    } else if (is_action(local)) {
      form_.actions.push_back({&part, "", "", ""});
    } else if (local != "instance" && local != "itext") {
      problems_.note("unsupported_element", place_of(part), "model");
    }
  }

  // Binds may stand in one another; the inner nodeset starts at the outer one.
  void read_bind(const XmlElement& bind, const std::string& context) {
    const std::string_view nodeset = attribute_or_empty(bind, "nodeset");
    const std::optional<std::string> path = absolute_path(nodeset, context);
    XFormNode* node = path ? form_.find(*path) : nullptr;
    if (node == nullptr) return report_stray_bind(bind, nodeset);
    node->bind_line = bind.line;
    for (const auto& [name, value] : bind.attributes) {
      const std::string local(local_name(name));
      const auto [known, is_new] = node->bind.emplace(local, value);
      if (!is_new && known->second != value && local != "nodeset" && local != "id") {
        problems_.note("second_bind", place_of(bind), node->path, local);
      }
      known->second = value;
    }
    for (const XmlElement* inner : child_elements(bind)) {
      if (local_name(inner->name) == "bind") read_bind(*inner, *path);
    }
  }

  // A rule that guards nothing is a mistake somewhere; a type alone changes no form. Attributes of
  // the instance are left out, and so is what binds them.
  void report_stray_bind(const XmlElement& bind, std::string_view nodeset) {
    constexpr std::string_view kHarmless[] = {"nodeset", "id", "type"};
    const bool has_rule = std::any_of(
        bind.attributes.begin(), bind.attributes.end(),
        [&](const auto& attribute) { return !is_one_of(local_name(attribute.first), kHarmless); });
    const std::size_t step = nodeset.rfind('/');
    if (step != std::string_view::npos && nodeset.substr(step, 2) == "/@") {
      problems_.note("unsupported_attribute", place_of(bind), nodeset);
    } else if (has_rule || !child_elements(bind).empty()) {
      problems_.refuse("unknown_node", place_of(bind), nodeset);
    } else {
      problems_.note("unbound_type", place_of(bind), nodeset);
    }
  }

  void read_body(const XmlElement& element, const Place& place) {
    for (const XmlElement* child : child_elements(element)) read_body_part(*child, place);
  }

  void read_body_part(const XmlElement& part, const Place& place) {
    const std::string_view local = local_name(part.name);
    if (is_one_of(local, kParts)) return;
    if (is_action(local)) {
      form_.actions.push_back({&part, place.context, place.control, place.repeat});
      return;
    }
    if (local == "group" || local == "repeat") return read_group(part, local, place);
    if (!is_one_of(local, kQuestionElements)) {
      problems_.note("unsupported_element", place_of(part), place.context);
      return;
    }
    const std::optional<std::string> path = reference_of(part, place.context);
    XFormNode* node = path ? form_.find(*path) : nullptr;
    if (node == nullptr) return refuse_unknown(part);
    if (node->control != nullptr) problems_.note("second_control", place_of(part), *path);
    if (node->control == nullptr) node->control = &part;
    read_body(part, {*path, *path, place.repeat});
  }

  // A control without its node asks nothing, and a group without it hides nothing.
  void refuse_unknown(const XmlElement& part) {
    std::string_view named;
    for (const char* attribute : {"bind", "nodeset", "ref"}) {
      const std::string* value = find_attribute(part, attribute);
      if (value != nullptr) named = *value;
    }
    if (refuses_stray_controls_) {
      problems_.refuse("unknown_node", place_of(part), named);
    } else {
      problems_.note("unknown_node", place_of(part), named);
    }
  }

  void read_group(const XmlElement& part, std::string_view local, const Place& place) {
    const std::optional<std::string> path = reference_of(part, place.context);
    XFormNode* node = path ? form_.find(*path) : nullptr;
    const bool names_node = find_attribute(part, "ref") != nullptr ||
                            find_attribute(part, "nodeset") != nullptr ||
                            find_attribute(part, "bind") != nullptr;
    if (node == nullptr && names_node) return refuse_unknown(part);
    if (node == nullptr) {
      if (find_child(part, "label") != nullptr) {
        problems_.note("unlabelled_group", place_of(part), place.context);
      }
      return read_body(part, place);
    }
    if (local == "group" && node->control == nullptr) node->control = &part;
    read_body(part, {*path, "", local == "repeat" ? *path : place.repeat});
  }

  XForm& form_;
  XFormProblems& problems_;
  bool refuses_stray_controls_;
  std::map<std::string, const XmlElement*> repeats_;
};

}  // namespace

XFormPlace bind_place(const XFormNode& node) { return {"bind", node.bind_line}; }

XFormPlace instance_place(const XFormNode& node) {
  return {node.name, node.occurrences.front().element->line};
}

XFormNode* XForm::find(std::string_view path) {
  const auto found = node_by_path.find(path);
  return found == node_by_path.end() ? nullptr : &nodes[found->second];
}

XForm read_xform(const XmlElement& document, XFormProblems& problems, bool refuses_stray_controls) {
  XForm form;
  XFormReader(form, problems, refuses_stray_controls).run(document);
  return form;
}

}  // namespace landfall
