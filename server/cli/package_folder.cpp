#include "server/cli/package_folder.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/package_data.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/sealing/primitives.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

// An empty object when the file is missing; lint says whether the form can do without.
Outcome<std::string> load_if_there(const fs::path& path) {
  if (!file_exists(path.string())) return std::string("{}");
  return load_text(path.string());
}

std::string form_id_of(const std::string& form_text) {
  Result<Json> form = parse_json(form_text);
  if (!form.ok()) return "";
  const Json* settings = find_member(form.value(), "settings");
  return settings == nullptr ? "" : std::string(member_text_or(*settings, "form_id", ""));
}

// The i18n folder of the nearest folder above `folder`, or "".
fs::path texts_above(const fs::path& folder) {
  std::error_code error;
  fs::path here = fs::absolute(folder, error).lexically_normal();
  while (!here.empty()) {
    if (fs::is_directory(here / "i18n", error)) return here / "i18n";
    if (here == here.parent_path()) break;
    here = here.parent_path();
  }
  return {};
}

std::vector<std::string> locales_in(const fs::path& texts) {
  std::vector<std::string> locales;
  std::error_code error;
  for (fs::directory_iterator it(texts, error), end; !error && it != end; it.increment(error)) {
    if (it->is_directory(error)) locales.push_back(it->path().filename().string());
  }
  std::sort(locales.begin(), locales.end());
  return locales;
}

Outcome<Done> add_locales(const fs::path& texts, const std::string& form_id, PackageSources& to) {
  for (const std::string& locale : locales_in(texts)) {
    const fs::path forms = texts / locale / "forms" / (form_id + ".json");
    if (!file_exists(forms.string())) continue;
    Outcome<std::string> form_texts = load_text(forms.string());
    if (!form_texts.ok()) return form_texts.failure();
    Outcome<std::string> shared_texts = load_if_there(texts / locale / "countries.json");
    if (!shared_texts.ok()) return shared_texts.failure();
    to.locales.push_back({locale, form_texts.value(), shared_texts.value()});
  }
  return Done{};
}

}  // namespace

Outcome<PackageSources> load_package_sources(const std::string& folder,
                                             const std::string& texts_folder) {
  const fs::path source(folder);
  PackageSources sources;
  Outcome<std::string> form = load_text((source / "form.json").string());
  if (!form.ok()) return form.failure();
  Outcome<std::string> with_datasets = form_with_datasets(form.value(), folder);
  if (!with_datasets.ok()) return with_datasets.failure();
  sources.form = with_datasets.value();
  Outcome<std::vector<MigrationSource>> migrations = load_migrations(folder);
  if (!migrations.ok()) return migrations.failure();
  sources.migrations = migrations.value();
  const std::array<std::pair<const char*, std::string*>, 3> others = {
      {{"documents.json", &sources.documents},
       {"workflow.json", &sources.workflow},
       {"fees.json", &sources.fees}}};
  for (const auto& [name, text] : others) {
    Outcome<std::string> loaded = load_if_there(source / name);
    if (!loaded.ok()) return loaded.failure();
    *text = loaded.value();
  }
  const fs::path texts = texts_folder.empty() ? texts_above(source) : fs::path(texts_folder);
  const std::string form_id = form_id_of(sources.form);
  // Without a name there are no texts to look for, and lint says what is wrong with form.json.
  if (form_id.empty() || form_id.find('/') != std::string::npos) return sources;
  Outcome<Done> added = add_locales(texts, form_id, sources);
  if (!added.ok()) return added.failure();
  return sources;
}

Outcome<Bytes> load_package(const std::string& path, const std::string& texts_folder) {
  if (!is_folder(path)) return load_file(path);
  Outcome<PackageSources> sources = load_package_sources(path, texts_folder);
  if (!sources.ok()) return sources.failure();
  Result<PublishedPackage> published = publish_package(sources.value(), sha256_hex);
  if (!published.ok()) {
    Failure failure = failure_of(published.error(), path);
    failure.message += " (landfall package lint says where)";
    return failure;
  }
  const ByteView bytes = bytes_of(published.value().bytes);
  return Bytes(bytes.begin(), bytes.end());
}

std::string sha256_hex(ByteView bytes) { return format_hex(sha256(bytes)); }

}  // namespace landfall
