// XPath's own functions on nodes as parts of a document: names, identifiers, languages.

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "shared/xpath/evaluator.h"

namespace landfall {
namespace {

// The node that a function of one optional argument is about; kNoNode for an empty node-set.
NodeId subject_of(Evaluator& e, const SyntaxNode& call) {
  if (call.count == 0) return e.focus().node;
  const NodeSet nodes = e.nodes_argument(call, 0);
  return nodes.empty() ? kNoNode : nodes.front();
}

Value call_name(Evaluator& e, const SyntaxNode& call) {
  const NodeId node = subject_of(e, call);
  return node == kNoNode ? std::string() : std::string(e.nodes().name(node));
}

Value call_local_name(Evaluator& e, const SyntaxNode& call) {
  const NodeId node = subject_of(e, call);
  if (node == kNoNode) return std::string();
  const std::string_view name = e.nodes().name(node);
  return std::string(name.substr(name.find(':') + 1));
}

Value call_namespace_uri(Evaluator& e, const SyntaxNode& call) {
  const NodeId node = subject_of(e, call);
  return node == kNoNode ? std::string() : std::string(e.nodes().namespace_uri(node));
}

// The value of an attribute; nothing where the node has none of that name.
const std::string* attribute_of(Evaluator& e, NodeId node, std::string_view name,
                                std::string& value) {
  NodeSet attributes;
  e.nodes().append_attributes(node, attributes);
  for (const NodeId attribute : attributes) {
    if (e.nodes().name(attribute) != name) continue;
    value = e.text_of_node(attribute);
    return &value;
  }
  return nullptr;
}

void append_words(std::string_view text, std::vector<std::string>& to) {
  constexpr std::string_view kSpace = " \t\r\n";
  for (std::size_t at = text.find_first_not_of(kSpace); at != std::string_view::npos;) {
    const std::size_t end = std::min(text.find_first_of(kSpace, at), text.size());
    to.emplace_back(text.substr(at, end - at));
    at = text.find_first_not_of(kSpace, end);
  }
}

// id(ids): the elements whose attribute "id" is one of the words, in document order. Nothing
// declares the types of attributes here, and this is the name that forms give it.
Value call_id(Evaluator& e, const SyntaxNode& call) {
  std::vector<std::string> wanted;
  const Value value = e.argument(call, 0);
  if (const NodeSet* nodes = std::get_if<NodeSet>(&value)) {
    for (const NodeId node : *nodes) append_words(e.text_of_node(node), wanted);
  } else {
    append_words(e.text_of(value), wanted);
  }
  NodeSet found;
  if (e.focus().node == kNoNode || wanted.empty()) return found;
  NodeSet all;
  e.append_descendants(e.nodes().root_of(e.focus().node), all);
  std::string id;
  for (const NodeId node : all) {
    if (!e.spend(1 + wanted.size() / 4)) break;
    const std::string* own = attribute_of(e, node, "id", id);
    if (own == nullptr || std::find(wanted.begin(), wanted.end(), *own) == wanted.end()) continue;
    found.push_back(node);
    wanted.erase(std::remove(wanted.begin(), wanted.end(), *own), wanted.end());
  }
  return found;
}

std::string lower_ascii(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// lang(code): whether the nearest xml:lang is the code or a more special one ("en-US" of "en").
Value call_lang(Evaluator& e, const SyntaxNode& call) {
  const std::string wanted = lower_ascii(e.text_argument(call, 0));
  std::string language;
  for (NodeId up = e.focus().node; up != kNoNode && e.spend(1); up = e.nodes().parent(up)) {
    const std::string* own = attribute_of(e, up, "xml:lang", language);
    if (own == nullptr) continue;
    const std::string lower = lower_ascii(*own);
    return lower == wanted || lower.substr(0, wanted.size() + 1) == wanted + "-";
  }
  return false;
}

constexpr std::array kFunctions = {
    Function{"name", 0, 1, 1, FunctionInput::node, call_name},
    Function{"local-name", 0, 1, 1, FunctionInput::node, call_local_name},
    Function{"namespace-uri", 0, 1, 1, FunctionInput::node, call_namespace_uri},
    Function{"id", 1, 1, 0, FunctionInput::node, call_id, true},
    Function{"lang", 1, 1, 0, FunctionInput::node, call_lang},
};

}  // namespace

std::span<const Function> tree_functions() { return kFunctions; }

}  // namespace landfall
