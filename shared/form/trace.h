// The trace: each evaluation of an expression with what it read, for people who ask why.

#ifndef LANDFALL_SHARED_FORM_TRACE_H_
#define LANDFALL_SHARED_FORM_TRACE_H_

#include <string>
#include <utility>
#include <vector>

#include "shared/form/tracer.h"

namespace landfall {

struct TraceEntry {
  std::string path;        // the node whose expression it is
  std::string aspect;      // relevant, required, readonly, calculation, constraint …, fee
  std::string expression;  // as the author wrote it
  // Path → text, in the order of reading, each once.
  std::vector<std::pair<std::string, std::string>> inputs;
  std::string result;  // as text; the name of the error when there is none

  bool operator==(const TraceEntry&) const = default;
};

// A tracer that keeps what it is told, at most 20,000 entries of at most 100 inputs. It must
// outlive the engine that it is given to.
class TraceRecorder final : public Tracer, private ReadObserver {
 public:
  [[nodiscard]] ReadObserver* begin(const FormTree& tree) override;
  void end(const EvaluationContext& context, const Expression& expression, const char* aspect,
           const Result<Value>& value) override;

  // What was recorded since the last call.
  [[nodiscard]] std::vector<TraceEntry> take();

 private:
  void on_read(NodeId node, std::string_view text) override;

  const FormTree* tree_ = nullptr;
  TraceEntry entry_;
  std::vector<TraceEntry> entries_;
};

// [{path, aspect, expression, inputs:[{path, value}], result}] as canonical JSON.
[[nodiscard]] std::string trace_json(const std::vector<TraceEntry>& entries);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_TRACE_H_
