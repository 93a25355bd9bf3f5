// Package: a form compiled from its published file, ready to be filled in by any number of engines.

#ifndef LANDFALL_SHARED_FORM_PACKAGE_H_
#define LANDFALL_SHARED_FORM_PACKAGE_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/finding.h"
#include "shared/base/result.h"
#include "shared/form/attachment.h"
#include "shared/form/choices.h"
#include "shared/form/data_tree.h"
#include "shared/form/fees.h"
#include "shared/form/graph.h"
#include "shared/form/name_index.h"
#include "shared/form/package_sources.h"
#include "shared/form/question_types.h"
#include "shared/xpath/expression.h"

namespace landfall {

inline constexpr std::uint32_t kNone = 0xFFFFFFFF;

// One of several constraints of a row. `code` is a rule of the domain ("A-03") or `constraint`.
struct Constraint {
  std::uint32_t expression = kNone;  // index into Package::expressions
  std::string code;
  std::string message;  // text key
  Severity severity = Severity::error;
};

// When an action runs: on a new form, on every opening, on a new instance of the repeat `on`, or on
// another value of the question `on`.
enum class ActionEvent : std::uint8_t { first_load, load, new_repeat, value_changed };

// Sets the questions that `target` finds from the node where the event is; `value` is evaluated at
// each of them, kNone clears.
struct Action {
  ActionEvent event = ActionEvent::first_load;
  std::uint32_t on = kNone;
  std::uint32_t target = kNone;  // indexes into Package::expressions
  std::uint32_t value = kNone;
};

using TextPairs = std::vector<std::pair<std::string, std::string>>;

// One row of the survey. Nodes stand in form order: the descendants of a node follow it up to
// `end`. Expressions are indexes into Package::expressions or kNone.
struct NodeDefinition {
  std::string name;
  std::string path;  // without positions: "members/name"; empty for the root
  NodeKind kind = NodeKind::group;
  AnswerShape shape = AnswerShape::none;
  std::string type;  // the first word of the row's type
  bool identity = false;
  bool must_be_true = false;
  std::uint32_t parent = kNone;
  std::uint32_t end = 0;
  std::uint32_t ordinal = 0;  // among the children of its parent
  std::uint32_t child_count = 0;
  std::uint32_t repeat = kNone;  // the innermost repeat around it, itself excluded
  std::uint32_t list = kNone;    // index into Package::lists
  std::uint32_t slot = kNone;    // index into Package::slots
  std::uint32_t row = 0;         // of the survey, from 1; 0 for the root

  std::uint32_t relevant = kNone;
  std::uint32_t required = kNone;
  std::uint32_t readonly = kNone;
  std::uint32_t calculation = kNone;
  bool keeps_value = false;  // the calculation draws lots or goes by what it gave: see drafts
  std::uint32_t default_value = kNone;
  bool dynamic_default = false;  // an expression, not a text as it stands
  std::uint32_t choice_filter = kNone;
  std::uint32_t repeat_count = kNone;
  // The equality in choice_filter that there is an index for: the places of the column and of the
  // other side in the expression.
  std::uint32_t filter_column = kNone;
  std::uint32_t filter_key = kNone;
  // With triggers the calculation fills the answer whenever one of these definitions changes, and
  // at no other time; `triggered` is the way back.
  std::vector<std::uint32_t> triggers;
  std::vector<std::uint32_t> triggered;
  std::vector<Constraint> constraints;
  // What shared/identity is told besides the value: name → expression.
  std::vector<std::pair<std::string, std::uint32_t>> check_parameters;
  // What the arguments of the node's texts stand for ("Is {name} at home?"): name → expression.
  std::vector<std::pair<std::string, std::uint32_t>> outputs;

  std::string label;  // text keys
  std::string hint;
  std::string guidance_hint;
  std::string required_message;
  std::string constraint_message;
  std::string appearance;
  TextPairs parameters;   // as written
  std::string columns;    // those the engine has no use for, as canonical JSON; may be empty
  std::string bind_type;  // see cast_answer()
  // The secondary instance whose elements the rows of `list` are: an index into Package::trees.
  std::uint32_t choice_tree = kNone;

  // From `parameters`; for integers and decimals bounds of the value, for text of its length.
  bool has_min = false;
  bool has_max = false;
  double min = 0;
  double max = 0;
  // A range takes start and what is whole steps away from it; 0 takes every number. A repeat begins
  // with `start` instances ("begin").
  double start = 0;
  double step = 0;
};

// A document slot of documents.json.
struct DocumentSlot {
  std::string name;
  AttachmentRule rule;
  std::uint32_t min_files = 1;
  std::uint32_t max_files = 1;
};

// migrations/<from>.json: what becomes of the answers of an earlier version. Paths carry no
// positions and stand for all below them.
struct Migration {
  std::string from;
  TextPairs rename;     // old path → new path
  TextPairs ask_again;  // new path → text key of the reason, may be empty
  std::vector<std::string> drop;
  std::vector<std::pair<std::string, TextPairs>> recode;  // old path → (choice → choice)
};

struct TextReference {
  std::string locale;
  std::string digest;
  std::uint64_t size = 0;
};

struct Package {
  std::string form_id;
  std::string version;
  std::string root_name;  // the first step of absolute paths: "data"
  std::string title;      // text key
  std::string hint;       // text key, may be empty
  std::string default_language;
  std::vector<TextReference> texts;
  std::vector<std::string> carried_elsewhere;  // names that answers may hold and the form ignores
  TextPairs config;

  std::vector<NodeDefinition> nodes;  // [0] is the root group
  std::vector<Expression> expressions;
  std::vector<Action> actions;
  std::vector<ChoiceList> lists;
  std::vector<Migration> migrations;
  std::vector<DataTree> trees;       // by id
  std::uint32_t needed_modules = 0;  // of compute.h, that expressions or questions may ask
  // What a new form holds before anybody typed: answers as restore_answers() takes them, or empty.
  std::string initial_answers;
  std::vector<DocumentSlot> slots;
  std::uint64_t max_case_bytes = 0;  // of all attachments together; 0: no limit
  std::uint32_t max_case_files = 0;
  FeeTable fees;
  std::string documents_json;  // canonical, for the description

  Graph graph;
  NameIndex node_by_path;
  // The only node with a name; kNone where several share it.
  NameIndex node_by_name;
};

// Reads the published file `bytes`, {format:"landfall-package/1", form, documents, workflow, fees,
// texts, migrations?}. Whether it is genuine is the caller's business, and checked before.
//
// Errors:
//   json_*               offset into `bytes`
//   package_malformed    a member is missing or of the wrong shape, a name is unknown or double
//   package_expression   an expression cannot be parsed, or calls what does not exist
//   package_cycle        expressions depend on each other in a circle
//   package_too_large    beyond shared/form/limits.h
// For package_* the offset is the survey row, from 1 (0: elsewhere); lint_package() says more.
[[nodiscard]] Result<Package> parse_package(ByteView bytes);

// The same from the files that the package is written in. Texts are needed only where expressions
// look at the words of choices.
[[nodiscard]] Result<Package> package_of_sources(const PackageSources& sources);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_PACKAGE_H_
