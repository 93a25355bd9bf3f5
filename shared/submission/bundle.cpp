#include "shared/submission/bundle.h"

#include <set>

#include "shared/codec/hex.h"
#include "shared/codec/tar.h"
#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::bundle_malformed};
constexpr std::string_view kPartsFolder = "parts/";

}  // namespace

std::string bundle_part_name(std::string_view digest) {
  return std::string(kPartsFolder).append(digest);
}

std::optional<std::string_view> parse_bundle_part_name(std::string_view name) {
  if (!name.starts_with(kPartsFolder)) return std::nullopt;
  name.remove_prefix(kPartsFolder.size());
  if (!is_sha256_hex(name)) return std::nullopt;
  return name;
}

Result<Bytes> write_bundle(std::string_view manifest, std::span<const ByteView> parts) {
  std::vector<std::string> names;
  for (const ByteView part : parts) names.push_back(bundle_part_name(format_hex(sha256(part))));
  std::vector<TarEntry> entries = {{kBundleManifestName, bytes_of(manifest)}};
  for (std::size_t i = 0; i < parts.size(); ++i) entries.push_back({names[i], parts[i]});
  return write_tar(entries);
}

Result<Bundle> parse_bundle(ByteView archive) {
  const Result<std::vector<TarEntry>> entries = parse_tar(archive, kMaxManifestParts + 1);
  if (!entries.ok()) return entries.error();
  Bundle bundle;
  for (const TarEntry& entry : entries.value()) {
    if (bundle.manifest.empty()) {
      if (entry.name != kBundleManifestName || entry.data.empty()) return kMalformed;
      bundle.manifest = text_of(entry.data);
      continue;
    }
    const std::optional<std::string_view> digest = parse_bundle_part_name(entry.name);
    if (!digest) return kMalformed;
    if (format_hex(sha256(entry.data)) != *digest) return Error{ErrorCode::part_digest_mismatch};
    bundle.parts.push_back({*digest, entry.data});
  }
  if (bundle.manifest.empty()) return kMalformed;
  return bundle;
}

Result<Done> check_bundle(const Bundle& bundle, const Manifest& manifest) {
  std::set<std::string_view> present;
  for (const BundlePart& part : bundle.parts) {
    const Result<ManifestPart> listed = find_part(manifest, part.sha256, part.bytes.size());
    if (!listed.ok()) return listed.error();
    present.insert(part.sha256);
  }
  if (present.size() != manifest.parts.size()) return Error{ErrorCode::parts_missing};
  return Done{};
}

}  // namespace landfall
