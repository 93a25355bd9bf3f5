// Evaluating a case again: the desk's engine on the applicant's answers, and where the two differ.

#ifndef LANDFALL_SERVER_DESK_REEVALUATE_H_
#define LANDFALL_SERVER_DESK_REEVALUATE_H_

#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/finding.h"
#include "shared/base/result.h"

namespace landfall {

// What the applicant's phone said. `answers` is canonical JSON; `status` is "complete" or
// "with_warnings".
struct StatedVerdict {
  std::string form_id;
  std::string form_version;
  std::string package_digest;
  std::string as_of;
  std::string time_zone;
  std::string answers;
  std::string status;
  std::vector<Finding> findings;
  std::string fee_code;

  bool operator==(const StatedVerdict&) const = default;
};

// One thing that the two say differently. `what` is form_id, form_version, status, fee_code,
// answers or "finding <code> at <path>"; `stated` and `found` hold no answers.
struct Difference {
  std::string what;
  std::string stated;
  std::string found;

  bool operator==(const Difference&) const = default;
};

// Evaluates the stated answers on `package`, on the stated day and zone, and lists what differs;
// empty when the desk agrees.
//
// Errors:
//   package_digest_differs   not the package the applicant filled in
//   package_…, json_…        see open_form()
[[nodiscard]] Result<std::vector<Difference>> reevaluate(ByteView package,
                                                         const StatedVerdict& stated);

}  // namespace landfall

#endif  // LANDFALL_SERVER_DESK_REEVALUATE_H_
