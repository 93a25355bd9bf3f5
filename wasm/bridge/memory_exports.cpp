// Memory that JavaScript writes arguments into, and what the module says of itself.

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <new>
#include <span>

#include "shared/base/invariant.h"
#include "shared/base/secret.h"

namespace landfall::bridge {
namespace {

constexpr std::uint32_t kAbiVersion = 1;

// The size of an allocation stands in front of it, so that lf_free() can wipe it.
constexpr std::size_t kPrefixBytes = 16;

// The loader recognises these words and calls the trap what it is.
[[noreturn]] void stop_out_of_memory() { abort_on_broken_invariant("out of memory"); }

[[maybe_unused]] const std::new_handler kPrevious = std::set_new_handler(stop_out_of_memory);

}  // namespace

extern "C" {

std::uint32_t lf_abi_version() { return kAbiVersion; }

// `size` bytes, or nullptr when there is not that much memory.
std::uint8_t* lf_alloc(std::uint32_t size) {
  if (size > std::numeric_limits<std::uint32_t>::max() - kPrefixBytes) return nullptr;
  auto* block = static_cast<std::uint8_t*>(std::malloc(kPrefixBytes + size));
  if (block == nullptr) return nullptr;
  std::memcpy(block, &size, sizeof(size));
  return block + kPrefixBytes;
}

// Wipes and frees what lf_alloc() gave: arguments hold answers and passphrases.
void lf_free(std::uint8_t* pointer) {
  if (pointer == nullptr) return;
  std::uint8_t* block = pointer - kPrefixBytes;
  std::uint32_t size = 0;
  std::memcpy(&size, block, sizeof(size));
  wipe(std::span<std::uint8_t>(pointer, size));
  std::free(block);
}

}  // extern "C"

}  // namespace landfall::bridge
