// The native conformance runner: one case a line on standard input, one answer a line on output.

#include <iostream>
#include <string>

#include "tests/conformance/operations/case.h"

int main() {
  std::ios::sync_with_stdio(false);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << landfall::conformance::run_case(line) << '\n';
  }
  return 0;
}
