// The fees and workflow parts of a package.

#include "shared/form/fines.h"
#include "shared/form/package_builder.h"
#include "shared/identity/date.h"
#include "shared/xpath/value.h"

namespace landfall {

void PackageBuilder::read_fees(const Json& fees) {
  const Json* rows = find_member(fees, "rows");
  package_.fees.currency = std::string(member_text_or(fees, "currency", ""));
  if (package_.fees.currency.size() != 3 || rows == nullptr || !rows->is_array() ||
      rows->size() > 1000) {
    report({"fees", 0, ""}, "malformed");
    return;
  }
  if (!fine_table_of_json(fees).ok()) report({"fees", 0, "fines"}, "malformed");
  std::uint32_t number = 0;
  for (const Json& row : *rows) {
    ++number;
    FeeRow fee;
    fee.fee_code = std::string(member_text_or(row, "code", ""));
    if (fee.fee_code.empty()) report({"fees", number, "code"}, "missing_member");
    fee.when = cell_expression(row, {"fees", number, "when"}, 0);
    fee.amount = cell_expression(row, {"fees", number, "amount"}, 0);
    if (fee.when == kNone || fee.amount == kNone) {
      report({"fees", number, "amount"}, "missing_member");
      continue;
    }
    fee.from = std::string(member_text_or(row, "from", ""));
    fee.until = std::string(member_text_or(row, "until", ""));
    for (const std::string* date : {&fee.from, &fee.until}) {
      if (!date->empty() && !parse_date(*date).ok()) report({"fees", number, "from"}, "bad_date");
    }
    package_.fees.rows.push_back(std::move(fee));
  }
}

// The engine runs no workflow; its conditions are compiled so that a wrong one is not published.
void PackageBuilder::read_workflow(const Json& workflow) {
  if (!workflow.is_object()) {
    report({"workflow", 0, ""}, "malformed");
    return;
  }
  const Json* routes = find_member(workflow, "routes");
  std::uint32_t number = 0;
  if (routes != nullptr && routes->is_array()) {
    for (const Json& route : *routes) {
      (void)cell_expression(route, {"workflow", ++number, "when"}, 0);
    }
  }
}

}  // namespace landfall
