// Edits: each line of the input is one. "{…}" is a change as it stands; any other line is a node's
// number, a letter for what to do, and a text.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/invariant.h"
#include "shared/codec/json.h"
#include "shared/form/engine.h"
#include "tests/fuzz/sample_form.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::size_t kMostEdits = 40;

Answer answer_for(char kind, std::string_view text) {
  switch (kind) {
    case 'n':
      return Answer::of_number(static_cast<double>(text.size()) * 1.1 - 2);
    case 'b':
      return Answer::of_boolean(text.size() % 2 == 0);
    case 'c':
      return Answer::of_choices({"a", std::string(text)});
    case 'f':
      return Answer::of_files({{std::string(text), "image/jpeg", text.size(), "00", {}, {}}});
    case 'e':
      return {};
    default:
      return Answer::of_text(std::string(text));
  }
}

// The last instance stays: that it was taken away is not in the answers.
bool is_last_instance(const Engine& engine, const std::string& path) {
  const Result<NodeState> container = engine.state(path.substr(0, path.rfind('[')));
  return container.ok() && container.value().count.value_or(2) < 2;
}

void apply(Engine& engine, std::string_view line) {
  if (line.size() < 2) return;
  if (line.front() == '{') {
    if (line.find("\"remove\"") != std::string_view::npos) return;
    if (line.find("\"as_of\"") != std::string_view::npos) return;
    const Result<std::string> changes = set_json(engine, line);
    require(!changes.ok() || parse_json(changes.value()).ok(), "a difference is JSON");
    return;
  }
  const std::vector<NodeState> states = engine.states();
  const std::string path = states[static_cast<std::uint8_t>(line[0]) % states.size()].path;
  const char kind = line[1];
  if (kind == '+') {
    (void)engine.add_instance(path);
  } else if (kind == '-') {
    if (!is_last_instance(engine, path)) (void)engine.remove_instance(path);
  } else {
    (void)engine.set(path, answer_for(kind, line.substr(2)));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Result<OpenForm> form = fuzzing::open_sample("");
  require(form.ok(), "the sample form opens");
  std::string_view rest = text_of({data, size});
  for (std::size_t edit = 0; edit < kMostEdits && !rest.empty(); ++edit) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    apply(*form.value().engine, rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  fuzzing::check_form(form.value());
  fuzzing::check_reopening(form.value());
  return 0;
}
