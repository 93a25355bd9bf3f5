#include <cstddef>
#include <cstdint>

#include "shared/base/bytes.h"
#include "shared/codec/base64.h"
#include "shared/codec/base64url.h"
#include "shared/codec/bech32.h"
#include "shared/codec/hex.h"
#include "shared/codec/tar.h"

namespace {

constexpr std::size_t kMaxEntries = 16;

using namespace landfall;  // NOLINT: a harness of its own

// A text that is accepted is the only one for its bytes.
void check_texts(std::string_view text) {
  const auto url = parse_base64url(text);
  if (url.ok()) require(format_base64url(url.value()) == text, "base64url has one form");
  for (const Base64Padding padding : {Base64Padding::required, Base64Padding::forbidden}) {
    const auto bytes = parse_base64(text, padding);
    if (bytes.ok()) require(format_base64(bytes.value(), padding) == text, "base64 has one form");
  }
  const auto hex = parse_hex(text);
  if (hex.ok()) require(format_hex(hex.value()) == text, "hexadecimal has one form");
  const auto bech32 = parse_bech32(text);
  if (!bech32.ok()) return;
  const auto written = format_bech32(bech32.value().prefix, bech32.value().data);
  require(written.ok() && written.value() == text, "bech32 has one form in each case");
}

// An archive that is accepted holds what it says, within its own bytes.
void check_archive(ByteView archive) {
  const auto entries = parse_tar(archive, kMaxEntries);
  if (!entries.ok()) return;
  for (const TarEntry& entry : entries.value()) {
    require(entry.data.data() >= archive.data() &&
                entry.data.data() + entry.data.size() <= archive.data() + archive.size(),
            "an entry lies within its archive");
  }
  const auto written = write_tar(entries.value());
  require(written.ok(), "what was read can be written");
  const auto again = parse_tar(written.value(), kMaxEntries);
  require(again.ok() && again.value().size() == entries.value().size(), "it reads back the same");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  check_texts(text_of({data, size}));
  check_archive({data, size});
  return 0;
}
