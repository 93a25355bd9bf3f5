// Secondary instances, and the instances of repeats that a form begins with.

#include "shared/form/data_tree.h"
#include "shared/xform/form_parts.h"

namespace landfall {
namespace {

// Recursion is bounded by the depth of the document.
Json json_of_element(const XmlElement& element) {
  Json json = Json::object({{"name", local_name(element.name)}});
  const std::string text = own_text(element);
  const auto below = child_elements(element);
  // White space between elements is layout.
  if (below.empty() && !text.empty()) json["text"] = text;
  if (!element.attributes.empty()) {
    Json attributes = Json::object();
    for (const auto& [name, value] : element.attributes) {
      if (name.rfind("xmlns", 0) != 0) attributes[std::string(local_name(name))] = value;
    }
    if (!attributes.empty()) json["attributes"] = std::move(attributes);
  }
  if (below.empty()) return json;
  Json children = Json::array();
  for (const XmlElement* child : below) children.push_back(json_of_element(*child));
  json["children"] = std::move(children);
  return json;
}

Json initial_of(const XForm& form, std::size_t index, const XmlElement& element);

Json initial_instances(const XForm& form, const XFormNode& node, const XmlElement& parent,
                       std::size_t index) {
  Json instances = Json::array();
  for (const XFormOccurrence& occurrence : node.occurrences) {
    if (occurrence.from_template) continue;
    for (const XmlElement& child : parent.children) {
      if (&child == occurrence.element) instances.push_back(initial_of(form, index, child));
    }
  }
  return instances;
}

// What stands in `element`, an occurrence of the node; null for nothing.
Json initial_of(const XForm& form, std::size_t index, const XmlElement& element) {
  const XFormNode& node = form.nodes[index];
  if (node.children.empty() && !node.is_repeat) {
    const std::string text = own_text(element);
    return text.empty() ? Json() : Json(text);
  }
  Json object = Json::object();
  for (const std::size_t child : node.children) {
    const XFormNode& below = form.nodes[child];
    if (below.bind.count("calculate") != 0) continue;
    if (below.is_repeat) {
      Json instances = initial_instances(form, below, element, child);
      if (!instances.empty()) object[below.name] = std::move(instances);
      continue;
    }
    const XmlElement* here = find_child(element, below.name);
    if (here != nullptr) object[below.name] = initial_of(form, child, *here);
  }
  return object;
}

// Only groups with repeats somewhere below; what stands outside of repeats is a row's default.
Json repeats_of(const XForm& form, std::size_t index) {
  Json object = Json::object();
  for (const std::size_t child : form.nodes[index].children) {
    const XFormNode& below = form.nodes[child];
    Json part;
    if (below.is_repeat) {
      part = initial_instances(form, below, *form.nodes[index].occurrences.front().element, child);
    } else if (!below.children.empty()) {
      part = repeats_of(form, child);
    }
    if (!part.empty()) object[below.name] = std::move(part);
  }
  return object;
}

}  // namespace

void convert_instances(FormParts& parts) {
  for (const XmlElement* instance : parts.form.instances) {
    const std::string id(attribute_or_empty(*instance, "id"));
    const auto tops = child_elements(*instance);
    const std::string_view source = attribute_or_empty(*instance, "src");
    if (!source.empty()) parts.problems.note("external_data", place_of(*instance), id, source);
    if (id.empty() || tops.empty()) continue;
    if (parts.instances.find(id) != nullptr) {
      parts.problems.note("duplicate_instance", place_of(*instance), id);
      continue;
    }
    parts.instances[id] = json_of_element(*tops.front());
  }
}

void convert_initial(FormParts& parts) { parts.initial = repeats_of(parts.form, 0); }

}  // namespace landfall
