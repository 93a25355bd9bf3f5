#include "shared/xlsform/table.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

struct Alias {
  std::string_view written;
  std::string_view name;
};

// Other names of survey columns, in snake case. Source: XLSForm reference table, and the older
// names that converters have taken since XLSForm 1.0.
constexpr std::array kSurveyAliases = {
    Alias{"caption", "label"},
    Alias{"command", "type"},
    Alias{"tag", "name"},
    Alias{"value", "name"},
    Alias{"relevance", "relevant"},
    Alias{"read_only", "readonly"},
    Alias{"calculate", "calculation"},
    Alias{"count", "repeat_count"},
    Alias{"jr:count", "repeat_count"},
    Alias{"constraining_message", "constraint_message"},
    Alias{"jr:constraintmsg", "constraint_message"},
    Alias{"constraintmsg", "constraint_message"},
    Alias{"requiredmsg", "required_message"},
    Alias{"jr:requiredmsg", "required_message"},
    Alias{"noapperrorstring", "no_app_error_string"},
    Alias{"jr:noapperrorstring", "no_app_error_string"},
    Alias{"image", "media::image"},
    Alias{"big-image", "media::big-image"},
    Alias{"audio", "media::audio"},
    Alias{"video", "media::video"},
    Alias{"entities:saveto", "save_to"},
    Alias{"saveto", "save_to"},
};

constexpr std::array<std::string_view, 31> kSurveyColumns = {"type",
                                                             "name",
                                                             "label",
                                                             "hint",
                                                             "guidance_hint",
                                                             "relevant",
                                                             "required",
                                                             "readonly",
                                                             "constraint",
                                                             "constraint_message",
                                                             "required_message",
                                                             "calculation",
                                                             "choice_filter",
                                                             "default",
                                                             "appearance",
                                                             "parameters",
                                                             "repeat_count",
                                                             "trigger",
                                                             "save_to",
                                                             "rows",
                                                             "autoplay",
                                                             "intent",
                                                             "disabled",
                                                             "media",
                                                             "media::image",
                                                             "media::big-image",
                                                             "media::audio",
                                                             "media::video",
                                                             "no_app_error_string",
                                                             "list_name",
                                                             "query"};

constexpr std::array kChoiceAliases = {
    Alias{"caption", "label"},      Alias{"value", "name"},
    Alias{"image", "media::image"}, Alias{"big-image", "media::big-image"},
    Alias{"audio", "media::audio"}, Alias{"video", "media::video"},
};

constexpr std::array<std::string_view, 7> kChoiceColumns = {
    "list_name",        "name",         "label",       "media::image",
    "media::big-image", "media::audio", "media::video"};

constexpr std::array kSettingAliases = {
    Alias{"id_string", "form_id"},
    Alias{"set_form_id", "form_id"},
    Alias{"title", "form_title"},
    Alias{"set_form_title", "form_title"},
};

constexpr std::array<std::string_view, 32> kSettingColumns = {"form_id",
                                                              "form_title",
                                                              "version",
                                                              "default_language",
                                                              "instance_name",
                                                              "public_key",
                                                              "submission_url",
                                                              "style",
                                                              "name",
                                                              "allow_choice_duplicates",
                                                              "clean_text_values",
                                                              "omit_instanceid",
                                                              "namespaces",
                                                              "sms_keyword",
                                                              "sms_separator",
                                                              "sms_allow_media",
                                                              "sms_date_format",
                                                              "sms_datetime_format",
                                                              "sms_response",
                                                              "prefix",
                                                              "delimiter",
                                                              "auto_send",
                                                              "auto_delete",
                                                              "client_editable",
                                                              "add_none_option",
                                                              "flat",
                                                              "instance_id",
                                                              "instance_xmlns",
                                                              "xml_root",
                                                              "compact_prefix",
                                                              "compact_delimiter",
                                                              "default_theme"};

constexpr std::array kEntityAliases = {Alias{"list_name", "dataset"}};

