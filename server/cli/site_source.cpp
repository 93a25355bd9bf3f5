#include "server/cli/site_source.h"

#include <array>
#include <utility>

#include "server/app/load_site.h"
#include "server/cli/compression.h"
#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "shared/submission/build_list.h"

namespace landfall {
namespace {

constexpr auto kMaxFileBytes = static_cast<std::size_t>(kMaxBuildFileBytes);
constexpr int kFound = 200;
constexpr int kNotFound = 404;

constexpr std::string_view name_of(ContentCoding coding) {
  if (coding == ContentCoding::brotli) return "br";
  return coding == ContentCoding::gzip ? "gzip" : "identity";
}

// What a browser makes of `bytes`; they themselves where they are not what they say.
Bytes decoded(Bytes bytes, std::string_view coding) {
  std::optional<Bytes> plain;
  if (coding == "br") plain = from_brotli(bytes, kMaxFileBytes);
  if (coding == "gzip") plain = from_gzip(bytes, kMaxFileBytes);
  return plain ? *std::move(plain) : std::move(bytes);
}

class FolderSite final : public SiteSource {
 public:
  explicit FolderSite(std::string folder) : folder_(std::move(folder)) {}

  Outcome<std::optional<Bytes>> read(const std::string& path, ContentCoding coding) override {
    std::string file = folder_ + "/" + path;
    if (coding == ContentCoding::brotli) file += ".br";
    if (coding == ContentCoding::gzip) file += ".gz";
    if (!file_exists(file)) return std::optional<Bytes>();
    Outcome<Bytes> bytes = load_file(file, kMaxFileBytes);
    if (!bytes.ok()) return bytes.failure();
    return std::optional(decoded(std::move(bytes.value()), name_of(coding)));
  }

  Outcome<std::vector<std::string>> names() override {
    std::optional<std::vector<std::string>> files = site_files(folder_);
    if (!files) return Failure{kExitCouldNot, folder_ + ": cannot be read"};
    return *std::move(files);
  }

 private:
  std::string folder_;
};

class ServedSite final : public SiteSource {
 public:
  explicit ServedSite(std::string url) : url_(std::move(url)) {
    if (!url_.ends_with('/')) url_.push_back('/');
  }

  Outcome<std::optional<Bytes>> read(const std::string& path, ContentCoding coding) override {
    const std::string url = url_ + path;
    Outcome<HttpAnswer> answer = http_ask(url, name_of(coding), kMaxFileBytes);
    if (!answer.ok()) return answer.failure();
    if (answer.value().status == kNotFound) return std::optional<Bytes>();
    if (answer.value().status != kFound) {
      return Failure{kExitCouldNot, url + ": answered " + std::to_string(answer.value().status)};
    }
    return std::optional(decoded(std::move(answer.value().body), answer.value().content_encoding));
  }

  Outcome<std::vector<std::string>> names() override {
    std::vector<std::string> found;
    for (const char* name : {"", "index.html", "sw.js"}) {
      Outcome<std::optional<Bytes>> bytes = read(name, ContentCoding::identity);
      if (!bytes.ok()) return bytes.failure();
      if (bytes.value()) found.emplace_back(name);
    }
    return found;
  }

 private:
  std::string url_;
};

}  // namespace

std::unique_ptr<SiteSource> site_in_folder(std::string folder) {
  return std::make_unique<FolderSite>(std::move(folder));
}

std::unique_ptr<SiteSource> site_at_url(std::string url) {
  return std::make_unique<ServedSite>(std::move(url));
}

}  // namespace landfall
