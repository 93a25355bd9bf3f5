#include <array>
#include <string>

#include "shared/codec/json.h"
#include "shared/identity/mrz_name.h"
#include "shared/identity/person_name.h"
#include "shared/text/normalization.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

constexpr std::size_t kPassportNameField = 39;

// The members of `name` that are there, in this order, with spaces between.
template <std::size_t kCount>
std::string joined(const Json& name, const std::array<std::string_view, kCount>& members) {
  std::string text;
  for (const std::string_view member : members) {
    const std::string_view part = text_of_row(name, member);
    if (part.empty()) continue;
    if (!text.empty()) text.push_back(' ');
    text += part;
  }
  return text;
}

bool is_mrz_text(std::string_view field) {
  return field.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ<") == std::string_view::npos;
}

}  // namespace

// A name as people have it must be accepted in its own script, stored in form C, and written into a
// passport's name field that is recognised as this name again; a person with one name has no
// separator there. Titles, generations and credentials are no part of the name.
Outcome run_names(const Row& row) {
  const Json* name = find_member(row.row, "name");
  if (name == nullptr) return {false, "row without a name"};
  const std::string given = joined(*name, std::array<std::string_view, 2>{"given", "given2"});
  const std::string surname = joined(
      *name,
      std::array<std::string_view, 4>{"surname-prefix", "surname-core", "surname", "surname2"});
  const bool is_single = surname.empty();
  const std::string whole = is_single ? given : given + " " + surname;

  const CheckOutcome outcome = check_person_name(whole);
  const std::string field =
      format_mrz_name(is_single ? given : surname, is_single ? "" : given, kPassportNameField);
  bool passed = outcome.is_acceptable() && is_nfc(outcome.normalised) && is_mrz_text(field) &&
                field.size() == kPassportNameField;
  const bool is_latin = field[0] != '<';
  if (is_latin) {
    passed = passed && is_mrz_name_of(field, is_single ? given : surname, is_single ? "" : given);
    if (is_single) passed = passed && parse_mrz_name(field).secondary.empty();
  }
  const std::string refusal = outcome.findings.empty() ? "" : " " + outcome.findings[0].code;
  return {passed, outcome.normalised + refusal + " " + field};
}

}  // namespace landfall::conformance
