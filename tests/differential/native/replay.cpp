// The native half of the differential test: applies the edits it reads and answers digests.
//
// Standard input, a command a line:      answer
//   package PATH      reads a package    "D" TAB digest, always "-"
//   open OPTIONS      opens the form     the news of the trace, "D" TAB SHA-256 of the parts
//   change JSON       applies it         the same
//   parts             the parts          "P" TAB a part, for each
//   fresh OPTIONS     opens the form anew on its own answers: "D" TAB "same", or both states
//                     as "P" TAB state, and "D" TAB "different"
// The parts: what the call answered, state, verdict, fee, answers, answers for the draft. The news
// of the trace: "T" TAB path TAB aspect TAB result TAB expression, once each, tabs and line ends
// made spaces. A call that fails leaves the form as it was.

#include <cstdio>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/error.h"
#include "shared/base/invariant.h"
#include "shared/codec/hex.h"
#include "shared/form/engine.h"
#include "shared/form/state_json.h"
#include "shared/form/trace.h"
#include "shared/sealing/primitives.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxResultBytes = 40;
constexpr std::size_t kMostResults = 8;  // of one expression: more are no news

std::string in_one_field(std::string_view text) {
  std::string field(text);
  for (char& c : field) {
    if (c == '\t' || c == '\n' || c == '\r') c = ' ';
  }
  return field;
}

// "members[2]/name" without the position.
std::string without_positions(std::string_view path) {
  std::string kept;
  bool inside = false;
  for (const char c : path) {
    if (c == '[') inside = true;
    if (!inside) kept += c;
    if (c == ']') inside = false;
  }
  return kept;
}

std::string json_of_error(const Error& error) {
  return R"({"code":")" + std::string(error_name(error.code)) + R"(","offset":)" +
         std::to_string(error.offset) + "}";
}

class Replay {
 public:
  bool run(const std::string& line) {
    const std::size_t space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? std::string() : line.substr(space + 1);
    if (word == "package") return load(rest);
    if (word == "open") return open(rest);
    if (word == "change") return change(rest);
    if (word == "parts") return print_parts();
    if (word == "fresh") return compare_with_fresh(rest);
    return false;
  }

 private:
  bool load(const std::string& path) {
    package_ = read_file(path);
    if (package_.empty()) return false;
    form_ = OpenForm();
    std::printf("D\t-\n");
    return true;
  }

  bool open(const std::string& options) {
    Result<OpenForm> form = open_form(bytes_of(package_), options, &trace_);
    if (form.ok()) {
      form_ = std::move(form).value();
    }
    answer(form.ok() ? description_json(*form_.package) : json_of_error(form.error()));
    return true;
  }

  bool change(const std::string& json) {
    if (form_.engine == nullptr) return false;
    const Result<std::string> changes = set_json(*form_.engine, json);
    answer(changes.ok() ? changes.value() : json_of_error(changes.error()));
    return true;
  }

  void answer(std::string outcome) {
    parts_ = {std::move(outcome)};
    if (form_.engine != nullptr) {
      const Engine& engine = *form_.engine;
      for (std::string (*write)(const Engine&) :
           {state_json, check_json, fee_json, answers_json, all_answers_json}) {
        parts_.push_back(write(engine));
      }
      print_news();
    }
    std::string joined;
    for (const std::string& part : parts_) joined += part + "\n";
    std::printf("D\t%s\n", format_hex(sha256(bytes_of(joined))).c_str());
  }

  void print_news() {
    for (const TraceEntry& entry : trace_.take()) {
      const std::string key = without_positions(entry.path) + "\t" + entry.aspect;
      const std::string expression = in_one_field(entry.expression);
      const std::string result = in_one_field(entry.result.substr(0, kMaxResultBytes));
      std::set<std::string>& results = seen_[key + "\t" + expression];
      if (results.size() >= kMostResults || !results.insert(result).second) continue;
      std::printf("T\t%s\t%s\t%s\n", key.c_str(), result.c_str(), expression.c_str());
    }
  }

  bool print_parts() const {
    for (const std::string& part : parts_) std::printf("P\t%s\n", part.c_str());
    std::printf("D\t-\n");
    return true;
  }

  // `options` is an object without answers; those of now are added.
  bool compare_with_fresh(const std::string& options) const {
    if (form_.engine == nullptr || options.size() < 2) return false;
    const std::string answers = all_answers_json(*form_.engine);
    const std::string base = options.substr(0, options.size() - 1);
    const Result<OpenForm> fresh =
        open_form(bytes_of(package_), base + ",\"answers\":" + answers + "}");
    if (!fresh.ok()) {
      std::printf("P\t%s\nP\t%s\nD\tdifferent\n", answers.c_str(),
                  json_of_error(fresh.error()).c_str());
      return true;
    }
    const std::string kept = state_json(*form_.engine);
    const std::string again = state_json(*fresh.value().engine);
    if (kept == again) {
      std::printf("D\tsame\n");
    } else {
      std::printf("P\t%s\nP\t%s\nD\tdifferent\n", kept.c_str(), again.c_str());
    }
    return true;
  }

  std::string package_;
  TraceRecorder trace_;
  OpenForm form_;
  std::vector<std::string> parts_;
  std::map<std::string, std::set<std::string>> seen_;
};

}  // namespace
}  // namespace landfall

int main() {
  landfall::Replay replay;
  for (std::string line; std::getline(std::cin, line);) {
    if (!replay.run(line)) {
      std::fprintf(stderr, "landfall_replay: not understood: %.80s\n", line.c_str());
      return 2;
    }
    std::fflush(stdout);
  }
  return 0;
}
