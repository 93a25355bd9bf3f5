// Node states and findings written straight as canonical JSON, without a tree of values between.

#ifndef LANDFALL_SHARED_FORM_STATE_WRITER_H_
#define LANDFALL_SHARED_FORM_STATE_WRITER_H_

#include <string>
#include <vector>

#include "shared/base/finding.h"
#include "shared/form/engine_impl.h"

namespace landfall {

// Appends the NodeState that state_json() describes.
void append_state(std::string& to, const Engine::Impl& engine, NodeId node);

// Appends [{code, params, path?, severity}…].
void append_findings(std::string& to, const std::vector<Finding>& findings, bool with_path);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_STATE_WRITER_H_
