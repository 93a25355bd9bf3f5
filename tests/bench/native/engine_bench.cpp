// The engine's measurements in the native build: reads one form and its changes from a file, as
// tests/bench/engine/native.mjs writes it, and prints a line "name value" for each figure.
//
// The file: the published package on the first line, the options on the second, then lines of a
// word (fill, change, hide, show), a space, and the change as JSON.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/form/state_json.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

constexpr std::size_t kBatch = 100;
constexpr std::size_t kBatches = 60;
constexpr std::size_t kWarmUp = 2000;
constexpr std::size_t kSingles = 4000;
constexpr std::size_t kRounds = 25;

struct Workload {
  std::string package;
  std::string options;
  std::vector<std::string> fill;
  std::vector<std::string> changes;
  std::string hide;
  std::string show;
};

Workload read_workload(const char* path) {
  const std::string text = read_file(path);
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  require(lines.size() > 2, "a workload has a package, options and changes");
  Workload workload{lines[0], lines[1], {}, {}, "", ""};
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::size_t space = lines[i].find(' ');
    const std::string word = lines[i].substr(0, space);
    const std::string change = lines[i].substr(space + 1);
    if (word == "fill") workload.fill.push_back(change);
    if (word == "change") workload.changes.push_back(change);
    if (word == "hide") workload.hide = change;
    if (word == "show") workload.show = change;
  }
  return workload;
}

template <typename Work>
double microseconds(Work work) {
  const auto started = std::chrono::steady_clock::now();
  work();
  const std::chrono::duration<double, std::micro> took = std::chrono::steady_clock::now() - started;
  return took.count();
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto at = static_cast<std::size_t>(static_cast<double>(values.size()) * share);
  return values[std::min(values.size() - 1, at)];
}

void print(const char* name, double value) { std::printf("%s %.6f\n", name, value); }

void apply(const OpenForm& form, const std::string& change) {
  const Result<std::string> changes = set_json(*form.engine, change);
  require(changes.ok(), "every change of the workload is accepted");
}

OpenForm opened(const Workload& workload) {
  const ByteView bytes(reinterpret_cast<const std::uint8_t*>(workload.package.data()),
                       workload.package.size());
  Result<OpenForm> form = open_form(bytes, workload.options);
  require(form.ok(), "the package of the workload opens");
  return std::move(form).value();
}

void measure_changes(const OpenForm& form, const Workload& workload) {
  std::size_t next = 0;
  const auto step = [&] { apply(form, workload.changes[next++ % workload.changes.size()]); };
  for (std::size_t i = 0; i < kWarmUp; ++i) step();
  std::vector<double> batches;
  for (std::size_t i = 0; i < kBatches; ++i) {
    batches.push_back(microseconds([&] {
      for (std::size_t k = 0; k < kBatch; ++k) step();
    }));
  }
  std::vector<double> singles;
  for (std::size_t i = 0; i < kSingles; ++i) singles.push_back(microseconds(step));
  print("change", quantile(batches, 0.5) / static_cast<double>(kBatch));
  print("change_p99", quantile(singles, 0.99));
}

void measure_hiding(const OpenForm& form, const Workload& workload) {
  if (workload.hide.empty()) return;
  std::vector<double> hidden;
  std::vector<double> shown;
  for (std::size_t i = 0; i < kRounds; ++i) {
    hidden.push_back(microseconds([&] { apply(form, workload.hide); }));
    shown.push_back(microseconds([&] { apply(form, workload.show); }));
  }
  print("hide_999", quantile(hidden, 0.5));
  print("show_999", quantile(shown, 0.5));
}

void measure_whole(const OpenForm& form, const Workload& workload) {
  std::vector<double> checks;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < 4 * kRounds; ++i) {
    checks.push_back(microseconds([&] { bytes += check_json(*form.engine).size(); }));
  }
  require(bytes > 0, "a verdict was written");
  std::vector<double> created;
  for (std::size_t i = 0; i < kRounds; ++i) {
    created.push_back(microseconds([&] {
      const OpenForm another = opened(workload);
      bytes += state_json(*another.engine).size();
    }));
  }
  print("validate", quantile(checks, 0.5));
  print("create", quantile(created, 0.5) / 1000);
}

}  // namespace
}  // namespace landfall

int main(int count, char** arguments) {
  using namespace landfall;  // NOLINT: a program of its own
  if (count != 2) {
    std::fprintf(stderr, "usage: landfall_engine_bench WORKLOAD\n");
    return 2;
  }
  const Workload workload = read_workload(arguments[1]);
  const OpenForm form = opened(workload);
  for (const std::string& change : workload.fill) apply(form, change);
  measure_changes(form, workload);
  measure_whole(form, workload);
  measure_hiding(form, workload);
  return 0;
}
