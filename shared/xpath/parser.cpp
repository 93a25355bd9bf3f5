#include <algorithm>
#include <utility>

#include "shared/text/decimal.h"
#include "shared/text/utf8.h"
#include "shared/xpath/expression.h"
#include "shared/xpath/functions.h"
#include "shared/xpath/lexer.h"

namespace landfall {
namespace {

constexpr std::uint32_t kFailed = 0xFFFFFFFF;

struct AxisName {
  std::string_view name;
  Axis axis;
};

constexpr AxisName kAxes[] = {
    {"child", Axis::child},
    {"parent", Axis::parent},
    {"self", Axis::self},
    {"descendant", Axis::descendant},
    {"descendant-or-self", Axis::descendant_or_self},
    {"ancestor", Axis::ancestor},
    {"ancestor-or-self", Axis::ancestor_or_self},
    {"following-sibling", Axis::following_sibling},
    {"preceding-sibling", Axis::preceding_sibling},
    {"following", Axis::following},
    {"preceding", Axis::preceding},
    {"attribute", Axis::attribute},
    {"namespace", Axis::name_space},
};

struct NodeType {
  std::string_view name;
  NodeTest test;
};

constexpr NodeType kNodeTypes[] = {{"node", NodeTest::node},
                                   {"text", NodeTest::text},
                                   {"comment", NodeTest::comment},
                                   {"processing-instruction", NodeTest::instruction}};

struct BinaryOperator {
  TokenKind kind;
  std::string_view word;  // for word operators
  Operation operation;
  int precedence;
};

constexpr BinaryOperator kBinaryOperators[] = {
    {TokenKind::word_operator, "or", Operation::disjunction, 1},
    {TokenKind::word_operator, "and", Operation::conjunction, 2},
    {TokenKind::equal, "", Operation::equal, 3},
    {TokenKind::not_equal, "", Operation::not_equal, 3},
    {TokenKind::less, "", Operation::less, 4},
    {TokenKind::less_equal, "", Operation::less_equal, 4},
    {TokenKind::greater, "", Operation::greater, 4},
    {TokenKind::greater_equal, "", Operation::greater_equal, 4},
    {TokenKind::plus, "", Operation::add, 5},
    {TokenKind::minus, "", Operation::subtract, 5},
    {TokenKind::multiply, "", Operation::multiply, 6},
    {TokenKind::word_operator, "div", Operation::divide, 6},
    {TokenKind::word_operator, "mod", Operation::modulo, 6},
};
constexpr std::uint32_t kMaxTreeHeight = 1000;  // bounds the evaluator's recursion

// Recursive descent; after the first error every function returns kFailed at once.
class Parser {
 public:
  Parser(std::string_view source, const std::vector<Token>& tokens) : tokens_(tokens) {
    tree_.source = std::string(source);
  }

  Result<Expression> run() {
    const std::uint32_t root = parse_binary(1);
    if (root != kFailed && current().kind != TokenKind::end) fail(ErrorCode::xpath_syntax);
    if (failed_) return error_;
    tree_.root = root;
    tree_.bindings.assign(tree_.names.size(), kUnbound);
    return std::move(tree_);
  }

 private:
  [[nodiscard]] const Token& current() const { return tokens_[at_]; }
  [[nodiscard]] const Token& ahead(std::size_t n) const {
    return tokens_[std::min(at_ + n, tokens_.size() - 1)];
  }

  std::uint32_t fail(ErrorCode code) {
    if (!failed_) error_ = {code, current().offset};
    failed_ = true;
    return kFailed;
  }

  bool accept(TokenKind kind) {
    if (current().kind != kind) return false;
    ++at_;
    return true;
  }

  bool expect(TokenKind kind) {
    if (accept(kind)) return true;
    fail(ErrorCode::xpath_syntax);
    return false;
  }

