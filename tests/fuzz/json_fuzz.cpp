#include <cstddef>
#include <cstdint>

#include "shared/base/bytes.h"
#include "shared/codec/canonical_json.h"

// What is read is written in a form that is canonical and reads back as the same document.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = landfall::text_of({data, size});
  const auto value = landfall::parse_json(text);
  if (!value.ok()) {
    landfall::require(value.error().offset <= size, "an error lies within the text");
    return 0;
  }
  const auto written = landfall::write_canonical_json(value.value());
  landfall::require(written.ok(), "what was read can be written");
  const auto again = landfall::parse_canonical_json(written.value());
  landfall::require(again.ok(), "what was written is canonical");
  landfall::require(again.value() == value.value(), "it reads back as the same document");
  return 0;
}
