#include "server/authoring/xlsx_reader.h"

#include <algorithm>
#include <map>
#include <pugixml.hpp>

#include "server/authoring/xlsx_cells.h"
#include "server/authoring/zip_archive.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr std::uint32_t kMaxRowNumber = 1048576;
constexpr std::size_t kMaxUnreadableCells = 100;  // enough to see what is wrong

// The name without a prefix: some programs write <x:row>.
std::string_view local_name(pugi::xml_node node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child_of(pugi::xml_node node, std::string_view name) {
  for (const pugi::xml_node child : node.children()) {
    if (local_name(child) == name) return child;
  }
  return {};
}

// The attribute "id" of any prefix: the relationship a sheet stands for.
std::string_view relationship_of(pugi::xml_node node) {
  for (const pugi::xml_attribute attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name.size() > 3 && name.substr(name.size() - 3) == ":id") return attribute.value();
  }
  return {};
}

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// `target` of a relationship as a part's name, seen from the folder of its source.
std::string part_name(std::string_view folder, std::string_view target) {
  std::string name = target.substr(0, 1) == "/" ? std::string(target.substr(1))
                                                : std::string(folder) + std::string(target);
  for (std::size_t up = name.find("/../"); up != std::string::npos; up = name.find("/../")) {
    const std::size_t before = up == 0 ? std::string::npos : name.rfind('/', up - 1);
    name.erase(before == std::string::npos ? 0 : before + 1,
               up + 4 - (before == std::string::npos ? 0 : before + 1));
  }
  return name;
}

// The texts of <t> in a string item, runs of rich text joined; phonetic guides are not part of it.
std::string text_of_item(pugi::xml_node item) {
  std::string text;
  for (const pugi::xml_node child : item.children()) {
    const std::string_view name = local_name(child);
    if (name == "t") text += child.text().get();
    if (name == "r") text += child_of(child, "t").text().get();
  }
  return unescaped_cell_text(text);
}

struct Relationship {
  std::string type;
  std::string part;
};

class XlsxReader {
 public:
  explicit XlsxReader(ZipArchive archive) : archive_(std::move(archive)) {}

  WorkbookReading run() {
    const std::string book = find_book();
    pugi::xml_document document;
    if (!load(book, document)) return fail_as(book);
    const pugi::xml_node root = document.document_element();
    since_1904_ = child_of(root, "workbookPr").attribute("date1904").as_bool();
    const std::size_t slash = book.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : book.substr(0, slash + 1);
    const auto related =
        relationships(folder + "_rels/" + book.substr(folder.size()) + ".rels", folder);
    for (const auto& [id, relationship] : related) {
      (void)id;
      if (ends_with(relationship.type, "/sharedStrings")) read_strings(relationship.part);
      if (ends_with(relationship.type, "/styles")) read_styles(relationship.part);
    }
    for (const pugi::xml_node sheet : child_of(root, "sheets").children()) {
      if (problem_) break;
      const auto found = related.find(std::string(relationship_of(sheet)));
      // Chart sheets and macros are of other types.
      if (found == related.end() || !ends_with(found->second.type, "/worksheet")) continue;
      read_sheet(sheet.attribute("name").value(), found->second.part);
    }
    if (problem_) return {{}, problem_};
    return {std::move(workbook_), std::nullopt};
  }

 private:
  WorkbookReading fail_as(const std::string& part) {
    if (!problem_) fail("workbook_not_xlsx", part);
    return {{}, problem_};
  }

  void fail(std::string_view code, const std::string& part, std::uint32_t row = 0) {
    if (problem_) return;
    problem_ = ImportProblem{"", row, "", std::string(code), Severity::error, part};
  }