  // Makes a node of the last `count` operands.
  std::uint32_t add(Operation operation, std::uint32_t offset, std::uint32_t payload,
                    std::uint32_t count) {
    if (tree_.nodes.size() >= kMaxExpressionNodes) return fail(ErrorCode::xpath_too_large);
    const auto first = static_cast<std::uint32_t>(tree_.operands.size()) - count;
    // A long chain of operators is a deep tree without any brackets.
    std::uint32_t height = 1;
    for (std::uint32_t i = first; i < tree_.operands.size(); ++i) {
      height = std::max(height, heights_[tree_.operands[i]] + 1);
    }
    if (height > kMaxTreeHeight) return fail(ErrorCode::xpath_too_deep);
    heights_.push_back(height);
    tree_.nodes.push_back({operation, offset, payload, first, count});
    return static_cast<std::uint32_t>(tree_.nodes.size() - 1);
  }

  std::uint32_t add_pair(Operation operation, std::uint32_t offset, std::uint32_t left,
                         std::uint32_t right) {
    tree_.operands.push_back(left);
    tree_.operands.push_back(right);
    return add(operation, offset, 0, 2);
  }

  // What stands in brackets is complete before it becomes operands, because operands of its own
  // come first.
  std::uint32_t append_operands(const std::vector<std::uint32_t>& operands) {
    tree_.operands.insert(tree_.operands.end(), operands.begin(), operands.end());
    return static_cast<std::uint32_t>(operands.size());
  }

  [[nodiscard]] const BinaryOperator* binary_operator() const {
    for (const BinaryOperator& candidate : kBinaryOperators) {
      if (candidate.kind != current().kind) continue;
      if (candidate.kind == TokenKind::word_operator && candidate.word != current().text) continue;
      return &candidate;
    }
    return nullptr;
  }

  // Precedence climbing; a chain of one operator is a loop, so that only brackets nest.
  std::uint32_t parse_binary(int least) {
    if (++depth_ > kMaxExpressionDepth) return fail(ErrorCode::xpath_too_deep);
    std::uint32_t left = parse_unary();
    while (left != kFailed) {
      const BinaryOperator* found = binary_operator();
      if (found == nullptr || found->precedence < least) break;
      const std::uint32_t offset = current().offset;
      ++at_;
      const std::uint32_t right = parse_binary(found->precedence + 1);
      if (right == kFailed) return kFailed;
      left = add_pair(found->operation, offset, left, right);
    }
    --depth_;
    return left;
  }

  std::uint32_t parse_unary() {
    std::vector<std::uint32_t> minus_offsets;
    while (current().kind == TokenKind::minus) {
      minus_offsets.push_back(current().offset);
      ++at_;
    }
    if (depth_ + minus_offsets.size() > kMaxExpressionDepth) {
      return fail(ErrorCode::xpath_too_deep);
    }
    std::uint32_t operand = parse_union();
    while (operand != kFailed && !minus_offsets.empty()) {
      tree_.operands.push_back(operand);
      operand = add(Operation::negate, minus_offsets.back(), 0, 1);
      minus_offsets.pop_back();
    }
    return operand;
  }

  std::uint32_t parse_union() {
    std::uint32_t left = parse_path();
    while (left != kFailed && current().kind == TokenKind::bar) {
      const std::uint32_t offset = current().offset;
      ++at_;
      const std::uint32_t right = parse_path();
      if (right == kFailed) return kFailed;
      left = add_pair(Operation::unite, offset, left, right);
    }
    return left;
  }

  // A name begins a call when a bracket follows, unless it is a node type such as text().
  [[nodiscard]] bool at_call() const {
    if (current().kind != TokenKind::name || ahead(1).kind != TokenKind::left_paren) return false;
    for (const NodeType& type : kNodeTypes) {
      if (current().text == type.name) return false;
    }
    return true;
  }

  std::uint32_t parse_path() {
    switch (current().kind) {
      case TokenKind::number:
      case TokenKind::literal:
      case TokenKind::reference:
      case TokenKind::left_paren:
        return parse_filter();
      default:
        return at_call() ? parse_filter() : parse_location();
    }
  }

