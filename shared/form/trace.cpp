#include "shared/form/trace.h"

#include <algorithm>

#include "shared/base/invariant.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/form_tree.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxTraceEntries = 20'000;
constexpr std::size_t kMaxTraceInputs = 100;

}  // namespace

ReadObserver* TraceRecorder::begin(const FormTree& tree) {
  tree_ = &tree;
  entry_ = {};
  return entries_.size() < kMaxTraceEntries ? this : nullptr;
}

void TraceRecorder::on_read(NodeId node, std::string_view text) {
  if (entry_.inputs.size() >= kMaxTraceInputs) return;
  std::pair<std::string, std::string> input(tree_->place_of(node), text);
  const bool is_known =
      std::find(entry_.inputs.begin(), entry_.inputs.end(), input) != entry_.inputs.end();
  if (!is_known) entry_.inputs.push_back(std::move(input));
}

void TraceRecorder::end(const EvaluationContext& context, const Expression& expression,
                        const char* aspect, const Result<Value>& value) {
  if (entries_.size() >= kMaxTraceEntries) return;
  entry_.path = tree_->path_of(context.node);
  entry_.aspect = aspect;
  entry_.expression = expression.source;
  entry_.result = value.ok() ? text_of_value(value.value(), context)
                             : std::string(error_name(value.error().code));
  entries_.push_back(std::move(entry_));
}

std::vector<TraceEntry> TraceRecorder::take() { return std::exchange(entries_, {}); }

std::string trace_json(const std::vector<TraceEntry>& entries) {
  Json array = Json::array();
  for (const TraceEntry& entry : entries) {
    Json inputs = Json::array();
    for (const auto& [path, value] : entry.inputs) {
      inputs.push_back(Json::object({{"path", path}, {"value", value}}));
    }
    array.push_back(Json::object({{"path", entry.path},
                                  {"aspect", entry.aspect},
                                  {"expression", entry.expression},
                                  {"inputs", std::move(inputs)},
                                  {"result", entry.result}}));
  }
  Result<std::string> text = write_canonical_json(array);
  require(text.ok(), "a trace is writable JSON");
  return std::move(text).value();
}

}  // namespace landfall
