#include "shared/xlsform/text_catalog.h"

#include <algorithm>

#include "shared/xlsform/languages.h"
#include "shared/xlsform/other_texts.h"
#include "shared/xlsform/references.h"

namespace landfall {
namespace {

// What ICU does not take in the name of an argument becomes an underscore.
std::string fit_for_icu(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c == '-' || c == '.') c = '_';
  }
  return result;
}

// How well a text in `offered` serves a reader of `locale`, from 0: "fr-CA" is served by "fr", and
// everybody by English.
int closeness(std::string_view offered, std::string_view locale) {
  const bool is_traditional = locale == "zh-TW" || locale == "zh-HK" || locale == "zh-MO";
  if (offered == (is_traditional ? "zh-Hant" : locale)) return 3;
  const std::string_view language = locale.substr(0, locale.find('-'));
  if (offered.substr(0, offered.find('-')) == language) return 2;
  return offered == "en" ? 1 : 0;
}

void put_other_texts(const std::string& locale, Json& texts) {
  std::map<std::string_view, const OtherText*> best;
  for (const OtherText& text : other_texts()) {
    const OtherText*& known = best[text.key];
    const bool is_closer =
        known == nullptr || closeness(text.locale, locale) > closeness(known->locale, locale);
    if (is_closer) known = &text;
  }
  for (const auto& [key, text] : best) texts[std::string(key)] = text->text;
}

}  // namespace

const std::string& TextCatalog::argument_of(const std::string& name) {
  const auto known = arguments_.find(name);
  if (known != arguments_.end()) return known->second;
  const std::string wanted = fit_for_icu(name);
  std::string argument = wanted;
  // "a-b" and "a.b" are two questions.
  const auto is_taken = [this](const std::string& candidate) {
    return std::any_of(arguments_.begin(), arguments_.end(),
                       [&](const auto& entry) { return entry.second == candidate; });
  };
  for (int i = 2; is_taken(argument); ++i) argument = wanted + "_" + std::to_string(i);
  return arguments_.emplace(name, argument).first->second;
}

std::string TextCatalog::icu_message(std::string_view text, QuotedAnswers* quoted) {
  const CellReferences references = find_cell_references(text);
  std::string message;
  std::size_t next = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (next < references.found.size() && references.found[next].at == at) {
      const CellReference& reference = references.found[next++];
      if (!reference.last_saved) {
        const std::string& argument = argument_of(reference.name);
        message += "{" + argument + "}";
        if (quoted != nullptr) quoted->emplace(argument, reference.name);
      }
      at += reference.size;
      continue;
    }
    const char c = text[at++];
    if (c == '\'') {
      message += "''";
    } else if (c == '{' || c == '}') {
      message += std::string("'") + c + "'";
    } else {
      message += c;
    }
  }
  return message;
}

TextCatalog::TextCatalog(std::string_view language, std::string_view default_language)
    : language_(language), default_language_(default_language) {}

std::string TextCatalog::locale_of(std::string_view language) const {
  if (!language.empty() && language != "default") return tag_of_language(language).locale;
  if (default_language_.empty() || default_language_ == "default") return language_;
  return tag_of_language(default_language_).locale;
}

void TextCatalog::add_languages(const Table& table, std::vector<ImportProblem>& problems) {
  for (const Column& column : table.columns()) {
    if (column.language.empty() || column.language == "default") continue;
    const LanguageTag tag = tag_of_language(column.language);
    if (std::find(locales_.begin(), locales_.end(), tag.locale) != locales_.end()) continue;
    locales_.push_back(tag.locale);
    if (tag.is_known) continue;
    problems.push_back({table.name(), table.header_row(), column.written, "language_without_tag",
                        Severity::warning, tag.locale});
  }
}

std::string TextCatalog::unused_key(const std::string& key) {
  std::string free = key;
  // Counted on from the last time: thousands of choices may share a name.
  while (texts_.find(free) != texts_.end()) {
    free = key + "." + std::to_string(++uses_.try_emplace(key, 1).first->second);
  }
  return free;
}

std::string TextCatalog::add(const Table& table, const TableRow& row, std::string_view name,
                             const std::string& key, QuotedAnswers& quoted,
                             std::vector<ImportProblem>& problems) {
  std::map<std::string, std::string> by_locale;
  // A text of a named language goes before one of none in the same locale.
  for (const bool named : {true, false}) {
    for (std::size_t i = 0; i < table.columns().size(); ++i) {
      const Column& column = table.columns()[i];
      if (column.name != name || row.cells[i].empty() || column.language.empty() == named) continue;
      const std::string message = icu_message(row.cells[i], &quoted);
      const auto [known, is_new] = by_locale.emplace(locale_of(column.language), message);
      if (is_new || known->second == message) continue;
      problems.push_back({table.name(), row.number, column.written, "text_in_two_columns",
                          Severity::warning, known->first});
    }
  }
  if (by_locale.empty()) return {};
  const std::string free = unused_key(key);
  texts_.emplace(free, std::move(by_locale));
  places_.emplace_back(free, ImportProblem{table.name(), row.number, table.written(name),
                                           "missing_translation", Severity::warning, ""});
  return free;
}

std::string TextCatalog::add_text(std::string_view text, const std::string& key) {
  const std::string free = unused_key(key);
  texts_[free][""] = icu_message(text, nullptr);
  return free;
}

std::string TextCatalog::default_locale() const {
  if (!default_language_.empty() && default_language_ != "default") return locale_of("");
  const bool any_plain = std::any_of(texts_.begin(), texts_.end(), [this](const auto& text) {
    return text.second.find(language_) != text.second.end();
  });
  return any_plain || locales_.empty() ? language_ : locales_[0];
}

void TextCatalog::report_missing(std::vector<ImportProblem>& problems) const {
  const std::vector<std::string> locales = all_locales();
  for (const std::string& locale : locales) {
    // By sheet and by the language that stands in.
    std::map<std::pair<std::string, std::string>, std::pair<ImportProblem, std::size_t>> missing;
    for (const auto& [key, place] : places_) {
      const std::map<std::string, std::string>& by_locale = texts_.at(key);
      if (by_locale.count(locale) != 0) continue;
      const std::string& other =
          by_locale.count(locales[0]) != 0 ? locales[0] : by_locale.begin()->first;
      ++missing.try_emplace({place.sheet, other}, place, 0).first->second.second;
    }
    for (auto& [where, first] : missing) {
      first.first.detail = locale + " < " + where.second + ": " + std::to_string(first.second);
      problems.push_back(std::move(first.first));
    }
  }
}

std::vector<std::string> TextCatalog::all_locales() const {
  std::vector<std::string> locales{default_locale()};
  for (const auto& [key, by_locale] : texts_) {
    (void)key;
    for (const auto& [locale, text] : by_locale) {
      if (locale.empty()) continue;
      if (std::find(locales.begin(), locales.end(), locale) == locales.end()) {
        locales.push_back(locale);
      }
    }
  }
  return locales;
}

std::map<std::string, Json> TextCatalog::texts() const {
  const std::vector<std::string> locales = all_locales();
  std::map<std::string, Json> result;
  for (const std::string& locale : locales) {
    Json texts = Json::object();
    for (const auto& [key, by_locale] : texts_) {
      auto found = by_locale.find(locale);
      if (found == by_locale.end()) found = by_locale.find(locales[0]);
      texts[key] = found == by_locale.end() ? by_locale.begin()->second : found->second;
    }
    if (has_other_texts_) put_other_texts(locale, texts);
    result[locale] = std::move(texts);
  }
  return result;
}

}  // namespace landfall
