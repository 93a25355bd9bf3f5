// PackageSources: the texts of the files a form package is written in.

#ifndef LANDFALL_SHARED_FORM_PACKAGE_SOURCES_H_
#define LANDFALL_SHARED_FORM_PACKAGE_SOURCES_H_

#include <string>
#include <vector>

namespace landfall {

// The texts of one locale: i18n/<locale>/forms/<form-id>.json and, when the form asks for
// countries, i18n/<locale>/countries.json; each a flat JSON object {key: ICU message}.
struct LocaleSource {
  std::string locale;        // "zh-Hant"
  std::string form_texts;    // JSON
  std::string shared_texts;  // JSON, may be empty; only the keys the form uses are taken
};

// migrations/<from-version>.json, and the form.json and documents.json of that version where the
// folder migrations/<from-version>/ holds them.
struct MigrationSource {
  std::string migration;
  std::string form;
  std::string documents;
};

// shared/packages/<form-id>/{form,documents,workflow,fees}.json, each as JSON text.
struct PackageSources {
  std::string form;
  std::string documents;
  std::string workflow;
  std::string fees;
  std::vector<LocaleSource> locales;
  std::vector<MigrationSource> migrations{};
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PACKAGE_SOURCES_H_
