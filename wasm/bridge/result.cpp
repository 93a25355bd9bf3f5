#include "wasm/bridge/result.h"

#include <utility>

#include "shared/base/secret.h"

namespace landfall::bridge {
namespace {

struct StoredResult {
  bool ok = false;
  std::string data;
};

HandleTable<StoredResult>& results() {
  static HandleTable<StoredResult> table;
  return table;
}

Handle store(bool ok, std::string data) { return results().add({ok, std::move(data)}); }

}  // namespace

Handle answer(ByteView bytes) { return answer(text_of(bytes)); }

Handle answer(std::string_view text) { return store(true, std::string(text)); }

Handle answer(const Error& error) {
  std::string json = R"({"code":")";
  json += error_name(error.code);
  json += R"(","offset":)" + std::to_string(error.offset) + "}";
  return store(false, std::move(json));
}

Handle answer(Result<std::string> result) {
  if (!result.ok()) return answer(result.error());
  return store(true, std::move(result).value());
}

Handle answer(const Result<ByteView>& result) {
  if (!result.ok()) return answer(result.error());
  return answer(result.value());
}

Handle answer_handle(std::string_view name, Handle handle) {
  std::string json = "{\"";
  json += name;
  json += "\":" + std::to_string(handle) + "}";
  return answer(std::string_view(json));
}

Handle answer_unknown_handle() { return answer(Error{ErrorCode::handle_unknown}); }

extern "C" {

std::uint32_t lf_result_ok(Handle result) {
  const StoredResult* found = results().find(result);
  return found != nullptr && found->ok ? 1 : 0;
}

const std::uint8_t* lf_result_data(Handle result) {
  const StoredResult* found = results().find(result);
  return found == nullptr ? nullptr : bytes_of(found->data).data();
}

std::uint32_t lf_result_size(Handle result) {
  const StoredResult* found = results().find(result);
  return found == nullptr ? 0 : static_cast<std::uint32_t>(found->data.size());
}

// Results hold plaintext, so they are wiped, not only freed.
void lf_result_free(Handle result) {
  auto taken = results().take(result);
  if (taken) wipe({reinterpret_cast<std::uint8_t*>(taken->data.data()), taken->data.size()});
}

}  // extern "C"

}  // namespace landfall::bridge
