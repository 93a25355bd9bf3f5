// The engine: holds the answers to one form, takes one change at a time, says what differs and why.

#ifndef LANDFALL_SHARED_FORM_ENGINE_H_
#define LANDFALL_SHARED_FORM_ENGINE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/finding.h"
#include "shared/base/result.h"
#include "shared/form/answer.h"
#include "shared/form/fees.h"
#include "shared/form/package.h"
#include "shared/form/tracer.h"

namespace landfall {

// The state of one node, as the page needs it. See state_json() for the meaning of each member.
struct NodeState {
  std::string path;
  std::uint32_t definition = 0;  // index into Package::nodes
  bool relevant = true;
  bool required = false;
  bool readonly = false;
  bool calculated = false;
  Answer answer;                  // as typed
  std::string normalised;         // set only where it differs from what was typed
  std::vector<Finding> findings;  // errors before warnings, in the order of the rules
  std::optional<std::vector<std::string>> choices;  // only where a filter narrows the list
  std::optional<std::size_t> count;                 // only on repeats
  TextPairs outputs;                                // what arguments of the texts stand for

  bool operator==(const NodeState&) const = default;
};

enum class VerdictStatus { incomplete, complete, with_warnings };

struct Verdict {
  VerdictStatus status = VerdictStatus::incomplete;
  std::vector<Finding> findings;  // in form order
};

struct EngineOptions {
  std::string as_of;                      // "YYYY-MM-DD": what today() answers
  std::string time_zone = "Asia/Taipei";  // an IANA name known to shared/xpath/time_zone.h
  // What uuid(), random() and randomize() draw from, at most kMaxSeedBytes of shared/form/
  // chance_stream.h; from nobody else's seed when it matters. Empty: they fail.
  std::string seed;
  Tracer* tracer = nullptr;  // told of every evaluation; must outlive the engine
  bool defaults = true;      // false where answers are put back that were given before
};

class Engine {
 public:
  // Opens an empty form on `package`, which must outlive the engine: defaults are set, everything
  // is computed once.
  //
  // Errors: options_malformed (as_of is no date, time_zone is unknown, the seed is too long),
  // functions_needed (an expression needs the module of functions, which is not loaded: load it and
  // open again).
  [[nodiscard]] static Result<std::unique_ptr<Engine>> open(const Package& package,
                                                            const EngineOptions& options);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Answers the question at `path`; an empty answer clears it. Returns the nodes that differ, in
  // form order. Text that the question's type cannot read is kept and yields a finding.
  //
  // Errors: path_unknown, answer_readonly, change_malformed, too_large.
  [[nodiscard]] Result<std::vector<NodeState>> set(std::string_view path, Answer answer);

  // Adds an empty instance at the end of the repeat at `path`, or removes the instance at `path`.
  //
  // Errors: path_unknown, answer_readonly (the count is calculated), too_large.
  [[nodiscard]] Result<std::vector<NodeState>> add_instance(std::string_view path);
  [[nodiscard]] Result<std::vector<NodeState>> remove_instance(std::string_view path);

  // Moves today() to another date and recomputes what depends on it.
  //
  // Errors: options_malformed.
  [[nodiscard]] Result<std::vector<NodeState>> set_as_of(std::string_view date);

  // The path of the only question called `name`; empty when there is none or more than one.
  [[nodiscard]] std::string path_of_name(std::string_view name) const;

  // Every node in form order.
  [[nodiscard]] std::vector<NodeState> states() const;

  // The state of one node; path_unknown when there is none.
  [[nodiscard]] Result<NodeState> state(std::string_view path) const;

  [[nodiscard]] Verdict verdict() const;

  // The fee on the as_of date; no value while the answers do not decide it.
  [[nodiscard]] std::optional<Fee> fee() const;

  [[nodiscard]] const Package& package() const;

  // The implementation, for the other files of this folder (answers).
  class Impl;
  [[nodiscard]] const Impl& impl() const { return *impl_; }
  [[nodiscard]] Impl& impl() { return *impl_; }

 private:
  explicit Engine(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_ENGINE_H_
