// Functions that draw lots.

#include <array>
#include <cmath>
#include <string>

#include "shared/base/entropy.h"
#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

constexpr double kMaxTokenLength = 4096;

// Fails where the caller gave the evaluation no entropy.
bool draw(Evaluator& e, const SyntaxNode& call, std::span<std::uint8_t> out) {
  if (e.failed()) return false;
  if (e.context().entropy == nullptr) {
    e.fail(ErrorCode::entropy_short, call);
    return false;
  }
  e.context().entropy->fill(out);
  return true;
}

std::uint64_t draw_number(Evaluator& e, const SyntaxNode& call) {
  std::array<std::uint8_t, 8> bytes{};
  draw(e, call, bytes);
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = number << 8 | byte;
  return number;
}

// uuid(length): that many digits and small letters.
Value token_of(Evaluator& e, const SyntaxNode& call) {
  const double length = std::trunc(e.number_argument(call, 0));
  if (length > kMaxTokenLength) e.fail(ErrorCode::xpath_budget, call);
  std::string token;
  for (double i = 0; i < length && e.spend(1); ++i) {
    token += "0123456789abcdefghijklmnopqrstuvwxyz"[draw_number(e, call) % 36];
  }
  return token;
}

// Source: RFC 9562 section 5.4, version 4.
Value call_uuid(Evaluator& e, const SyntaxNode& call) {
  if (call.count > 0) return token_of(e, call);
  std::array<std::uint8_t, 16> bytes{};
  if (!draw(e, call, bytes)) return std::string();
  bytes[6] = static_cast<std::uint8_t>((bytes[6] & 0x0F) | 0x40);
  bytes[8] = static_cast<std::uint8_t>((bytes[8] & 0x3F) | 0x80);
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (i == 4 || i == 6 || i == 8 || i == 10) text += '-';
    text += "0123456789abcdef"[bytes[i] >> 4];
    text += "0123456789abcdef"[bytes[i] & 15];
  }
  return text;
}

Value call_random(Evaluator& e, const SyntaxNode& call) {
  return static_cast<double>(draw_number(e, call) >> 11) * 0x1p-53;
}

// The generator of Park and Miller, which every ODK engine uses, so that a seed gives one order
// everywhere.
class SeededChance {
 public:
  explicit SeededChance(std::int64_t seed) : state_(seed % kModulus) {
    if (state_ <= 0) state_ += kModulus - 1;
  }
  double next() {
    state_ = state_ * 16807 % kModulus;
    return static_cast<double>(state_ - 1) / static_cast<double>(kModulus - 1);
  }

 private:
  static constexpr std::int64_t kModulus = 2147483647;
  std::int64_t state_;
};

// A seed that is no number counts as the first eight bytes of its SHA-256.
std::int64_t seed_of(Evaluator& e, const SyntaxNode& call, const Value& value) {
  const double number = e.number_of(value);
  if (!std::isnan(number)) {
    return static_cast<std::int64_t>(std::fmin(std::fmax(number, -0x1p62), 0x1p62));
  }
  const std::string text = e.text_of(value);
  if (text.empty()) return 0;
  const std::string digest = digest_in(e, call, DigestKind::sha256, DigestForm::bytes, text);
  if (digest.size() < 8) return 0;
  std::uint64_t seed = 0;
  for (std::size_t i = 0; i < 8; ++i) seed = seed << 8 | static_cast<unsigned char>(digest[i]);
  return static_cast<std::int64_t>(seed);
}

// randomize(nodes, seed): the "inside-out" shuffle of Fisher and Yates, as the other engines do it.
Value call_randomize(Evaluator& e, const SyntaxNode& call) {
  NodeSet nodes = e.nodes_argument(call, 0);
  const std::int64_t seed = call.count > 1 ? seed_of(e, call, e.argument(call, 1))
                                           : static_cast<std::int64_t>(draw_number(e, call) >> 1);
  SeededChance chance(seed);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const NodeId node = nodes[i];
    const auto place = static_cast<std::size_t>(chance.next() * static_cast<double>(i + 1));
    nodes[i] = nodes[place];
    nodes[place] = node;
  }
  return nodes;
}

constexpr std::array kFunctions = {
    Function{"uuid", 0, 1, 0, FunctionInput::chance, call_uuid},
    Function{"random", 0, 0, 0, FunctionInput::chance, call_random},
    Function{"randomize", 1, 2, 1, FunctionInput::chance, call_randomize, true, false, true},
};

}  // namespace

std::span<const Function> chance_functions() { return kFunctions; }

}  // namespace landfall
