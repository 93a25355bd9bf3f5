// Files before they are sealed: whether one may be attached, and how long it becomes.

#include "shared/codec/sizes.h"
#include "shared/form/state_json.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {

extern "C" {

Handle lf_attachment_check(const std::uint8_t* request, std::uint32_t request_size,
                           const std::uint8_t* head, std::uint32_t head_size,
                           const std::uint8_t* tail, std::uint32_t tail_size) {
  return answer(check_attachment_json(text_at(request, request_size), bytes_at(head, head_size),
                                      bytes_at(tail, tail_size)));
}

std::uint32_t lf_padded_size(std::uint32_t size) {
  return static_cast<std::uint32_t>(padme_length(size));
}

}  // extern "C"

}  // namespace landfall::bridge
