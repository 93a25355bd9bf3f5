#include "shared/xlsform/markdown.h"

#include <algorithm>

#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

// The cells between the bars of a line; what follows the last bar is a remark.
std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.emplace_back(trimmed_cell(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

bool is_ruling(const std::vector<std::string>& cells) {
  bool has_dash = false;
  for (const std::string& cell : cells) {
    if (cell.find_first_not_of("-: ") != std::string::npos) return false;
    has_dash = has_dash || cell.find('-') != std::string::npos;
  }
  return has_dash;
}

bool has_text(const std::vector<std::string>& cells) {
  return std::any_of(cells.begin(), cells.end(), [](const auto& cell) { return !cell.empty(); });
}

class MarkdownReader {
 public:
  // False when a limit is reached.
  bool read_line(std::string_view line) {
    line = trimmed_cell(line);
    ++line_;
    if (is_survey_heading(line)) heading_ = line_;
    if (line.empty() || line[0] != '|') return true;
    std::vector<std::string> cells = cells_of(line);
    if (cells.empty() || is_ruling(cells)) return true;
    if (!cells[0].empty()) {
      sheets_.push_back({cells[0], {}});
      return sheets_.size() <= kMaxSheets;
    }
    if (sheets_.empty()) return true;
    cells.erase(cells.begin());
    return add_row(std::move(cells));
  }

  Workbook take() { return {std::move(sheets_)}; }

  // The line of a heading "survey" where no table has a sheet of that name; 0: none.
  [[nodiscard]] std::uint32_t stray_heading() const {
    const bool has_survey = std::any_of(sheets_.begin(), sheets_.end(), [](const Sheet& sheet) {
      return lowered(sheet.name) == "survey";
    });
    return has_survey ? 0 : heading_;
  }

 private:
  static bool is_survey_heading(std::string_view line) {
    const std::size_t text = std::min(line.find_first_not_of('#'), line.size());
    return text > 0 && lowered(trimmed_cell(line.substr(text))) == "survey";
  }

  bool add_row(std::vector<std::string> cells) {
    std::vector<SheetRow>& rows = sheets_.back().rows;
    // A blank line of the table counts as a row, but none comes before the header.
    if (rows.empty() && !has_text(cells)) return true;
    cells_ += cells.size();
    const bool fits = std::all_of(cells.begin(), cells.end(), [](const std::string& cell) {
      return cell.size() <= kMaxCellBytes;
    });
    if (!fits || cells.size() > kMaxSheetColumns || cells_ > kMaxWorkbookCells ||
        rows.size() >= kMaxSheetRows) {
      return false;
    }
    rows.push_back({static_cast<std::uint32_t>(rows.size() + 1), std::move(cells)});
    return true;
  }

  std::vector<Sheet> sheets_;
  std::uint32_t line_ = 0;
  std::uint32_t heading_ = 0;
  std::size_t cells_ = 0;
};

}  // namespace

WorkbookReading parse_markdown_workbook(std::string_view text) {
  const bool is_text = find_no_text(text) == std::string_view::npos;
  if (!is_text) return {{}, ImportProblem{"", 0, "", "utf8_invalid", Severity::error, ""}};
  MarkdownReader reader;
  std::uint32_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    ++number;
    if (!reader.read_line(text.substr(0, end))) {
      return {{}, ImportProblem{"", number, "", "workbook_too_large", Severity::error, ""}};
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (const std::uint32_t line = reader.stray_heading(); line != 0) {
    return {{}, ImportProblem{"", line, "", "markdown_heading", Severity::error, ""}};
  }
  return {reader.take(), std::nullopt};
}

}  // namespace landfall
