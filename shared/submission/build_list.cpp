#include "shared/submission/build_list.h"

#include <algorithm>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/manifest.h"
#include "shared/submission/payload_reader.h"
#include "shared/submission/wire_values.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::json_shape};
constexpr std::size_t kMaxSitePathBytes = 300;

BuildFile read_file(const Json& json, bool& ok) {
  PayloadReader reader(json);
  BuildFile file;
  file.path = reader.text("path", is_site_path);
  file.size = static_cast<std::uint64_t>(reader.integer("size", 0, kMaxBuildFileBytes));
  file.sha256 = reader.text("sha256", is_sha256_hex);
  ok = ok && reader.complete();
  return file;
}

bool is_ascending(const std::vector<BuildFile>& files) {
  return std::adjacent_find(files.begin(), files.end(), [](const BuildFile& a, const BuildFile& b) {
           return a.path >= b.path;
         }) == files.end();
}

Result<BuildList> read_list(const Json& payload) {
  PayloadReader reader(payload);
  BuildList list;
  list.aud = reader.token("aud", kMaxAudienceBytes);
  list.issued = reader.text("issued", is_utc_time);
  list.development = reader.boolean("development");
  bool ok = true;
  for (const Json& item : reader.array("files", kMaxBuildFiles)) {
    list.files.push_back(read_file(item, ok));
  }
  if (!ok || !reader.complete() || list.files.empty() || !is_ascending(list.files)) {
    return kMalformed;
  }
  return list;
}

Json list_json(const BuildList& list) {
  Json files = Json::array();
  for (const BuildFile& file : list.files) {
    files.push_back({{"path", file.path}, {"size", file.size}, {"sha256", file.sha256}});
  }
  return {{"aud", list.aud},
          {"issued", list.issued},
          {"development", list.development},
          {"files", std::move(files)}};
}

}  // namespace

bool is_site_path(std::string_view path) {
  if (!is_token(path, kMaxSitePathBytes)) return false;
  while (true) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view step = path.substr(0, end);
    if (step.empty() || step == "." || step == "..") return false;
    if (end == path.size()) return true;
    path.remove_prefix(end + 1);
  }
}

Result<std::string> sign_build_list(const BuildList& list, const SigningKey& root) {
  const Json payload = list_json(list);
  if (!read_list(payload).ok()) return kMalformed;
  return sign_document(document_type::kBuild, payload, root);
}

Result<BuildList> verify_build_list(std::string_view text, const Ed25519PublicKey& root,
                                    std::optional<std::string_view> audience) {
  const Result<Json> payload = verify_document(document_type::kBuild, text, root, audience);
  if (!payload.ok()) return payload.error();
  return read_list(payload.value());
}

}  // namespace landfall
