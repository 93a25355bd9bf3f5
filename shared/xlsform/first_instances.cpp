#include "shared/xlsform/first_instances.h"

#include <string>
#include <utility>
#include <vector>

namespace landfall {
namespace {

// A group or repeat whose rows are being read.
struct Open {
  std::string name;
  ControlKind control = ControlKind::group;
  bool is_counted = false;  // by an expression, which makes its instances itself
  Json content = Json::object();
};

// Puts `closed` into what is around it.
void close(Open closed, Json& around) {
  if (closed.is_counted) return;
  if (closed.control == ControlKind::repeat) {
    around[closed.name] = Json::array({std::move(closed.content)});
  } else if (!closed.content.empty()) {
    around[closed.name] = std::move(closed.content);
  }
}

}  // namespace

Json first_instances(const FormSheets& sheets, const Structure& structure) {
  std::vector<Open> open(1);
  for (const SurveyItem& item : structure.items) {
    if (item.type.kind == RowKind::begin) {
      const TableRow& row = sheets.survey->rows()[item.row];
      open.push_back({item.name, item.type.control,
                      !sheets.survey->cell(row, "repeat_count").empty(), Json::object()});
    } else if (item.type.kind == RowKind::end) {
      Open closed = std::move(open.back());
      open.pop_back();
      close(std::move(closed), open.back().content);
    }
  }
  return std::move(open.front().content);
}

}  // namespace landfall