  std::uint32_t parse_filter() {
    const std::uint32_t offset = current().offset;
    std::uint32_t base = parse_primary();
    if (base == kFailed) return kFailed;
    if (current().kind == TokenKind::left_bracket) {
      std::vector<std::uint32_t> operands{base};
      if (!parse_predicates(operands)) return kFailed;
      base = add(Operation::filter, offset, 0, append_operands(operands));
      if (base == kFailed) return kFailed;
    }
    if (current().kind != TokenKind::slash && current().kind != TokenKind::double_slash) {
      return base;
    }
    PathSyntax path;
    if (!parse_steps_after_slash(path)) return kFailed;
    tree_.operands.push_back(base);
    return add_path(std::move(path), offset, 1);
  }

  std::uint32_t add_path(PathSyntax path, std::uint32_t offset, std::uint32_t count) {
    tree_.paths.push_back(std::move(path));
    return add(Operation::path, offset, static_cast<std::uint32_t>(tree_.paths.size() - 1), count);
  }

  std::uint32_t parse_primary() {
    const Token token = current();
    switch (token.kind) {
      case TokenKind::number:
        return parse_number(token);
      case TokenKind::literal:
        ++at_;
        tree_.texts.emplace_back(token.text);
        return add(Operation::text, token.offset,
                   static_cast<std::uint32_t>(tree_.texts.size() - 1), 0);
      case TokenKind::reference:
        ++at_;
        return add(Operation::reference, token.offset, index_of_name(token.text), 0);
      case TokenKind::left_paren: {
        ++at_;
        const std::uint32_t inner = parse_binary(1);
        if (inner == kFailed || !expect(TokenKind::right_paren)) return kFailed;
        return inner;
      }
      default:
        return parse_call();
    }
  }

  std::uint32_t parse_number(const Token& token) {
    const Result<double> number = parse_decimal(token.text);
    if (!number.ok()) return fail(ErrorCode::xpath_syntax);
    ++at_;
    tree_.numbers.push_back(number.value());
    return add(Operation::number, token.offset,
               static_cast<std::uint32_t>(tree_.numbers.size() - 1), 0);
  }

  std::uint32_t index_of_name(std::string_view name) {
    for (std::size_t i = 0; i < tree_.names.size(); ++i) {
      if (tree_.names[i] == name) return static_cast<std::uint32_t>(i);
    }
    tree_.names.emplace_back(name);
    return static_cast<std::uint32_t>(tree_.names.size() - 1);
  }

  std::uint32_t parse_call() {
    const Token name = current();
    at_ += 2;  // the name and its bracket, see at_call()
    std::vector<std::uint32_t> arguments;
    if (current().kind != TokenKind::right_paren) {
      do {
        const std::uint32_t argument = parse_binary(1);
        if (argument == kFailed) return kFailed;
        arguments.push_back(argument);
      } while (accept(TokenKind::comma));
    }
    if (!expect(TokenKind::right_paren)) return kFailed;
    tree_.calls.push_back({find_function(name.text), std::string(name.text)});
    if (name.text == "regex" && arguments.size() == 2) compile_pattern(tree_.nodes[arguments[1]]);
    return add(Operation::call, name.offset, static_cast<std::uint32_t>(tree_.calls.size() - 1),
               append_operands(arguments));
  }

  // A pattern that is wrong is reported where the call is checked or made.
  void compile_pattern(const SyntaxNode& literal) {
    if (literal.operation != Operation::text) return;
    Result<Regex> regex = Regex::compile(tree_.texts[literal.payload]);
    if (!regex.ok()) return;
    tree_.calls.back().pattern = static_cast<std::uint32_t>(tree_.patterns.size());
    tree_.patterns.push_back(std::move(regex).value());
  }

  std::uint32_t parse_location() {
    const std::uint32_t offset = current().offset;
    PathSyntax path;
    if (current().kind == TokenKind::slash || current().kind == TokenKind::double_slash) {
      path.absolute = true;
      // "/" alone is the root; a step follows only where one can begin.
      if (current().kind == TokenKind::slash && !step_begins(ahead(1).kind)) {
        ++at_;
        return add_path(std::move(path), offset, 0);
      }
    } else if (!parse_step(path)) {
      return kFailed;
    }
    if (!parse_steps_after_slash(path)) return kFailed;
    return add_path(std::move(path), offset, 0);
  }