  // False when the part is not there or cannot be read; only the latter is a problem.
  bool load(const std::string& part, pugi::xml_document& document) {
    std::string text;
    switch (archive_.read(part, text)) {
      case ZipArchive::Trouble::none:
        break;
      case ZipArchive::Trouble::absent:
        return false;
      case ZipArchive::Trouble::encrypted:
        fail("workbook_encrypted", part);
        return false;
      case ZipArchive::Trouble::too_large:
        fail("workbook_too_large", part);
        return false;
      case ZipArchive::Trouble::damaged:
        fail("workbook_damaged", part);
        return false;
    }
    // Blanks count inside <t>.
    const unsigned options = pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_doctype;
    const bool is_read = document.load_buffer(text.data(), text.size(), options);
    // No part of a workbook declares a document type, whose entities would stay unread.
    const bool is_plain = !document.find_child(
        [](const pugi::xml_node& child) { return child.type() == pugi::node_doctype; });
    if (is_read && is_plain) return true;
    fail("workbook_damaged", part);
    return false;
  }

  std::string find_book() {
    for (const auto& [id, relationship] : relationships("_rels/.rels", "")) {
      (void)id;
      if (ends_with(relationship.type, "/officeDocument")) return relationship.part;
    }
    return "xl/workbook.xml";
  }

  std::map<std::string, Relationship> relationships(const std::string& part,
                                                    std::string_view folder) {
    std::map<std::string, Relationship> found;
    pugi::xml_document document;
    if (!load(part, document)) return found;
    for (const pugi::xml_node node : document.document_element().children()) {
      if (local_name(node) != "Relationship") continue;
      if (std::string_view(node.attribute("TargetMode").value()) == "External") continue;
      found[node.attribute("Id").value()] = {node.attribute("Type").value(),
                                             part_name(folder, node.attribute("Target").value())};
    }
    return found;
  }

  void read_strings(const std::string& part) {
    pugi::xml_document document;
    if (!load(part, document)) return;
    for (const pugi::xml_node item : document.document_element().children()) {
      if (local_name(item) == "si") strings_.push_back(text_of_item(item));
    }
  }

  void read_styles(const std::string& part) {
    pugi::xml_document document;
    if (!load(part, document)) return;
    const pugi::xml_node root = document.document_element();
    std::map<std::uint32_t, NumberLook> own;
    for (const pugi::xml_node format : child_of(root, "numFmts").children()) {
      own[format.attribute("numFmtId").as_uint()] =
          look_of_format_code(format.attribute("formatCode").value());
    }
    for (const pugi::xml_node style : child_of(root, "cellXfs").children()) {
      if (local_name(style) != "xf") continue;
      const std::uint32_t id = style.attribute("numFmtId").as_uint();
      const auto found = own.find(id);
      looks_.push_back(found == own.end() ? look_of_builtin_format(id) : found->second);
    }
  }

  void read_sheet(const std::string& name, const std::string& part) {
    pugi::xml_document document;
    if (!load(part, document)) {
      fail("workbook_damaged", part);
      return;
    }
    if (workbook_.sheets.size() >= kMaxSheets) return fail("workbook_too_large", part);
    workbook_.sheets.push_back({name, {}});
    std::uint32_t number = 0;
    for (const pugi::xml_node row : child_of(document.document_element(), "sheetData").children()) {
      if (local_name(row) != "row") continue;
      number = row.attribute("r").as_uint(number + 1);
      if (number == 0 || number > kMaxRowNumber) return fail("workbook_damaged", part);
      if (!read_row(row, number, part)) return;
    }
  }