constexpr std::array<std::string_view, 6> kEntityColumns = {"dataset",   "label",     "entity_id",
                                                            "create_if", "update_if", "repeat"};

struct Vocabulary {
  std::span<const Alias> aliases;
  std::span<const std::string_view> columns;
};

Vocabulary vocabulary_of(SheetKind kind) {
  switch (kind) {
    case SheetKind::survey:
      return {kSurveyAliases, kSurveyColumns};
    case SheetKind::choices:
      return {kChoiceAliases, kChoiceColumns};
    case SheetKind::settings:
      return {kSettingAliases, kSettingColumns};
    case SheetKind::entities:
      return {kEntityAliases, kEntityColumns};
  }
  return {};
}

std::vector<std::string> split_header(std::string_view header, bool double_colon) {
  const std::string_view mark = double_colon ? "::" : ":";
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = std::min(header.find(mark), header.size());
    parts.emplace_back(trimmed_cell(header.substr(0, end)));
    if (end == header.size()) break;
    header.remove_prefix(end + mark.size());
  }
  // With one colon between parts, that of a prefixed name is told from them by the prefix.
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (double_colon || (lowered(parts[i]) != "jr" && lowered(parts[i]) != "entities")) continue;
    parts[i] += ":" + parts[i + 1];
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
  return parts;
}

// What `word` means in the vocabulary, or nothing.
std::string_view meaning_of(const std::string& word, const Vocabulary& vocabulary) {
  for (const Alias& alias : vocabulary.aliases) {
    if (alias.written == word) return alias.name;
  }
  for (const std::string_view column : vocabulary.columns) {
    if (column == word) return column;
  }
  return {};
}

// "bind::relevant" and "control::appearance" are the plain columns; what is left of "bind", "body"
// and "instance" is kept under its long name.
Column grouped_column(std::vector<std::string>& parts, const Vocabulary& vocabulary) {
  const std::string group = lowered(parts[0]);
  Column column;
  column.is_known = true;
  const std::string second = snake_cased(parts[1]);
  std::string_view meaning = meaning_of(group == "media" ? "media::" + second : second, vocabulary);
  if (group == "instance" || group == "attribute" || meaning == "type" || meaning == "name") {
    meaning = {};
  }
  if (!meaning.empty()) {
    column.name = std::string(meaning);
  } else {
    column.name = (group == "control" ? "body" : group) + "::" + parts[1];
  }
  if (parts.size() > 2) column.language = parts[2];
  return column;
}

Column column_of(const std::string& header, bool any_double, SheetKind kind) {
  const Vocabulary vocabulary = vocabulary_of(kind);
  Column column;
  column.name = header;
  const std::string_view whole = meaning_of(snake_cased(header), vocabulary);
  if (!whole.empty()) {
    column.name = std::string(whole);
    column.is_known = true;
  } else {
    std::vector<std::string> parts = split_header(header, any_double);
    const std::string group = lowered(parts[0]);
    const bool is_group = group == "bind" || group == "control" || group == "body" ||
                          group == "instance" || group == "media" || group == "attribute";
    const std::string_view first = meaning_of(snake_cased(parts[0]), vocabulary);
    if (parts.size() > 1 && is_group) {
      column = grouped_column(parts, vocabulary);
    } else if (parts.size() > 1 && !first.empty()) {
      column.name = std::string(first);
      column.language = parts[1];
      column.is_known = true;
    }
  }
  column.written = header;
  return column;
}

}  // namespace

bool is_text_column(std::string_view name) {
  return name == "label" || name == "hint" || name == "guidance_hint" ||
         name == "constraint_message" || name == "required_message";
}

