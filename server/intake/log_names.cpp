#include "server/intake/log_names.h"

#include <algorithm>

#include "shared/codec/json.h"
#include "shared/sealing/jws.h"

namespace landfall {

const std::string& LogNames::named_by(std::string_view document) const {
  // Most logs were never restored: nothing to look for, and nothing read twice.
  if (former_.empty()) return origin_;
  const Result<Jws> jws = parse_jws(document);
  if (!jws.ok()) return origin_;
  const Result<Json> payload = parse_json(text_of(jws.value().payload));
  if (!payload.ok()) return origin_;
  const std::string_view name = member_text_or(payload.value(), "aud", "");
  const auto found = std::find(former_.begin(), former_.end(), name);
  return found == former_.end() ? origin_ : *found;
}

}  // namespace landfall
