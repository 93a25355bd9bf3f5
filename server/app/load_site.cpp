#include "server/app/load_site.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "server/intake/digest.h"

namespace landfall {
namespace {

std::shared_ptr<const std::string> load_bytes(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return nullptr;
  return std::make_shared<const std::string>(std::istreambuf_iterator<char>(file),
                                             std::istreambuf_iterator<char>());
}

std::shared_ptr<const std::string> load_sibling(const std::filesystem::path& path,
                                                const char* ending) {
  const std::filesystem::path sibling = path.string() + ending;
  std::error_code error;
  return std::filesystem::is_regular_file(sibling, error) ? load_bytes(sibling) : nullptr;
}

std::optional<Asset> load_asset(const std::filesystem::path& path, const std::string& name) {
  Asset asset;
  asset.identity = load_bytes(path);
  if (asset.identity == nullptr) return std::nullopt;
  asset.brotli = load_sibling(path, ".br");
  asset.gzip = load_sibling(path, ".gz");
  asset.content_type = std::string(media_type_of(name));
  asset.etag = sha256_hex_of(bytes_of(*asset.identity)).substr(0, 32);
  asset.cache_control = std::string(cache_control_of(name));
  return asset;
}

bool is_hidden(const std::filesystem::path& relative) {
  for (const std::filesystem::path& step : relative) {
    if (step.string().starts_with(".")) return true;
  }
  return false;
}

}  // namespace

std::optional<std::vector<std::string>> site_files(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  std::filesystem::recursive_directory_iterator entry(folder, error);
  for (; !error && entry != std::filesystem::recursive_directory_iterator();
       entry.increment(error)) {
    const std::filesystem::path relative = entry->path().lexically_relative(folder);
    std::string name = relative.generic_string();
    if (entry->is_symlink() || !entry->is_regular_file() || is_hidden(relative) ||
        name.ends_with(".br") || name.ends_with(".gz")) {
      continue;
    }
    names.push_back(std::move(name));
  }
  if (error) return std::nullopt;
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<StaticSite> load_site(const std::string& folder) {
  std::map<std::string, Asset, std::less<>> files;
  if (folder.empty()) return StaticSite(std::move(files));
  const std::optional<std::vector<std::string>> names = site_files(folder);
  if (!names) return std::nullopt;
  for (const std::string& name : *names) {
    std::optional<Asset> asset = load_asset(std::filesystem::path(folder) / name, name);
    if (!asset) return std::nullopt;
    files.emplace(name, *std::move(asset));
  }
  if (!files.contains("index.html")) return std::nullopt;
  return StaticSite(std::move(files));
}

}  // namespace landfall
