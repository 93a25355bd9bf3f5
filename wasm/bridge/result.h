// What a call answers: bytes or an error, kept until JavaScript has copied it.

#ifndef LANDFALL_WASM_BRIDGE_RESULT_H_
#define LANDFALL_WASM_BRIDGE_RESULT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "wasm/bridge/handles.h"

namespace landfall::bridge {

// Each stores an answer and returns its result handle.
[[nodiscard]] Handle answer(ByteView bytes);
[[nodiscard]] Handle answer(std::string_view text);
[[nodiscard]] Handle answer(const Error& error);

// The value as text, or the error. A text is moved, never copied: it is wiped with the result.
[[nodiscard]] Handle answer(Result<std::string> result);
// The value as bytes, or the error.
[[nodiscard]] Handle answer(const Result<ByteView>& result);

// {"<name>":handle}
[[nodiscard]] Handle answer_handle(std::string_view name, Handle handle);

// The answer to a handle that is not, or no longer, there.
[[nodiscard]] Handle answer_unknown_handle();

// Arguments as they arrive: a pointer into the module's memory and a length in bytes.
[[nodiscard]] inline ByteView bytes_at(const std::uint8_t* data, std::uint32_t size) {
  return {data, size};
}
[[nodiscard]] inline std::string_view text_at(const std::uint8_t* data, std::uint32_t size) {
  return text_of(bytes_at(data, size));
}

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_RESULT_H_
