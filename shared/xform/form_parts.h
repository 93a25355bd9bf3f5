// FormParts: the package parts that an XForm's conversion fills, step by step.

#ifndef LANDFALL_SHARED_XFORM_FORM_PARTS_H_
#define LANDFALL_SHARED_XFORM_FORM_PARTS_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/xform/problem.h"
#include "shared/xform/texts.h"
#include "shared/xform/xform.h"

namespace landfall {

struct FormParts {
  FormParts(XForm& its_form, FormTexts& its_texts, XFormProblems& its_problems)
      : form(its_form), texts(its_texts), problems(its_problems) {}

  std::string form_id;  // instead of the form's own, or empty
  XForm& form;
  FormTexts& texts;
  XFormProblems& problems;
  Json survey = Json::array();
  std::vector<std::size_t> survey_nodes;  // of each row, the node it was made from
  Json choices = Json::array();
  std::vector<std::uint32_t> choice_lines;  // of each choice
  Json instances = Json::object();
  Json initial = Json::object();
  Json actions = Json::array();
  std::vector<std::uint32_t> action_lines;  // of each action
  Json rules = Json::object();              // of documents.json
  Json slots = Json::object();
  std::map<std::string, std::string> lists;  // by what they were made of, their names
  std::set<std::string> list_names;
  std::map<std::string, TextOutputs> list_outputs;  // by list, what its labels quote
};

// The path of a node in a package: without the root, "group/name".
[[nodiscard]] std::string package_path(std::string_view path);

// An attribute that is an expression, trimmed; empty when it is not there. Refuses what cannot be
// parsed or calls what does not exist.
[[nodiscard]] std::string checked_expression(FormParts& parts, const XFormNode& node,
                                             std::string_view attribute);
// The same for an expression from elsewhere; false when it was refused.
bool check_expression(FormParts& parts, const XFormPlace& place, std::string_view where,
                      std::string_view expression);

// Adds what texts of the node quote to `row`.
void put_outputs(FormParts& parts, const XFormNode& node, const TextOutputs& outputs, Json& row);

// Adds a choice, made from the element at `line`, to the choices sheet.
void add_choice(FormParts& parts, const std::string& list, std::string_view value, Json row,
                std::uint32_t line);

// A name for a list of choices, `wanted` where no other list has it.
[[nodiscard]] std::string new_list_name(FormParts& parts, const std::string& wanted);

// The steps, in this order.
void convert_instances(FormParts& parts);  // secondary instances
void convert_nodes(FormParts& parts);      // survey, choices, slots
void convert_initial(FormParts& parts);    // instances of repeats that the form begins with
void convert_actions(FormParts& parts);

// Makes the row of an input that is calculated as jr:itext(instance('list')/root/item[…]/itextId),
// the words of a choice, a select_one of that choice, whose words the page shows in the person's
// language; false, and nothing done, for any other.
[[nodiscard]] bool convert_choice_text(FormParts& parts, const XFormNode& node, Json& row);

// Adds the choices of a select to `row`: its list, and the filter.
void convert_choices(FormParts& parts, const XFormNode& node, std::string_view type, Json& row);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XFORM_FORM_PARTS_H_
