// Runs a harness without libFuzzer: on each file of its corpus, and on inputs drawn from them by a
// seeded generator. For the tests, on machines and in times that a fuzzing build does not fit.
//
//   NAME_smoke CORPUS EXECUTIONS

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/files.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

constexpr std::size_t kMostBytes = 8192;

class Chance {
 public:
  std::size_t below(std::size_t bound) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<std::size_t>(state_ >> 33) % bound;
  }

 private:
  std::uint64_t state_ = 20261121;
};

// One of: a byte changed, a stretch removed, a stretch of another input put in, a stretch doubled.
std::string mutated(std::string text, const std::string& other, Chance& chance) {
  for (std::size_t times = 1 + chance.below(4); times > 0 && !text.empty(); --times) {
    const std::size_t at = chance.below(text.size());
    const std::size_t count = 1 + chance.below(std::min<std::size_t>(24, text.size() - at));
    switch (chance.below(4)) {
      case 0:
        text[at] = static_cast<char>(chance.below(256));
        break;
      case 1:
        text.erase(at, count);
        break;
      case 2:
        if (!other.empty()) text.insert(at, other, chance.below(other.size()), count);
        break;
      default:
        text.insert(at, text.substr(at, count));
    }
  }
  return text.substr(0, kMostBytes);
}

std::string current_input;

// Shows what was run when a property did not hold, as the escapes of a C string.
void show_input(int) {
  for (const char c : current_input) std::fprintf(stderr, "\\x%02x", static_cast<unsigned char>(c));
  std::fprintf(stderr, "\n");
}

void run(const std::string& text) {
  current_input = text;
  // A copy of the exact size, so that a sanitizer sees what is read beyond it.
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  (void)LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: %s CORPUS EXECUTIONS\n", arguments[0]);
    return 2;
  }
  std::vector<std::string> seeds;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(arguments[1], error)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) seeds.push_back(landfall::read_file(file));
  if (seeds.empty()) {
    std::fprintf(stderr, "no corpus in %s\n", arguments[1]);
    return 2;
  }
  (void)std::signal(SIGABRT, show_input);
  for (const std::string& seed : seeds) run(seed);
  Chance chance;
  const std::size_t executions = std::strtoul(arguments[2], nullptr, 10);
  for (std::size_t i = 0; i < executions; ++i) {
    const std::string& seed = seeds[chance.below(seeds.size())];
    run(mutated(seed, seeds[chance.below(seeds.size())], chance));
  }
  std::printf("%zu inputs of the corpus and %zu drawn from them: nothing found\n", seeds.size(),
              executions);
  return 0;
}
