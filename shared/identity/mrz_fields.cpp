#include "shared/identity/mrz_fields.h"

namespace landfall {
namespace {

std::string date_text(const std::optional<Date>& date) {
  return date ? format_date(*date) : std::string();
}

}  // namespace

std::optional<std::string> find_mrz_field(const Mrz& mrz, std::string_view name, Date today) {
  if (name == "number") return mrz.number.value;
  if (name == "birth_date") return date_text(mrz_birth_date(mrz.birth_date.value, today));
  if (name == "expiry_date") return date_text(mrz_expiry_date(mrz.expiry_date.value, today));
  if (name == "sex") return std::string(1, mrz.sex == '<' ? 'X' : mrz.sex);
  if (name == "issuer") return mrz.issuer;
  if (name == "nationality") return mrz.nationality;
  if (name == "issuer_country") return form_country_of_mrz(mrz.issuer);
  if (name == "nationality_country") return form_country_of_mrz(mrz.nationality);
  if (name == "document_code") return mrz.document_code;
  if (name == "surname") return mrz.name.primary;
  if (name == "given_names") return mrz.name.secondary;
  if (name == "optional_data") return mrz.optional_data;
  return std::nullopt;
}

}  // namespace landfall
