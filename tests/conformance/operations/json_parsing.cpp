#include <optional>
#include <string>

#include "shared/codec/canonical_json.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

std::string repeated(std::string_view unit, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += unit;
  return text;
}

// The text of a row. Two files of the suite are too large to be kept and are made here.
std::optional<std::string> text_of_case(const Json& row) {
  if (const std::optional<Bytes> bytes = base64_of_row(row, "b64")) {
    return std::string(text_of(*bytes));
  }
  const std::string_view id = text_of_row(row, "id");
  if (id == "n_structure_100000_opening_arrays") return repeated("[", 100000);
  if (id == "n_structure_open_array_object") return repeated("[{\"\":", 50000);
  return {};
}

// What is read can be written, and that reads back as the same.
bool survives_round_trip(const Json& value) {
  const Result<std::string> written = write_canonical_json(value);
  if (!written.ok()) return false;
  const Result<Json> again = parse_canonical_json(written.value());
  return again.ok() && again.value() == value;
}

}  // namespace

Outcome run_json_parsing(const Row& row) {
  const std::optional<std::string> text = text_of_case(row.row);
  if (!text) return {false, "row without text"};
  const Result<Json> value = parse_json(*text);
  std::string observed = value.ok() ? "" : error_text(value.error());
  if (value.ok()) {
    const Result<std::string> written = write_canonical_json(value.value());
    observed = written.ok() ? written.value() : error_text(written.error());
  }

  const std::string_view expect = text_of_row(row.row, "expect");
  const std::string_view ijson = text_of_row(row.row, "ijson");
  if (expect.starts_with("either")) return {true, observed};
  if (expect == "reject" || ijson.starts_with("must reject")) return {!value.ok(), observed};
  return {value.ok() && survives_round_trip(value.value()), observed};
}

}  // namespace landfall::conformance
