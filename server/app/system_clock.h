// The machine's clock.

#ifndef LANDFALL_SERVER_APP_SYSTEM_CLOCK_H_
#define LANDFALL_SERVER_APP_SYSTEM_CLOCK_H_

#include "server/intake/clock.h"

namespace landfall {

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const override;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SYSTEM_CLOCK_H_