  bool read_row(pugi::xml_node row, std::uint32_t number, const std::string& part) {
    SheetRow made{number, {}};
    std::size_t next = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (local_name(cell) != "c") continue;
      const std::size_t column = column_of_reference(cell.attribute("r").value()).value_or(next);
      next = column + 1;
      std::string text = text_of_cell(cell, {number, column, {}}, part);
      if (text.empty()) continue;
      const bool fits = column < kMaxSheetColumns && text.size() <= kMaxCellBytes &&
                        ++cells_ <= kMaxWorkbookCells;
      if (!fits) {
        fail("workbook_too_large", part, number);
        return false;
      }
      if (made.cells.size() <= column) made.cells.resize(column + 1);
      // Two cells of one name: which of them counts is anybody's guess.
      if (!made.cells[column].empty()) fail("workbook_damaged", part, number);
      made.cells[column] = std::move(text);
    }
    if (made.cells.empty()) return true;
    std::vector<SheetRow>& rows = workbook_.sheets.back().rows;
    if (rows.size() >= kMaxSheetRows) {
      fail("workbook_too_large", part, number);
      return false;
    }
    rows.push_back(std::move(made));
    return true;
  }

  std::string text_of_cell(pugi::xml_node cell, UnreadableCell place, const std::string& part) {
    const std::string_view type = cell.attribute("t").as_string("n");
    if (type == "inlineStr") return checked(text_of_item(child_of(cell, "is")));
    if (type == "e") return without_text(std::move(place), "cell_error");
    const std::string_view value = child_of(cell, "v").text().get();
    // A program that writes formulas need not compute them. Only a text may be an empty one.
    const bool is_computed = child_of(cell, "v") && (!value.empty() || type == "str");
    if (child_of(cell, "f") && !is_computed) {
      return without_text(std::move(place), "cell_without_value");
    }
    if (value.empty()) return {};
    if (type == "s") {
      const unsigned number = child_of(cell, "v").text().as_uint(~0u);
      if (number < strings_.size()) return checked(strings_[number]);
      fail("workbook_damaged", part, place.row);
      return {};
    }
    if (type == "b") return value == "0" ? "FALSE" : "TRUE";
    if (type == "n") {
      const unsigned style = cell.attribute("s").as_uint();
      const bool is_date = style < looks_.size() && looks_[style] == NumberLook::date;
      return is_date ? format_cell_date(value, since_1904_) : format_cell_number(value);
    }
    return checked(unescaped_cell_text(value));
  }

  std::string without_text(UnreadableCell cell, std::string_view code) {
    cell.code = code;
    std::vector<UnreadableCell>& list = workbook_.sheets.back().unreadable;
    if (list.size() < kMaxUnreadableCells) list.push_back(std::move(cell));
    return {};
  }

  // The XML reader passes bytes on as they are; what is no UTF-8 is no text.
  std::string checked(std::string text) {
    if (is_utf8(text)) return text;
    fail("utf8_invalid", "");
    return {};
  }

  ZipArchive archive_;
  std::vector<std::string> strings_;
  std::vector<NumberLook> looks_;
  bool since_1904_ = false;
  std::size_t cells_ = 0;
  Workbook workbook_;
  std::optional<ImportProblem> problem_;
};

WorkbookReading refused(std::string_view code) {
  return {{}, ImportProblem{"", 0, "", std::string(code), Severity::error, ""}};
}

// Office keeps protected workbooks, and those of before 2007, in a compound file.
// Source: [MS-CFB] 2.2, [MS-OFFCRYPTO] 2.3.4.4 (the stream EncryptedPackage).
bool is_compound_file(ByteView bytes) {
  constexpr std::uint8_t kSignature[] = {0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1};
  return bytes.size() >= sizeof kSignature &&
         std::equal(std::begin(kSignature), std::end(kSignature), bytes.begin());
}

bool holds_encrypted_package(ByteView bytes) {
  std::string wide;
  for (const char c : std::string_view("EncryptedPackage")) {
    wide += c;
    wide += '\0';
  }
  return text_of(bytes).find(wide) != std::string_view::npos;
}

}  // namespace

WorkbookReading read_xlsx(ByteView bytes) {
  if (is_compound_file(bytes)) {
    return refused(holds_encrypted_package(bytes) ? "workbook_encrypted" : "workbook_old_format");
  }
  if (bytes.size() > kMaxXlsxBytes) return refused("workbook_too_large");
  std::optional<ZipArchive> archive = ZipArchive::open(bytes);
  if (!archive) return refused("workbook_not_xlsx");
  return XlsxReader(std::move(*archive)).run();
}

}  // namespace landfall
