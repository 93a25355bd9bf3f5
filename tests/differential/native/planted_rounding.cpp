// The planted difference: numbers are rounded to single precision before they are written, as if
// one build computed in floats. Linked into landfall_replay_planted only, by the linker's --wrap.

#include <string>

namespace landfall {

std::string format_as_it_is(double value) __asm__(
    "__real__ZN8landfall19format_xpath_numberB5cxx11Ed");
std::string format_rounded(double value) __asm__(
    "__wrap__ZN8landfall19format_xpath_numberB5cxx11Ed");

std::string format_rounded(double value) {
  return format_as_it_is(static_cast<double>(static_cast<float>(value)));
}

}  // namespace landfall
