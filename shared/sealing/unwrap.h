// What an identity finds out about a stanza.

#ifndef LANDFALL_SHARED_SEALING_UNWRAP_H_
#define LANDFALL_SHARED_SEALING_UNWRAP_H_

namespace landfall {

// `not_mine`: of another type, or for another key. `malformed`: of this type and against its rules,
// so that the whole file is refused.
enum class Unwrap { opened, not_mine, malformed, out_of_memory };

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_UNWRAP_H_
