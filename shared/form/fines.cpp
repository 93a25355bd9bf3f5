#include "shared/form/fines.h"

#include "shared/identity/date.h"

namespace landfall {
namespace {

constexpr Error kShape{ErrorCode::json_shape, 0};

std::int64_t integer_or(const Json& row, std::string_view name, std::int64_t otherwise) {
  const Result<std::int64_t> number = member_integer(row, name);
  return number.ok() ? number.value() : otherwise;
}

bool is_date_or_empty(const std::string& date) { return date.empty() || parse_date(date).ok(); }

Result<FineRow> fine_row_of_json(const Json& json, std::string_view currency) {
  const Result<std::string_view> code = member_text(json, "code");
  const Result<std::int64_t> days = member_integer(json, "days");
  const Result<std::int64_t> amount = member_integer(json, "amount");
  if (!code.ok() || !days.ok() || !amount.ok() || days.value() < 1) return kShape;
  FineRow row;
  row.fine = {std::string(code.value()), std::string(currency), amount.value(),
              integer_or(json, "amount_most", amount.value())};
  row.days = days.value();
  row.days_until = integer_or(json, "days_until", 0);
  row.from = std::string(member_text_or(json, "from", ""));
  row.until = std::string(member_text_or(json, "until", ""));
  if (!is_date_or_empty(row.from) || !is_date_or_empty(row.until)) return kShape;
  return row;
}

// ISO dates sort as texts.
bool is_in_force(const FineRow& row, std::string_view date) {
  return (row.from.empty() || row.from <= date) && (row.until.empty() || date <= row.until);
}

}  // namespace

Result<FineTable> fine_table_of_json(const Json& fees) {
  FineTable table;
  if (find_member(fees, "fines") == nullptr) return table;
  const Result<const Json*> rows = member_array(fees, "fines");
  if (!rows.ok()) return kShape;
  for (const Json& json : *rows.value()) {
    Result<FineRow> row = fine_row_of_json(json, member_text_or(fees, "currency", ""));
    if (!row.ok()) return row.error();
    table.push_back(std::move(row).value());
  }
  return table;
}

std::optional<Fine> overstay_fine(const FineTable& table, std::int64_t days,
                                  std::string_view date) {
  for (const FineRow& row : table) {
    const bool is_in_band = days >= row.days && (row.days_until == 0 || days <= row.days_until);
    if (is_in_band && is_in_force(row, date)) return row.fine;
  }
  return std::nullopt;
}

}  // namespace landfall
