#include "server/cli/xform_data.h"

#include <filesystem>
#include <utility>

#include "server/authoring/xml_reader.h"
#include "server/cli/files.h"
#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/csv.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kCsvSource = "jr://file-csv/";
constexpr std::string_view kXmlSource = "jr://file/";

XmlElement element_of(std::string name, std::uint32_t line) {
  XmlElement element;
  element.name = std::move(name);
  element.line = line;
  return element;
}

// `row` under the columns of `header`; cells without a column have no name to be asked for by.
XmlElement item_of(const SheetRow& header, const SheetRow& row, std::uint32_t line) {
  XmlElement item = element_of("item", line);
  for (std::size_t i = 0; i < header.cells.size() && i < row.cells.size(); ++i) {
    const std::string_view column = trimmed_cell(header.cells[i]);
    if (column.empty()) continue;
    XmlElement cell = element_of(std::string(column), line);
    XmlElement text;
    text.text = row.cells[i];
    cell.children.push_back(std::move(text));
    item.children.push_back(std::move(cell));
  }
  return item;
}

XmlElement tree_of_rows(const std::vector<SheetRow>& rows, std::uint32_t line) {
  XmlElement root = element_of("root", line);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (!is_blank_row(rows[i].cells)) root.children.push_back(item_of(rows[0], rows[i], line));
  }
  return root;
}

XmlElement* child_of(XmlElement& element, std::string_view local) {
  for (XmlElement& child : element.children) {
    if (local_name(child.name) == local) return &child;
  }
  return nullptr;
}

class InstanceFiles {
 public:
  InstanceFiles(fs::path folder, std::vector<ImportProblem>& problems)
      : folder_(std::move(folder)), problems_(problems) {}

  Outcome<Done> fill(XmlElement& instance) {
    const std::string source(attribute_or_empty(instance, "src"));
    const bool is_csv = source.starts_with(kCsvSource);
    if (!is_csv && !source.starts_with(kXmlSource)) return Done{};
    const std::string name = source.substr(is_csv ? kCsvSource.size() : kXmlSource.size());
    const fs::path file = folder_ / name;
    const bool is_plain = !name.empty() && fs::path(name).filename() == name &&
                          file.extension() == (is_csv ? ".csv" : ".xml");
    if (!is_plain) return Done{};
    if (!file_exists(file.string())) {
      problems_.push_back(
          {"xform", instance.line, "instance", "file_needed", Severity::error, name});
      return Done{};
    }
    return is_csv ? take_rows(instance, file) : take_elements(instance, file);
  }

 private:
  Outcome<Done> take_rows(XmlElement& instance, const fs::path& file) {
    Outcome<std::string> text = load_text(file.string());
    if (!text.ok()) return text.failure();
    WorkbookReading reading = parse_csv_table(text.value(), file.filename().string());
    if (reading.problem) {
      reading.problem->sheet = file.filename().string();
      problems_.push_back(*std::move(reading.problem));
      return Done{};
    }
    put(instance, tree_of_rows(reading.workbook.sheets[0].rows, instance.line));
    return Done{};
  }

  Outcome<Done> take_elements(XmlElement& instance, const fs::path& file) {
    Outcome<Bytes> bytes = load_file(file.string(), kMaxXmlBytes);
    if (!bytes.ok()) return bytes.failure();
    XmlReading reading = read_xml(bytes.value());
    if (reading.problem) {
      problems_.push_back({file.filename().string(), reading.line, "", *reading.problem,
                           Severity::error, reading.detail});
      return Done{};
    }
    put(instance, std::move(reading.root));
    return Done{};
  }

  // From here on the form holds its rows itself.
  static void put(XmlElement& instance, XmlElement top) {
    std::erase_if(instance.attributes,
                  [](const auto& attribute) { return local_name(attribute.first) == "src"; });
    instance.children.assign(1, std::move(top));
  }

  fs::path folder_;
  std::vector<ImportProblem>& problems_;
};

}  // namespace

Outcome<Done> fill_instances(XmlElement& document, const std::string& path,
                             std::vector<ImportProblem>& problems) {
  XmlElement* head = child_of(document, "head");
  XmlElement* model = head == nullptr ? nullptr : child_of(*head, "model");
  if (model == nullptr) return Done{};
  InstanceFiles files(fs::path(path).parent_path(), problems);
  for (XmlElement& child : model->children) {
    if (local_name(child.name) != "instance") continue;
    if (Outcome<Done> filled = files.fill(child); !filled.ok()) return filled;
  }
  return Done{};
}

}  // namespace landfall
