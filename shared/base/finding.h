// Finding: an answer that is not acceptable yet. Never an error, never text: wording is in i18n/.

#ifndef LANDFALL_SHARED_BASE_FINDING_H_
#define LANDFALL_SHARED_BASE_FINDING_H_

#include <string>
#include <utility>
#include <vector>

namespace landfall {

enum class Severity { error, warning };

// `path` is the question ("person/name_zh", "members[2]/name"; empty for a bare value), `code` a
// name from finding_codes.def or a rule code of the form package ("A-01"), `params` named values
// for the message ("max" → "20"), in a fixed order.
struct Finding {
  std::string path;
  std::string code;
  std::vector<std::pair<std::string, std::string>> params;
  Severity severity = Severity::error;

  bool operator==(const Finding&) const = default;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_BASE_FINDING_H_
