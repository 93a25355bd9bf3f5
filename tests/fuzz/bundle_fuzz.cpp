// Bundles: files of any order, name and content in an archive that is right, then the archive with
// a byte of a header changed and its checksum mended, then bytes as they come.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/codec/hex.h"
#include "shared/codec/tar.h"
#include "shared/sealing/primitives.h"
#include "shared/submission/bundle.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kChecksumAt = 148;
constexpr std::size_t kChecksumBytes = 8;
// More of them only cost time: an empty one takes two bytes of input and a block of the archive.
constexpr std::size_t kMostFiles = 12;

struct Packed {
  std::vector<std::string> names;
  std::vector<ByteView> files;
  // Manifest first and once, then only parts under their own digests.
  bool right = true;
};

std::string name_of(std::uint8_t kind, ByteView file) {
  if (kind % 4 == 0) return std::string(kBundleManifestName);
  if (kind % 4 == 1) return bundle_part_name(std::string(64, '0'));
  return bundle_part_name(format_hex(sha256(file)));
}

// Files as the input says: kind of name, length, content.
Packed read_files(ByteView input) {
  Packed packed;
  while (input.size() >= 2 && packed.names.size() < kMostFiles) {
    const std::uint8_t kind = input[0];
    const ByteView file = input.subspan(2, std::min<std::size_t>(input[1], input.size() - 2));
    input = input.subspan(2 + file.size());
    packed.names.push_back(name_of(kind, file));
    packed.files.push_back(file);
    const bool is_manifest = kind % 4 == 0;
    packed.right = packed.right && kind % 4 != 1 && is_manifest == (packed.names.size() == 1) &&
                   (!is_manifest || !file.empty());
  }
  std::vector<std::string> sorted = packed.names;
  std::sort(sorted.begin(), sorted.end());
  const bool distinct = std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end();
  packed.right = packed.right && distinct && !packed.names.empty();
  return packed;
}

// A bundle that is accepted has its parts under their digests, within its own bytes, and packs
// again.
void check_bundle(ByteView archive) {
  const Result<Bundle> bundle = parse_bundle(archive);
  if (!bundle.ok()) {
    require(bundle.error().offset <= archive.size(), "an offset lies in its input");
    return;
  }
  std::vector<ByteView> parts;
  for (const BundlePart& part : bundle.value().parts) {
    require(format_hex(sha256(part.bytes)) == part.sha256, "a part is what its name says");
    require(part.bytes.data() >= archive.data() &&
                part.bytes.data() + part.bytes.size() <= archive.data() + archive.size(),
            "a part lies within its bundle");
    parts.push_back(part.bytes);
  }
  const Result<Bytes> again = write_bundle(bundle.value().manifest, parts);
  require(again.ok(), "what was read can be written");
  const Result<Bundle> back = parse_bundle(again.value());
  require(back.ok() && back.value().manifest == bundle.value().manifest &&
              back.value().parts.size() == parts.size(),
          "it reads back the same");
}

void check_packed(const Packed& packed, Bytes& archive) {
  std::vector<TarEntry> entries;
  for (std::size_t i = 0; i < packed.names.size(); ++i) {
    entries.push_back({packed.names[i], packed.files[i]});
  }
  archive = write_tar(entries).value();
  require(parse_bundle(archive).ok() == packed.right, "a bundle is accepted when it is right");
  check_bundle(archive);
}

// The sum of a header's bytes, as the header itself states it.
void mend_checksum(std::span<std::uint8_t> header) {
  std::fill_n(header.begin() + kChecksumAt, kChecksumBytes, static_cast<std::uint8_t>(' '));
  const unsigned sum = std::accumulate(header.begin(), header.end(), 0u);
  char text[kChecksumBytes];
  std::snprintf(text, sizeof text, "%06o", sum & 0777777u);
  std::copy_n(text, sizeof text - 1, header.begin() + kChecksumAt);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 4) return 0;
  check_bundle({data, size});
  Bytes archive;
  check_packed(read_files({data + 3, size - 3}), archive);
  const std::size_t header = data[0] * kTarBlockBytes % archive.size();
  archive[header + (data[1] * std::size_t{2} + data[2] % 2) % kTarBlockBytes] ^= data[2];
  mend_checksum(std::span(archive).subspan(header, kTarBlockBytes));
  check_bundle(archive);
  return 0;
}
