#include "tests/conformance/operations/case.h"

#include <nlohmann/json.hpp>

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {
namespace {

// The document is read by another library than the one under test.
using Document = nlohmann::json;

// `from` as a value of ours. Integers beyond 64 bits with sign become the largest one.
Json json_of(const Document& from) {
  if (from.is_boolean()) return Json(from.get<bool>());
  if (from.is_number_float()) return Json(from.get<double>());
  if (from.is_number_unsigned()) return Json(from.get<std::uint64_t>());
  if (from.is_number_integer()) return Json(from.get<std::int64_t>());
  if (from.is_string()) return Json(*from.get_ptr<const std::string*>());
  Json json = from.is_array() ? Json::array() : from.is_object() ? Json::object() : Json();
  for (const auto& [name, value] : from.items()) {
    if (from.is_array()) {
      json.push_back(json_of(value));
    } else {
      json[name] = json_of(value);
    }
  }
  return json;
}

// The text member `name`, or nothing where it is missing or no text.
const std::string* text_member(const Document& object, const char* name) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return nullptr;
  return member->get_ptr<const std::string*>();
}

Operation find_operation(std::string_view suite, std::string_view file) {
  for (const OperationEntry& entry : operations()) {
    if (entry.suite == suite && (entry.file.empty() || entry.file == file)) return entry.run;
  }
  return nullptr;
}

std::string written(const Document& answer) {
  return answer.dump(-1, ' ', false, Document::error_handler_t::replace);
}

}  // namespace

std::string run_case(std::string_view line) {
  const Document request = Document::parse(line, nullptr, false);
  if (!request.is_object()) return written({{"malformed", true}});
  const std::string* suite = text_member(request, "suite");
  const std::string* file = text_member(request, "file");
  const std::string* group = text_member(request, "group");
  const auto row = request.find("row");
  const auto members = request.find("file_members");
  if (suite == nullptr || file == nullptr || group == nullptr || row == request.end() ||
      members == request.end()) {
    return written({{"malformed", true}});
  }

  const Operation run = find_operation(*suite, *file);
  if (run == nullptr) return written({{"missing", true}});
  const auto with_row = request.find("given");
  const Json own_row = json_of(*row);
  const Json file_members = json_of(*members);
  const Json given = with_row == request.end() ? Json() : json_of(*with_row);
  const Outcome outcome = run(Row{*suite, *file, *group, own_row, file_members, given});
  return written({{"passed", outcome.passed}, {"observed", outcome.observed}});
}

}  // namespace landfall::conformance
