// The applicant's keys that were derived and not freed yet.

#ifndef LANDFALL_WASM_BRIDGE_APPLICANT_KEYS_H_
#define LANDFALL_WASM_BRIDGE_APPLICANT_KEYS_H_

#include "shared/sealing/keys.h"
#include "wasm/bridge/handles.h"

namespace landfall::bridge {

[[nodiscard]] HandleTable<ApplicantKeys>& applicant_keys();

// Aborts unless this build gives the known answers; checked once, before the first secret is used.
void require_self_test();

}  // namespace landfall::bridge

#endif  // LANDFALL_WASM_BRIDGE_APPLICANT_KEYS_H_
