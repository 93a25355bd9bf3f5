#include "shared/xlsform/imported_package.h"

#include "shared/codec/canonical_json.h"

namespace landfall {
namespace {

std::string text_of_json(const Json& value) {
  Result<std::string> text = write_canonical_json(value);
  return text.ok() ? std::move(text).value() : std::string("{}");
}

}  // namespace

PackageSources sources_of(const ImportedPackage& package) {
  PackageSources sources;
  sources.form = text_of_json(package.form);
  sources.documents = text_of_json(package.documents);
  sources.workflow = text_of_json(package.workflow);
  sources.fees = text_of_json(package.fees);
  for (const auto& [locale, texts] : package.texts) {
    sources.locales.push_back({locale, text_of_json(texts), ""});
  }
  return sources;
}

}  // namespace landfall
