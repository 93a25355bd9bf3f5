#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/identity/kinds.h"
#include "shared/identity/mrz_name.h"
#include "shared/text/utf8.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kNameField = 39;

// What is stored is well-formed and, typed again, accepted as it is.
void check_type(std::string_view type, std::string_view text) {
  CheckContext context;
  context.as_of = Date{2026, 11, 21};
  const Result<CheckOutcome> outcome = check_value(type, text, context);
  if (!outcome.ok() || !outcome.value().is_acceptable()) return;
  const std::string& stored = outcome.value().normalised;
  require(!stored.empty() && is_utf8(stored), "an accepted value has a stored form");
  const Result<CheckOutcome> again = check_value(type, stored, context);
  require(again.ok() && again.value().is_acceptable(), "a stored value is accepted");
  require(again.value().normalised == stored, "a stored value is stored as it is");
}

// A name is recognised in the field it was written into.
void check_name_field(std::string_view text) {
  const std::string_view primary = text.substr(0, text.size() / 2);
  const std::string_view secondary = text.substr(text.size() / 2);
  const std::string field = format_mrz_name(primary, secondary, kNameField);
  require(field.size() == kNameField, "a name field is as long as it is");
  if (mrz_spelling(primary).empty()) return;
  require(is_mrz_name_of(field, primary, secondary), "a name is recognised in its own field");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  for (const std::string_view type : identity_types()) check_type(type, text);
  check_name_field(text);
  return 0;
}
