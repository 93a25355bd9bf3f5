// SHA-256 over bytes that arrive in pieces.

#include "shared/codec/hex.h"
#include "shared/sealing/primitives.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

HandleTable<Sha256>& hashes() {
  static HandleTable<Sha256> table;
  return table;
}

}  // namespace

extern "C" {

Handle lf_sha256_new() { return answer_handle("hash", hashes().add(Sha256())); }

Handle lf_sha256_push(Handle hash, const std::uint8_t* bytes, std::uint32_t size) {
  Sha256* found = hashes().find(hash);
  if (found == nullptr) return answer_unknown_handle();
  found->update(bytes_at(bytes, size));
  return answer(std::string_view());
}

Handle lf_sha256_finish(Handle hash) {
  auto taken = hashes().take(hash);
  if (!taken) return answer_unknown_handle();
  return answer(std::string_view(format_hex(taken->finish())));
}

void lf_sha256_free(Handle hash) { hashes().take(hash); }

}  // extern "C"

}  // namespace landfall::bridge
