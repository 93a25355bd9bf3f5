#include "shared/form/engine.h"

#include <algorithm>
#include <utility>

#include "shared/form/engine_impl.h"
#include "shared/form/limits.h"
#include "shared/functions/compute.h"

namespace landfall {

Engine::Engine(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Engine::~Engine() = default;

Result<std::unique_ptr<Engine>> Engine::open(const Package& package, const EngineOptions& options) {
  const std::uint32_t missing = missing_modules(package.needed_modules);
  if (missing != 0) return Error{ErrorCode::functions_needed, missing};
  Result<EngineClock> clock = clock_of(options.as_of, options.time_zone);
  if (!clock.ok()) return clock.error();
  if (options.seed.size() > kMaxSeedBytes) return Error{ErrorCode::options_malformed, 0};
  auto impl = std::make_unique<Impl>(package, std::move(clock).value(), options);
  impl->start(options.defaults);
  return std::unique_ptr<Engine>(new Engine(std::move(impl)));
}

namespace {

Result<std::vector<NodeState>> states_of_changes(Engine::Impl& impl, const Result<Done>& done) {
  if (!done.ok()) return done.error();
  std::vector<NodeState> states;
  for (const NodeId node : impl.changes()) states.push_back(impl.state_of(node));
  impl.forget_changes();
  return states;
}

}  // namespace

Result<std::vector<NodeState>> Engine::set(std::string_view path, Answer answer) {
  return states_of_changes(*impl_, impl_->set(path, std::move(answer)));
}

Result<std::vector<NodeState>> Engine::add_instance(std::string_view path) {
  return states_of_changes(*impl_, impl_->add_instance_at(path));
}

Result<std::vector<NodeState>> Engine::remove_instance(std::string_view path) {
  return states_of_changes(*impl_, impl_->remove_instance_at(path));
}

Result<std::vector<NodeState>> Engine::set_as_of(std::string_view date) {
  return states_of_changes(*impl_, impl_->set_as_of(date));
}

std::string Engine::path_of_name(std::string_view name) const {
  const std::uint32_t found = impl_->package().node_by_name.find(name);
  return found == kNone ? std::string() : impl_->package().nodes[found].path;
}

std::vector<NodeState> Engine::states() const {
  std::vector<NodeState> states;
  impl_->tree().for_each([&](NodeId node) {
    if (node != FormTree::kRoot) states.push_back(impl_->state_of(node));
  });
  return states;
}

Result<NodeState> Engine::state(std::string_view path) const {
  const NodeId node = impl_->tree().find(path);
  if (node == kNoNode) return Error{ErrorCode::path_unknown, 0};
  return impl_->state_of(node);
}

Verdict Engine::verdict() const {
  Verdict verdict;
  impl_->tree().for_each([&](NodeId node) {
    const std::vector<Finding>& findings = impl_->tree().at(node).findings;
    if (findings.empty()) return;
    const std::string path = impl_->tree().path_of(node);
    for (Finding finding : findings) {
      finding.path = path;
      verdict.findings.push_back(std::move(finding));
    }
  });
  for (Finding& finding : impl_->case_findings()) verdict.findings.push_back(std::move(finding));
  const bool has_error =
      std::any_of(verdict.findings.begin(), verdict.findings.end(),
                  [](const Finding& finding) { return finding.severity == Severity::error; });
  verdict.status = has_error                  ? VerdictStatus::incomplete
                   : verdict.findings.empty() ? VerdictStatus::complete
                                              : VerdictStatus::with_warnings;
  return verdict;
}

std::optional<Fee> Engine::fee() const { return impl_->fee(); }

const Package& Engine::package() const { return impl_->package(); }

}  // namespace landfall