void Table::read_header(const SheetRow& header, SheetKind kind,
                        std::vector<ImportProblem>& problems) {
  header_row_ = header.number;
  const bool any_double = std::any_of(header.cells.begin(), header.cells.end(), [](const auto& c) {
    return c.find("::") != std::string::npos;
  });
  for (std::size_t i = 0; i < header.cells.size(); ++i) {
    const std::string written(trimmed_cell(header.cells[i]));
    if (written.empty()) continue;
    Column column = column_of(written, any_double, kind);
    const bool is_double = std::any_of(columns_.begin(), columns_.end(), [&](const Column& other) {
      return other.name == column.name && other.language == column.language;
    });
    if (is_double) {
      problems.push_back(
          {name_, header.number, written, "duplicate_column", Severity::error, column.name});
      continue;
    }
    columns_.push_back(std::move(column));
    sources_.push_back(i);
  }
}

Table Table::of(const Sheet& sheet, std::string_view name, SheetKind kind, bool collapses,
                std::vector<ImportProblem>& problems) {
  Table table;
  table.name_ = std::string(name);
  if (sheet.rows.size() > kMaxSheetRows) {
    problems.push_back({table.name_, 0, "", "workbook_too_large", Severity::error, ""});
    return table;
  }
  bool has_header = false;
  for (const SheetRow& row : sheet.rows) {
    if (is_blank_row(row.cells)) continue;
    if (!has_header) {
      table.read_header(row, kind, problems);
      has_header = true;
      continue;
    }
    TableRow made{row.number, {}};
    for (std::size_t i = 0; i < table.sources_.size(); ++i) {
      const std::size_t source = table.sources_[i];
      const std::string_view cell =
          source < row.cells.size() ? std::string_view(row.cells[source]) : std::string_view{};
      const bool has_lines = is_text_column(table.columns_[i].name);
      made.cells.push_back(with_straight_quotes(!collapses  ? std::string(trimmed_cell(cell))
                                                : has_lines ? collapsed_lines(cell)
                                                            : collapsed(cell)));
    }
    table.rows_.push_back(std::move(made));
  }
  table.report_without_heading(sheet, problems);
  table.report_unreadable(sheet, problems);
  return table;
}

// What nobody reads: a heading that was forgotten, a cell that slipped to the right. Told once for
// a column, at its first cell.
void Table::report_without_heading(const Sheet& sheet, std::vector<ImportProblem>& problems) const {
  std::set<std::size_t> seen;
  std::vector<std::string> headings;
  for (const SheetRow& row : sheet.rows) {
    if (row.number < header_row_) continue;
    if (row.number == header_row_) headings = row.cells;
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const bool has_heading = i < headings.size() && !trimmed_cell(headings[i]).empty();
      if (has_heading || trimmed_cell(row.cells[i]).empty() || !seen.insert(i).second) continue;
      problems.push_back({name_, row.number, column_letters(i), "cell_without_heading",
                          Severity::warning, std::string(trimmed_cell(row.cells[i]))});
    }
  }
}

// A rule that cannot be read is no empty rule.
void Table::report_unreadable(const Sheet& sheet, std::vector<ImportProblem>& problems) const {
  for (const UnreadableCell& cell : sheet.unreadable) {
    const auto place = std::find(sources_.begin(), sources_.end(), cell.column);
    const bool has_header = place != sources_.end() && cell.row != header_row_;
    const Column column = has_header ? columns_[static_cast<std::size_t>(place - sources_.begin())]
                                     : Column{"", "", "", cell.row == header_row_};
    if (!column.is_known) continue;
    problems.push_back({name_, cell.row, column.written, cell.code, Severity::error, ""});
  }
}

bool Table::has_column(std::string_view name) const {
  return std::any_of(columns_.begin(), columns_.end(),
                     [name](const Column& column) { return column.name == name; });
}

std::string_view Table::cell(const TableRow& row, std::string_view name) const {
  std::string_view found;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].name != name || row.cells[i].empty()) continue;
    if (columns_[i].language.empty()) return row.cells[i];
    if (found.empty()) found = row.cells[i];
  }
  return found;
}

std::string Table::written(std::string_view name) const {
  for (const Column& column : columns_) {
    if (column.name == name) return column.written;
  }
  return std::string(name);
}

}  // namespace landfall
