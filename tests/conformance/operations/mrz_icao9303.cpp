#include <string>

#include "shared/codec/canonical_json.h"
#include "shared/identity/mrz.h"
#include "shared/identity/transliteration.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// Birth and expiry dates of the suite are judged as of this day.
constexpr Date kAsOf{2026, 11, 21};

std::string_view format_name(MrzFormat format) {
  switch (format) {
    case MrzFormat::td1:
      return "TD1";
    case MrzFormat::td2:
      return "TD2";
    case MrzFormat::td3:
      return "TD3";
    case MrzFormat::mrv_a:
      return "MRV-A";
    case MrzFormat::mrv_b:
      return "MRV-B";
  }
  return "";
}

std::string joined_lines(const Json& row) {
  std::string zone;
  for (const std::string& line : texts_of_row(row, "lines")) zone += line + "\n";
  return zone;
}

// What the suite compares of a zone, as far as the row has it.
Json facts_of(const Mrz& mrz) {
  Json facts = {
      {"fmt", format_name(mrz.format)},
      {"doc", mrz.number.is_right},
      {"dob", mrz.birth_date.is_right},
      {"exp", mrz.expiry_date.is_right},
      {"docnumber", mrz.number.value},
      {"dob_is_date", mrz_birth_date(mrz.birth_date.value, kAsOf).has_value()},
      {"exp_is_date", mrz_expiry_date(mrz.expiry_date.value, kAsOf).has_value()},
  };
  if (mrz.personal_number) facts["pers"] = mrz.personal_number->is_right;
  if (mrz.composite) facts["comp"] = mrz.composite->is_right;
  return facts;
}

Outcome run_parse(const Json& row) {
  const Result<Mrz> mrz = parse_mrz(joined_lines(row));
  const Json* checks = find_member(row, "checks");
  if (!mrz.ok()) return {checks == nullptr, error_text(mrz.error())};
  const Json facts = facts_of(mrz.value());
  bool passed = checks != nullptr && checks->is_object();
  if (passed) {
    for (const auto& [name, expected] : checks->items()) {
      const Json* fact = find_member(facts, name);
      passed = passed && fact != nullptr && *fact == expected;
    }
  }
  return {passed, write_canonical_json(facts).value()};
}

// Our own field where only one is right, any well-formed cut where several are; reading and
// comparing the row's field always.
Outcome run_name(const Json& row) {
  const std::string_view primary = text_of_row(row, "primary");
  const std::string_view secondary = text_of_row(row, "secondary");
  const std::string_view field = text_of_row(row, "mrz_name_field");
  const std::string written = format_mrz_name(primary, secondary, field.size());
  bool passed = written.size() == field.size() && is_mrz_name_of(field, primary, secondary) &&
                is_mrz_name_of(written, primary, secondary);
  if (text_of_row(row, "kind").starts_with("exact")) {
    passed = passed && written == field;
  } else {
    passed = passed && written.back() != '<' && written.find("<<") != std::string::npos;
  }
  return {passed, written};
}

Outcome run_transliteration(const Json& row) {
  const std::string written = transliterate(text_of_row(row, "char"));
  bool passed = false;
  for (const std::string& allowed : texts_of_row(row, "mrz")) passed = passed || written == allowed;
  return {passed, written};
}

Outcome run_check_digit(const Json& row) {
  const std::string digit(1, mrz_check_digit(text_of_row(row, "input")).value_or('?'));
  return {digit == text_of_row(row, "digit"), digit};
}

}  // namespace

Outcome run_mrz_icao9303(const Row& row) {
  if (row.file == "parse.json") return run_parse(row.row);
  if (row.file == "names.json") return run_name(row.row);
  if (row.file == "transliteration_latin.json") return run_transliteration(row.row);
  if (row.file == "check_digits.json") return run_check_digit(row.row);
  return {false, "no operation for this file"};
}

}  // namespace landfall::conformance
