// Expression: the syntax tree of one XPath expression as XLSForm authors write it.

#ifndef LANDFALL_SHARED_XPATH_EXPRESSION_H_
#define LANDFALL_SHARED_XPATH_EXPRESSION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.h"
#include "shared/xpath/regex.h"

namespace landfall {

inline constexpr std::size_t kMaxExpressionBytes = 64u << 10;
inline constexpr std::size_t kMaxExpressionDepth = 250;  // nested brackets, predicates, operators
inline constexpr std::size_t kMaxExpressionNodes = 16384;

enum class Operation : std::uint8_t {
  number,     // payload: index into numbers
  text,       // payload: index into texts
  reference,  // ${name}; payload: index into names
  path,       // payload: index into paths; operand: the expression it starts from, if any
  call,       // payload: index into calls; operands: the arguments
  filter,     // operands: the expression, then its predicates
  disjunction,
  conjunction,
  equal,
  not_equal,
  less,
  less_equal,
  greater,
  greater_equal,
  add,
  subtract,
  multiply,
  divide,
  modulo,
  negate,
  unite,
};

struct SyntaxNode {
  Operation operation = Operation::number;
  std::uint32_t offset = 0;  // byte in the source where it begins
  std::uint32_t payload = 0;
  std::uint32_t first = 0;  // operands: Expression::operands[first, first + count)
  std::uint32_t count = 0;
};

enum class Axis : std::uint8_t {
  child,
  parent,
  self,
  descendant,
  descendant_or_self,
  ancestor,
  ancestor_or_self,
  following_sibling,
  preceding_sibling,
  following,
  preceding,
  attribute,
  name_space,
};

enum class NodeTest : std::uint8_t { name, any_element, node, text, comment, instruction };

inline constexpr std::uint32_t kNoSyntax = 0xFFFFFFFF;

struct PathStep {
  Axis axis = Axis::child;
  NodeTest test = NodeTest::name;
  std::string name;         // as written, with its prefix; of an instruction, its target or empty
  std::uint32_t first = 0;  // predicates: Expression::operands[first, first + count)
  std::uint32_t count = 0;
  // Where the first predicate asks that a cell of a table equals something: the syntax nodes of the
  // column and of the other side. Set by an owner whose NodeSource::rows_where() has an index.
  std::uint32_t key_column = kNoSyntax;
  std::uint32_t key_value = kNoSyntax;
};

struct PathSyntax {
  bool absolute = false;  // begins with "/"
  std::vector<PathStep> steps;
};

struct Function;

inline constexpr std::uint32_t kNoPattern = 0xFFFFFFFF;

struct CallSyntax {
  const Function* function = nullptr;  // null when the table has no such name
  std::string name;
  std::uint32_t pattern = kNoPattern;  // of regex() with a literal that is one: index into patterns
};

struct Expression {
  std::string source;
  std::uint32_t root = 0;  // index into nodes
  std::vector<SyntaxNode> nodes;
  std::vector<std::uint32_t> operands;
  std::vector<double> numbers;
  std::vector<std::string> texts;
  std::vector<PathSyntax> paths;
  std::vector<CallSyntax> calls;
  std::vector<Regex> patterns;
  std::vector<std::string> names;  // the distinct ${names}, in order of appearance
  // What the owner bound each name to; handed to NodeSource::resolve(). Filled with kUnbound.
  std::vector<std::uint32_t> bindings;
};

inline constexpr std::uint32_t kUnbound = 0xFFFFFFFF;

// Parses `source`: XPath 1.0's grammar with ODK's ${name}. Names of functions and the number of
// arguments are checked by find_call_problem(), so that a branch never taken may hold anything.
//
// Errors (offset = byte in `source`):
//   xpath_syntax       the first byte that cannot stand there; the end for a text cut short
//   xpath_too_deep     the construct that nests one level too far
//   xpath_too_large    more than kMaxExpressionBytes or kMaxExpressionNodes
//   utf8_invalid       an ill-formed sequence
// Source: XPath 1.0 section 3; ODK XForms specification, "XPath Expressions".
[[nodiscard]] Result<Expression> parse_expression(std::string_view source);

// The first call in `expression` that could never be evaluated.
//
// Errors (offset = byte in the source):
//   xpath_unknown_function   no such function
//   xpath_arity              wrong number of arguments
//   xpath_type               a text or number where a function takes nodes
//   regex_*                  a literal pattern that regex() cannot take; offset of the literal
[[nodiscard]] Result<Done> find_call_problem(const Expression& expression);

// The modules of shared/functions/compute.h that evaluating it may ask, a bit each: on a phone they
// have to be loaded first.
[[nodiscard]] std::uint32_t needed_modules(const Expression& expression);

}  // namespace landfall

#endif  // LANDFALL_SHARED_XPATH_EXPRESSION_H_
