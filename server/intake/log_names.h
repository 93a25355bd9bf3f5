// The names under which the log is spoken to: what it is called, and what it was called before.

#ifndef LANDFALL_SERVER_INTAKE_LOG_NAMES_H_
#define LANDFALL_SERVER_INTAKE_LOG_NAMES_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace landfall {

// Whoever signed a document before a restore named a former origin, and cannot sign it again where
// it is carried or has a receipt; so it counts as if it named the present one.
class LogNames {
 public:
  // The origin, and those from which genuine links lead to it.
  LogNames(std::string origin, std::vector<std::string> former = {})  // NOLINT: a name will do
      : origin_(std::move(origin)), former_(std::move(former)) {}

  [[nodiscard]] const std::string& origin() const { return origin_; }

  // The name that `document`, a compact JWS, says it is for when it is one of these; else the
  // present origin. Nothing is verified: the document is to be held against the answer.
  [[nodiscard]] const std::string& named_by(std::string_view document) const;

 private:
  std::string origin_;
  std::vector<std::string> former_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_LOG_NAMES_H_
