#include "shared/form/acknowledgement.h"

namespace landfall {

std::string acknowledgement_appearance(std::string_view given) {
  std::string appearance = "acknowledge";
  if (!given.empty()) appearance += " " + std::string(given);
  return appearance;
}

}  // namespace landfall
