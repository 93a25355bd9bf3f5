// TextCatalog: the texts of a form by key and locale, as they are gathered from its cells.

#ifndef LANDFALL_SHARED_XLSFORM_TEXT_CATALOG_H_
#define LANDFALL_SHARED_XLSFORM_TEXT_CATALOG_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/xlsform/table.h"

namespace landfall {

// The answers that a text quotes: the argument of the message → the question's name.
using QuotedAnswers = std::map<std::string, std::string>;

class TextCatalog {
 public:
  // `language` is the tag of texts that name no language; `default_language` (as written, or empty)
  // the one that stands in where another has no text.
  TextCatalog(std::string_view language, std::string_view default_language);

  // Learns the languages of `table`'s columns. Problems: language_without_tag (a warning).
  void add_languages(const Table& table, std::vector<ImportProblem>& problems);

  // Takes the texts that `row` has in the columns `name` and returns their key, "" where there is
  // no text. ${name} becomes the argument {name}, which `quoted` then has. Problems:
  // text_in_two_columns (a warning).
  std::string add(const Table& table, const TableRow& row, std::string_view name,
                  const std::string& key, QuotedAnswers& quoted,
                  std::vector<ImportProblem>& problems);
  // Adds a text that is the same in every language.
  std::string add_text(std::string_view text, const std::string& key);

  // Adds the texts of the choice "other" and its question, in each language that i18n has them in.
  void add_other_texts() { has_other_texts_ = true; }

  // Says of each sheet and locale for how many texts which other language stands in, at the first
  // of them, as "fr < en: 2": missing_translation (a warning).
  void report_missing(std::vector<ImportProblem>& problems) const;

  // The locale a form starts in, and all texts; where a language has none, another's stands in.
  [[nodiscard]] std::string default_locale() const;
  [[nodiscard]] std::map<std::string, Json> texts() const;

 private:
  [[nodiscard]] std::string locale_of(std::string_view language) const;
  [[nodiscard]] std::string unused_key(const std::string& key);
  // In the order of the columns, then of the texts; the default one first.
  [[nodiscard]] std::vector<std::string> all_locales() const;
  // `text` as an ICU message: brackets and apostrophes quoted, ${name} an argument.
  [[nodiscard]] std::string icu_message(std::string_view text, QuotedAnswers* quoted);
  // The argument that stands for ${name}, one for each name of the form.
  const std::string& argument_of(const std::string& name);

  std::string language_;
  std::string default_language_;
  std::vector<std::string> locales_;                                 // in the order of the columns
  std::map<std::string, std::map<std::string, std::string>> texts_;  // key → locale → text
  std::vector<std::pair<std::string, ImportProblem>> places_;        // key → where the text stands
  std::map<std::string, int> uses_;                                  // of keys wanted again
  bool has_other_texts_ = false;
  std::map<std::string, std::string> arguments_;  // by the question's name
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_XLSFORM_TEXT_CATALOG_H_
