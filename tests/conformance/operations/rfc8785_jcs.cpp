#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

#include "shared/codec/canonical_json.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// The double whose IEEE 754 bits are `hex`, leading zeros left out or not.
std::optional<double> double_of_bits(std::string_view hex) {
  if (hex.empty() || hex.size() > 16) return {};
  std::uint64_t bits = 0;
  for (const char c : hex) {
    const std::size_t digit = std::string_view("0123456789abcdef").find(c);
    if (digit == std::string_view::npos) return {};
    bits = bits * 16 + digit;
  }
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

std::string written_number(std::string_view hex) {
  const std::optional<double> value = double_of_bits(hex);
  if (!value) return "row without a number";
  const Result<std::string> text = write_canonical_json(Json(*value));
  return text.ok() ? text.value() : error_text(text.error());
}

// [bits, text], or [bits, null] for a number that has no text.
Outcome run_number(const Json& row) {
  if (!row.is_array() || row.size() != 2) return {false, "row of another shape"};
  const std::string written = written_number(text_value(row[0]));
  const bool is_refused = written.starts_with(error_name(ErrorCode::json_number_out_of_range));
  return {row[1].is_null() ? is_refused : written == text_value(row[1]), written};
}

// "bits,text".
Outcome run_number_line(std::string_view line) {
  const std::size_t comma = line.find(',');
  if (comma == std::string_view::npos) return {false, "line of another shape"};
  const std::string written = written_number(line.substr(0, comma));
  return {written == line.substr(comma + 1), written};
}

Outcome run_document(const Json& row) {
  const std::optional<Bytes> input = base64_of_row(row, "input_b64");
  if (!input) return {false, "row without input"};
  const Result<std::string> canonical = canonicalize(text_of(*input));
  const std::string observed = canonical.ok() ? canonical.value() : error_text(canonical.error());
  if (text_of_row(row, "kind") == "reject") return {!canonical.ok(), observed};
  const std::optional<Bytes> output = base64_of_row(row, "output_b64");
  const bool is_equal = output && canonical.ok() && text_of(*output) == canonical.value();
  return {is_equal && is_canonical(canonical.value()), observed};
}

}  // namespace

Outcome run_rfc8785_jcs(const Row& row) {
  if (row.row.is_string()) return run_number_line(text_value(row.row));
  if (row.row.is_array()) return run_number(row.row);
  return run_document(row.row);
}

}  // namespace landfall::conformance
