#include "shared/xlsform/loops.h"

#include <algorithm>

#include "shared/xlsform/type_name.h"

namespace landfall {
namespace {

std::string with_replaced(std::string text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos;
       at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class LoopWriter {
 public:
  LoopWriter(Table& survey, const Table* choices, const ChoiceLists& lists,
             std::vector<ImportProblem>& problems)
      : survey_(survey), choices_(choices), lists_(lists), problems_(problems) {}

  void run() {
    std::vector<TableRow> rows = std::move(survey_.rows());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const TypeName type = type_of(rows[i]);
      if (type.kind == RowKind::begin && type.control == ControlKind::loop) {
        i = write_loop(rows, i, type.list);
      } else {
        written_.push_back(std::move(rows[i]));
      }
    }
    survey_.rows() = std::move(written_);
  }

 private:
  [[nodiscard]] TypeName type_of(const TableRow& row) const {
    return parse_type_name(survey_.cell(row, "type"));
  }

  void report(const TableRow& row, std::string_view code, std::string_view detail) {
    problems_.push_back({survey_.name(), row.number, survey_.written("type"), std::string(code),
                         Severity::error, std::string(detail)});
  }

  void set_cell(TableRow& row, std::string_view column, std::string_view text) const {
    for (std::size_t i = 0; i < survey_.columns().size(); ++i) {
      if (survey_.columns()[i].name == column) row.cells[i] = std::string(text);
    }
  }

  // The choice's label in the language of a column of the survey, else in any.
  [[nodiscard]] std::string label_of(const TableRow& choice, const std::string& language) const {
    for (std::size_t i = 0; i < choices_->columns().size(); ++i) {
      const Column& column = choices_->columns()[i];
      if (column.name == "label" && column.language == language && !choice.cells[i].empty()) {
        return choice.cells[i];
      }
    }
    return std::string(choices_->cell(choice, "label"));
  }

  [[nodiscard]] TableRow row_for(const TableRow& row, const TableRow& choice) const {
    TableRow made = row;
    for (std::size_t i = 0; i < made.cells.size(); ++i) {
      made.cells[i] =
          with_replaced(std::move(made.cells[i]), "%(name)s", choices_->cell(choice, "name"));
      made.cells[i] = with_replaced(std::move(made.cells[i]), "%(label)s",
                                    label_of(choice, survey_.columns()[i].language));
    }
    return made;
  }

  // Writes the loop that begins at `begin`; the place of its last row.
  std::size_t write_loop(const std::vector<TableRow>& rows, std::size_t begin,
                         const std::string& list) {
    std::size_t end = begin + 1;
    bool is_flat = true;
    while (end < rows.size() && is_flat) {
      const TypeName type = type_of(rows[end]);
      if (type.kind == RowKind::end && type.control == ControlKind::loop) break;
      if (type.kind == RowKind::begin || type.kind == RowKind::end) is_flat = false;
      if (is_flat) ++end;
    }
    const auto choices = lists_.find(list);
    if (list.empty()) report(rows[begin], "loop_without_list", "");
    if (!list.empty() && choices == lists_.end()) report(rows[begin], "unknown_list", list);
    if (!is_flat) report(rows[end], "loop_with_group", "");
    if (end >= rows.size()) report(rows[begin], "unmatched_begin", "loop");
    if (choices == lists_.end() || !is_flat || end >= rows.size()) return rows.size();
    if (written_.size() + choices->second.size() * (end - begin + 1) > kMaxSheetRows) {
      report(rows[begin], "too_large", list);
      return rows.size();
    }
    TableRow opening = rows[begin];
    set_cell(opening, "type", "begin_group");
    written_.push_back(std::move(opening));
    for (const std::size_t place : choices->second) {
      write_choice(rows, begin, end, choices_->rows()[place]);
    }
    TableRow closing = rows[end];
    set_cell(closing, "type", "end_group");
    written_.push_back(std::move(closing));
    return end;
  }

  void write_choice(const std::vector<TableRow>& rows, std::size_t begin, std::size_t end,
                    const TableRow& choice) {
    TableRow opening{rows[begin].number, std::vector<std::string>(survey_.columns().size())};
    set_cell(opening, "type", "begin_group");
    set_cell(opening, "name", choices_->cell(choice, "name"));
    for (std::size_t i = 0; i < survey_.columns().size(); ++i) {
      const Column& column = survey_.columns()[i];
      if (column.name == "label") opening.cells[i] = label_of(choice, column.language);
    }
    written_.push_back(std::move(opening));
    for (std::size_t i = begin + 1; i < end; ++i) written_.push_back(row_for(rows[i], choice));
    TableRow closing{rows[end].number, std::vector<std::string>(survey_.columns().size())};
    set_cell(closing, "type", "end_group");
    written_.push_back(std::move(closing));
  }

  Table& survey_;
  const Table* choices_;
  const ChoiceLists& lists_;
  std::vector<ImportProblem>& problems_;
  std::vector<TableRow> written_;
};

}  // namespace

void write_out_loops(Table& survey, const Table* choices, const ChoiceLists& lists,
                     std::vector<ImportProblem>& problems) {
  LoopWriter(survey, choices, lists, problems).run();
}

}  // namespace landfall
