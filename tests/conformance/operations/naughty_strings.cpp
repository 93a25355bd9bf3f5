#include <optional>
#include <string>

#include "shared/codec/canonical_json.h"
#include "shared/identity/kinds.h"
#include "shared/text/folding.h"
#include "shared/text/graphemes.h"
#include "shared/text/normalization.h"
#include "shared/text/scripts.h"
#include "shared/text/utf8.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// A text must survive JSON byte for byte, normalising twice must be normalising once, and cutting
// and folding must leave well-formed text.
bool survives(const std::string& text) {
  const Result<std::string> written = write_canonical_json(Json(text));
  if (!written.ok()) return false;
  const Result<Json> read = parse_canonical_json(written.value());
  const std::string composed = normalize_nfc(text);
  return read.ok() && text_value(read.value()) == text && is_nfc(composed) && is_utf8(composed) &&
         is_utf8(fold_identifier(text)) && is_utf8(isolate(text)) &&
         is_utf8(first_graphemes(text, 3)) && count_graphemes(text) <= text.size();
}

// Whatever is typed into a field of any type is refused or stored as well-formed text.
std::string stored_by_every_type(const std::string& text, bool& is_sound) {
  std::string observed;
  for (const std::string_view type : identity_types()) {
    const Result<CheckOutcome> outcome = check_value(type, text);
    if (!outcome.ok()) {
      observed += error_text(outcome.error()) + "\n";
      continue;
    }
    observed += outcome.value().normalised + "\n";
    is_sound = is_sound && is_utf8(outcome.value().normalised);
    for (const Finding& finding : outcome.value().findings) {
      observed += finding.code + "\n";
      for (const auto& [name, param] : finding.params) is_sound = is_sound && is_utf8(param);
    }
  }
  return observed;
}

}  // namespace

Outcome run_naughty_strings(const Row& row) {
  const std::optional<Bytes> bytes = base64_of_row(row.row, "b64");
  if (!bytes) return {false, "row without text"};
  const std::string text(text_of(*bytes));
  bool is_sound = is_utf8(text) ? survives(text) : !write_canonical_json(Json(text)).ok();
  const std::string observed = stored_by_every_type(text, is_sound);
  return {is_sound, digest_text(bytes_of(observed))};
}

}  // namespace landfall::conformance
