// TraceEntry: one evaluation of one expression, for people who ask why.

#ifndef LANDFALL_SHARED_FORM_TRACE_H_
#define LANDFALL_SHARED_FORM_TRACE_H_

#include <string>
#include <utility>
#include <vector>

namespace landfall {

struct TraceEntry {
  std::string path;        // the node whose expression it is
  std::string aspect;      // relevant, required, readonly, calculation, constraint …, fee
  std::string expression;  // as the author wrote it
  std::vector<std::pair<std::string, std::string>> inputs;  // path → text, in the order of reading
  std::string result;                                       // as text

  bool operator==(const TraceEntry&) const = default;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_TRACE_H_