  static bool step_begins(TokenKind kind) {
    return kind == TokenKind::name || kind == TokenKind::star || kind == TokenKind::dot ||
           kind == TokenKind::dot_dot || kind == TokenKind::at;
  }

  bool parse_steps_after_slash(PathSyntax& path) {
    while (true) {
      if (accept(TokenKind::double_slash)) {
        path.steps.push_back({Axis::descendant_or_self, NodeTest::node, "", 0, 0});
      } else if (!accept(TokenKind::slash)) {
        return true;
      }
      if (!parse_step(path)) return false;
    }
  }

  bool parse_step(PathSyntax& path) {
    if (path.steps.size() >= kMaxExpressionDepth) {
      fail(ErrorCode::xpath_too_deep);
      return false;
    }
    PathStep step;
    if (accept(TokenKind::dot)) {
      step.axis = Axis::self;
      step.test = NodeTest::node;
    } else if (accept(TokenKind::dot_dot)) {
      step.axis = Axis::parent;
      step.test = NodeTest::node;
    } else if (!parse_axis(step) || !parse_node_test(step)) {
      return false;
    }
    std::vector<std::uint32_t> predicates;
    if (!parse_predicates(predicates)) return false;
    step.first = static_cast<std::uint32_t>(tree_.operands.size());
    step.count = append_operands(predicates);
    path.steps.push_back(std::move(step));
    return true;
  }

  bool parse_axis(PathStep& step) {
    if (accept(TokenKind::at)) {
      step.axis = Axis::attribute;
      return true;
    }
    if (current().kind != TokenKind::name || ahead(1).kind != TokenKind::double_colon) return true;
    for (const AxisName& candidate : kAxes) {
      if (candidate.name == current().text) {
        step.axis = candidate.axis;
        at_ += 2;
        return true;
      }
    }
    fail(ErrorCode::xpath_syntax);
    return false;
  }

  bool parse_node_test(PathStep& step) {
    if (accept(TokenKind::star)) {
      step.test = NodeTest::any_element;
      return true;
    }
    if (current().kind != TokenKind::name) {
      fail(ErrorCode::xpath_syntax);
      return false;
    }
    if (ahead(1).kind == TokenKind::left_paren) return parse_node_type(step);
    step.test = NodeTest::name;
    step.name = std::string(current().text);
    ++at_;
    return true;
  }

  bool parse_node_type(PathStep& step) {
    for (const NodeType& type : kNodeTypes) {
      if (type.name != current().text) continue;
      step.test = type.test;
      at_ += 2;
      if (type.test == NodeTest::instruction && current().kind == TokenKind::literal) {
        step.name = std::string(current().text);
        ++at_;
      }
      return expect(TokenKind::right_paren);
    }
    fail(ErrorCode::xpath_syntax);
    return false;
  }

  bool parse_predicates(std::vector<std::uint32_t>& to) {
    while (accept(TokenKind::left_bracket)) {
      const std::uint32_t predicate = parse_binary(1);
      if (predicate == kFailed || !expect(TokenKind::right_bracket)) return false;
      to.push_back(predicate);
    }
    return true;
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::vector<std::uint32_t> heights_;  // of the tree below each node
  bool failed_ = false;
  Error error_;
  Expression tree_;
};

}  // namespace

Result<Expression> parse_expression(std::string_view source) {
  if (source.size() > kMaxExpressionBytes) return Error{ErrorCode::xpath_too_large, 0};
  const std::size_t invalid = find_invalid_utf8(source);
  if (invalid != std::string_view::npos) {
    return Error{ErrorCode::utf8_invalid, static_cast<std::uint32_t>(invalid)};
  }
  const Result<std::vector<Token>> tokens = split_into_tokens(source);
  if (!tokens.ok()) return tokens.error();
  return Parser(source, tokens.value()).run();
}

}  // namespace landfall
