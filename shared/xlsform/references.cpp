#include "shared/xlsform/references.h"

#include <algorithm>
#include <array>

#include "shared/form/names.h"
#include "shared/xlsform/cell_text.h"

namespace landfall {
namespace {

constexpr std::string_view kLastSaved = "last-saved#";

bool is_path_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

// True where a path may begin: a slash behind a name, a bracket or a dot goes on with one.
bool begins_absolute_path(std::string_view text, std::size_t at) {
  if (text[at] != '/' || text.substr(at, 2) == "//") return false;
  if (at == 0) return true;
  const char before = text[at - 1];
  return !is_path_letter(before) && before != ')' && before != ']' && before != '}' &&
         before != '/' && before != '*';
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const std::size_t end = text.find(text[at], at + 1);
  return end == std::string_view::npos ? text.size() : end + 1;
}

// What is spelled otherwise here. Expressions have a choice's words in the form's own language.
struct Replacement {
  std::string_view from;
  std::string_view to;
};
constexpr std::array kReplacements = {Replacement{"jr:itext(", "string("},
                                      Replacement{"/itextId", "/label"},
                                      // Written for "nothing"; XPath has no such word.
                                      Replacement{"null", "''"}};

const Replacement* replacement_at(std::string_view text, std::size_t at) {
  for (const Replacement& known : kReplacements) {
    const std::size_t end = at + known.from.size();
    if (text.substr(at, known.from.size()) != known.from) continue;
    const bool begins = at == 0 || known.from[0] == '/' ||
                        (!is_path_letter(text[at - 1]) && text[at - 1] != '/' &&
                         text[at - 1] != '{' && text[at - 1] != ':');
    const bool ends = known.from.back() == '(' || end >= text.size() ||
                      (!is_path_letter(text[end]) && text[end] != '(' && text[end] != '/');
    if (begins && ends) return &known;
  }
  return nullptr;
}

// The bytes of "/root" at `at`, or 0.
std::size_t root_step_at(std::string_view text, std::size_t at, std::string_view root) {
  if (root.empty() || root == "data" || !begins_absolute_path(text, at)) return 0;
  std::size_t from = at + 1;
  if (text.substr(from, root.size()) != root) return 0;
  const std::size_t end = from + root.size();
  return end < text.size() && is_path_letter(text[end]) ? 0 : end - at;
}

}  // namespace

CellReferences find_cell_references(std::string_view text) {
  CellReferences references;
  for (std::size_t at = text.find("${"); at != std::string_view::npos;
       at = text.find("${", at + 2)) {
    const std::size_t close = text.find('}', at);
    if (close == std::string_view::npos) {
      references.malformed = true;
      break;
    }
    std::string_view name = text.substr(at + 2, close - at - 2);
    const bool last_saved = name.substr(0, kLastSaved.size()) == kLastSaved;
    if (last_saved) name.remove_prefix(kLastSaved.size());
    if (!is_form_name(name)) {
      references.malformed = true;
      continue;
    }
    references.found.push_back({std::string(name), last_saved, at, close + 1 - at});
  }
  return references;
}

std::optional<std::vector<std::string>> reference_list(std::string_view text) {
  std::vector<std::string> names;
  for (std::string_view rest = text; true;) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view item = trimmed_cell(rest.substr(0, end));
    const CellReferences references = find_cell_references(item);
    if (references.malformed || references.found.size() != 1 || references.found[0].last_saved ||
        references.found[0].size != item.size()) {
      return std::nullopt;
    }
    names.push_back(references.found[0].name);
    if (end == rest.size()) return names;
    rest.remove_prefix(end + 1);
  }
}

std::string as_package_expression(std::string_view text, std::string_view root) {
  const CellReferences references = find_cell_references(text);
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const auto saved =
        std::find_if(references.found.begin(), references.found.end(),
                     [at](const auto& found) { return found.last_saved && found.at == at; });
    if (saved != references.found.end()) {
      result += "''";
      at += saved->size;
    } else if (text[at] == '\'' || text[at] == '"') {
      const std::size_t end = end_of_quoted(text, at);
      result += text.substr(at, end - at);
      at = end;
    } else if (const std::size_t size = root_step_at(text, at, root); size != 0) {
      result += "/data";
      at += size;
    } else if (const Replacement* known = replacement_at(text, at); known != nullptr) {
      result += known->to;
      at += known->from.size();
    } else {
      result += text[at++];
    }
  }
  return result;
}

}  // namespace landfall
