#include "shared/functions/texts.h"

#include <cstdint>
#include <cstring>

namespace landfall {

std::string join_texts(std::initializer_list<std::string_view> texts) {
  std::string joined;
  for (const std::string_view text : texts) append_text(joined, text);
  return joined;
}

void append_text(std::string& joined, std::string_view text) {
  const auto size = static_cast<std::uint32_t>(text.size());
  char bytes[sizeof(size)];
  std::memcpy(bytes, &size, sizeof(size));
  joined.append(bytes, sizeof(size));
  joined += text;
}

std::string_view take_text(std::string_view& joined) {
  std::uint32_t size = 0;
  if (joined.size() < sizeof(size)) return joined = {};
  std::memcpy(&size, joined.data(), sizeof(size));
  joined.remove_prefix(sizeof(size));
  if (size > joined.size()) return joined = {};
  const std::string_view text = joined.substr(0, size);
  joined.remove_prefix(size);
  return text;
}

}  // namespace landfall
