#include "shared/xlsform/csv.h"

#include <algorithm>

#include "shared/text/folding.h"
#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

class CsvReader {
 public:
  // `first_row` is the number of the first record.
  CsvReader(std::string_view text, char separator, std::uint32_t first_row)
      : text_(text), separator_(separator), first_row_(first_row) {}

  // A problem's code, or nothing.
  std::string_view run() {
    while (at_ < text_.size()) {
      if (rows_.size() >= kMaxSheetRows) return "workbook_too_large";
      rows_.push_back({first_row_ + static_cast<std::uint32_t>(rows_.size()), {}});
      if (const std::string_view problem = read_record(rows_.back().cells); !problem.empty()) {
        return problem;
      }
    }
    return {};
  }

  std::vector<SheetRow>& rows() { return rows_; }

 private:
  std::string_view read_record(std::vector<std::string>& cells) {
    while (true) {
      std::string cell;
      if (at_ < text_.size() && text_[at_] == '"') {
        if (!read_quoted(cell)) return "csv_malformed";
      } else {
        read_plain(cell);
      }
      if (cell.size() > kMaxCellBytes || cells.size() >= kMaxSheetColumns ||
          ++cells_ > kMaxWorkbookCells) {
        return "workbook_too_large";
      }
      cells.push_back(std::move(cell));
      if (at_ >= text_.size()) return {};
      const char behind = text_[at_++];
      if (behind == separator_) continue;
      if (behind == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
      return {};
    }
  }

  void read_plain(std::string& cell) {
    const std::size_t end = std::min(text_.find_first_of(ends_of_cell(), at_), text_.size());
    cell = std::string(text_.substr(std::min(at_, text_.size()), end - at_));
    at_ = end;
  }

  bool read_quoted(std::string& cell) {
    ++at_;
    while (at_ < text_.size()) {
      if (text_[at_] != '"') {
        cell += text_[at_++];
        continue;
      }
      ++at_;
      if (at_ >= text_.size()) return true;
      if (text_[at_] != '"') return ends_of_cell().find(text_[at_]) != std::string::npos;
      cell += '"';
      ++at_;
    }
    return false;
  }

  [[nodiscard]] std::string ends_of_cell() const { return std::string(1, separator_) + "\r\n"; }

  std::string_view text_;
  char separator_;
  std::uint32_t first_row_;
  std::size_t at_ = 0;
  std::size_t cells_ = 0;
  std::vector<SheetRow> rows_;
};

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// What stands before the records: a byte order mark, and Excel's line "sep=;".
struct Preamble {
  std::size_t bytes = 0;
  std::uint32_t lines = 0;
  char separator = ',';
};

Preamble preamble_of(std::string_view text) {
  Preamble preamble;
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) {
    preamble.bytes = kByteOrderMark.size();
    text.remove_prefix(preamble.bytes);
  }
  constexpr std::string_view kName = "sep=";
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  if (end != kName.size() + 1 || ascii_lower(text.substr(0, kName.size())) != kName) {
    return preamble;
  }
  preamble.separator = text[kName.size()];
  preamble.lines = 1;
  preamble.bytes += std::min(end + (text.substr(end, 2) == "\r\n" ? 2 : 1), text.size());
  return preamble;
}

WorkbookReading refused(std::string_view code, std::size_t row) {
  return {{},
          ImportProblem{"", static_cast<std::uint32_t>(row), "", std::string(code), Severity::error,
                        ""}};
}

bool has_type_column(const SheetRow& row) {
  return std::any_of(row.cells.begin(), row.cells.end(),
                     [](const std::string& cell) { return snake_cased(cell) == "type"; });
}

// The separator of a header whose cells no commas separate: ';', '|' or a tab; 0 for any other
// line.
char other_separator(std::string_view line) {
  if (line.find(',') != std::string_view::npos) return 0;
  for (const char separator : {';', '\t', '|'}) {
    for (std::string_view rest = line; !rest.empty();) {
      const std::size_t end = std::min(rest.find(separator), rest.size());
      std::string cell = snake_cased(rest.substr(0, end));
      cell.erase(std::remove(cell.begin(), cell.end(), '"'), cell.end());
      if (cell == "type" && line.find(separator) != std::string_view::npos) return separator;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return 0;
}

// A header stands in the first line, or behind the line of its sheet's name.
std::optional<ImportProblem> find_other_separator(std::string_view text) {
  for (std::uint32_t row = 1; row <= 2; ++row) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    if (const char separator = other_separator(text.substr(0, end)); separator != 0) {
      return ImportProblem{"",
                           row,
                           "",
                           "csv_separator",
                           Severity::error,
                           separator == '\t' ? "tab" : std::string(1, separator)};
    }
    const bool is_pair = text.substr(end, 2) == "\r\n";
    text.remove_prefix(std::min(end + (is_pair ? 2 : 1), text.size()));
  }
  return std::nullopt;
}

}  // namespace

WorkbookReading parse_csv_table(std::string_view text, std::string_view name) {
  if (const std::size_t at = find_no_text(text); at != std::string_view::npos) {
    const auto lines =
        std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
    return refused("utf8_invalid", static_cast<std::size_t>(lines) + 1);
  }
  const Preamble preamble = preamble_of(text);
  CsvReader reader(text.substr(preamble.bytes), preamble.separator, preamble.lines + 1);
  const std::string_view problem = reader.run();
  if (!problem.empty()) return refused(problem, reader.rows().size());
  WorkbookReading reading;
  reading.workbook.sheets.push_back({std::string(name), std::move(reader.rows())});
  return reading;
}

WorkbookReading parse_csv_workbook(std::string_view text) {
  const bool says_separator = preamble_of(text).lines > 0;
  auto problem = says_separator ? std::nullopt : find_other_separator(text);
  if (problem) return {{}, std::move(problem)};
  WorkbookReading reading = parse_csv_table(text, "survey");
  if (reading.problem) return reading;
  std::vector<SheetRow> rows = std::move(reading.workbook.sheets[0].rows);
  if (!rows.empty() && has_type_column(rows[0]) && !trimmed_cell(rows[0].cells[0]).empty()) {
    reading.workbook.sheets[0].rows = std::move(rows);
    return reading;
  }
  reading.workbook.sheets.clear();
  for (SheetRow& row : rows) {
    const std::string_view first = trimmed_cell(row.cells[0]);
    if (!first.empty()) {
      if (reading.workbook.sheets.size() >= kMaxSheets)
        return refused("workbook_too_large", row.number);
      reading.workbook.sheets.push_back({std::string(first), {}});
      continue;
    }
    if (reading.workbook.sheets.empty()) continue;
    row.cells.erase(row.cells.begin());
    reading.workbook.sheets.back().rows.push_back(std::move(row));
  }
  return reading;
}

}  // namespace landfall
