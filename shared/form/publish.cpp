#include "shared/form/publish.h"

#include <set>
#include <utility>

#include "shared/codec/canonical_json.h"
#include "shared/form/choice_words.h"
#include "shared/form/lint.h"
#include "shared/form/package_builder.h"

namespace landfall {
namespace {

struct Parts {
  Json form;
  Json documents;
  Json workflow;
  Json fees;
};

Result<Parts> parse_parts(const PackageSources& sources) {
  Parts parts;
  for (const auto& [text, to] : {std::pair<const std::string*, Json*>{&sources.form, &parts.form},
                                 {&sources.documents, &parts.documents},
                                 {&sources.workflow, &parts.workflow},
                                 {&sources.fees, &parts.fees}}) {
    Result<Json> parsed = parse_json(*text);
    if (!parsed.ok()) return parsed.error();
    *to = std::move(parsed).value();
  }
  return parts;
}

// All texts of the form, and of the shared ones only those that it uses.
Result<TextBundle> bundle_of(const LocaleSource& source, const std::set<std::string>& used,
                             DigestHex digest) {
  Result<Json> texts = parse_json(source.form_texts);
  if (!texts.ok()) return texts.error();
  if (!source.shared_texts.empty()) {
    const Result<Json> shared = parse_json(source.shared_texts);
    if (!shared.ok()) return shared.error();
    for (const auto& [key, text] : shared.value().items()) {
      if (used.count(key) > 0) texts.value()[key] = text;
    }
  }
  Result<std::string> bytes = write_canonical_json(texts.value());
  if (!bytes.ok()) return bytes.error();
  TextBundle bundle{source.locale, digest(bytes_of(bytes.value())), {}};
  bundle.bytes = std::move(bytes).value();
  return bundle;
}

}  // namespace

Result<PublishedPackage> publish_package(const PackageSources& sources, DigestHex digest) {
  Result<Parts> parts = parse_parts(sources);
  if (!parts.ok()) return parts.error();
  for (const LintProblem& problem : lint_package(sources)) {
    if (severity_of(problem) == Severity::error) return Error{ErrorCode::package_malformed, 0};
  }
  PackageBuilder builder;
  Json migrations = Json::array();
  for (const MigrationSource& source : sources.migrations) {
    Result<Json> migration = parse_json(source.migration);
    if (!migration.ok()) return migration.error();
    migrations.push_back(std::move(migration).value());
  }
  builder.run(parts.value().form, parts.value().documents, parts.value().workflow,
              parts.value().fees, migrations);
  const Result<bool> worded = add_choice_words(parts.value().form, builder.package(), sources);
  if (!worded.ok()) return worded.error();
  std::set<std::string> used;
  for (const TextUse& use : builder.text_uses()) used.insert(use.key);
  PublishedPackage published;
  published.form_id = builder.package().form_id;
  published.version = builder.package().version;
  Json texts = Json::object();
  for (const LocaleSource& locale : sources.locales) {
    Result<TextBundle> bundle = bundle_of(locale, used, digest);
    if (!bundle.ok()) return bundle.error();
    texts[locale.locale] =
        Json::object({{"digest", bundle.value().digest}, {"size", bundle.value().bytes.size()}});
    published.texts.push_back(std::move(bundle).value());
  }
  Json package = Json::object();
  package["format"] = "landfall-package/1";
  package["form"] = std::move(parts.value().form);
  package["documents"] = std::move(parts.value().documents);
  package["workflow"] = std::move(parts.value().workflow);
  package["fees"] = std::move(parts.value().fees);
  package["texts"] = std::move(texts);
  if (!migrations.empty()) package["migrations"] = std::move(migrations);
  Result<std::string> bytes = write_canonical_json(package);
  if (!bytes.ok()) return bytes.error();
  published.bytes = std::move(bytes).value();
  published.digest = digest(bytes_of(published.bytes));
  return published;
}

}  // namespace landfall
