#include <cstddef>
#include <cstdint>
#include <string>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/text/decimal.h"
#include "shared/text/folding.h"
#include "shared/text/graphemes.h"
#include "shared/text/normalization.h"
#include "shared/text/scripts.h"
#include "shared/text/simplified_han.h"
#include "shared/text/utf8.h"

// Normalising is stable, folding keeps text well-formed, and characters add up to the text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace landfall;  // NOLINT: a harness of its own
  const std::string_view text = text_of({data, size});
  const std::string composed = normalize_nfc(text);
  require(is_nfc(composed), "normalising twice is normalising once");
  require(normalize_nfd(composed) == normalize_nfd(text), "both forms are of the same text");
  require(is_utf8(composed) == is_utf8(text), "normalising neither mends nor damages");
  require(is_utf8(fold_identifier(text)) || !is_utf8(text), "folding does not damage");
  require(is_utf8(suggest_traditional(text)) == is_utf8(text), "suggesting does not damage");
  require(is_utf8(isolate(text)) == is_utf8(text), "isolating does not damage");
  require(first_graphemes(text, count_graphemes(text)) == text, "the characters are the text");
  const Result<double> number = parse_decimal(text);
  if (number.ok()) {
    const Result<double> again = parse_decimal(format_es6_number(number.value()));
    require(again.ok() && again.value() == number.value(), "a number is written exactly");
  }
  return 0;
}
