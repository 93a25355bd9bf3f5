// A complete application of a real package, and what the form says when some of its answers differ.

#ifndef LANDFALL_TESTS_SHARED_FORM_WHOLE_APPLICATION_H_
#define LANDFALL_TESTS_SHARED_FORM_WHOLE_APPLICATION_H_

#include <string>
#include <string_view>

#include "shared/codec/json.h"
#include "shared/form/package.h"
#include "shared/form/state_json.h"

namespace landfall {

// What is changed, as a JSON object {name: value}, null for no answer; and the findings expected of
// it, as findings_of() gives them.
struct ChangedAnswer {
  const char* change;
  const char* findings;
};

class WholeApplication {
 public:
  // The package of `form_id`, and a complete application for it: a flat JSON object in which the
  // text "file" stands for a file. Aborts the test when either cannot be read.
  WholeApplication(const std::string& form_id, std::string_view answers);

  // The application with the answers of `change` instead, on the day `as_of`.
  [[nodiscard]] OpenForm open(std::string_view change = "{}",
                              std::string_view as_of = "2026-11-21") const;

  // "code@path" of every finding of that application, in order.
  [[nodiscard]] std::string findings(std::string_view change,
                                     std::string_view as_of = "2026-11-21") const;

  [[nodiscard]] const Package& package() const { return package_; }

 private:
  Package package_;
  Json answers_;
};

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_FORM_WHOLE_APPLICATION_H_
