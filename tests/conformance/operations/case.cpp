#include "tests/conformance/operations/case.h"

#include <nlohmann/json.hpp>

#include "tests/conformance/operations/operations.h"

namespace landfall::conformance {
namespace {

using Json = nlohmann::json;

// The text member `name`, or nothing where it is missing or no text.
const std::string* text_member(const Json& object, const char* name) {
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

std::string written(const Json& answer) {
  return answer.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

std::string run_case(std::string_view line) {
  const Json request = Json::parse(line, nullptr, false);
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
  const auto given = request.find("given");
  const Json nothing;
  const Outcome outcome =
      run(Row{*suite, *file, *group, *row, *members, given == request.end() ? nothing : *given});
  return written({{"passed", outcome.passed}, {"observed", outcome.observed}});
}

}  // namespace landfall::conformance
