#include "shared/form/attachment_json.h"

namespace landfall {
namespace {

// A whole number between 0 and `most`; 0 when the member is absent.
bool read_number(const Json& object, std::string_view member, std::uint64_t most,
                 std::uint64_t& to) {
  to = 0;
  if (find_member(object, member) == nullptr) return true;
  const Result<std::int64_t> number = member_integer(object, member);
  if (!number.ok() || number.value() < 0) return false;
  to = static_cast<std::uint64_t>(number.value());
  return to <= most;
}

bool read_number(const Json& object, std::string_view member, std::uint32_t& to) {
  std::uint64_t wide = 0;
  if (!read_number(object, member, 1000000, wide)) return false;
  to = static_cast<std::uint32_t>(wide);
  return true;
}

bool read_texts(const Json& object, std::string_view member, std::vector<std::string>& to) {
  const Result<const Json*> array = member_array(object, member);
  if (!array.ok() || array.value()->size() > 50) return false;
  for (const Json& item : *array.value()) {
    if (!item.is_string()) return false;
    to.emplace_back(text_value(item));
  }
  return true;
}

bool read_pixels(const Json& pixels, AttachmentRule& rule) {
  if (!read_number(pixels, "min_width", rule.min_width) ||
      !read_number(pixels, "min_height", rule.min_height) ||
      !read_number(pixels, "max_side", rule.max_side) ||
      !read_number(pixels, "tolerance_percent", rule.aspect_tolerance_percent)) {
    return false;
  }
  const Json* ratio = find_member(pixels, "ratio");
  if (ratio == nullptr) return true;
  if (!ratio->is_array() || ratio->size() != 2) return false;
  const Result<std::int64_t> width = integer_value(*ratio->begin());
  const Result<std::int64_t> height = integer_value(*(ratio->begin() + 1));
  if (!width.ok() || !height.ok()) return false;
  if (width.value() < 1 || width.value() > 1000) return false;
  if (height.value() < 1 || height.value() > 1000) return false;
  rule.aspect_width = static_cast<std::uint32_t>(width.value());
  rule.aspect_height = static_cast<std::uint32_t>(height.value());
  return true;
}

}  // namespace

Result<AttachmentRule> attachment_rule_of_json(const Json& rule) {
  AttachmentRule made;
  const Error wrong{ErrorCode::json_shape, 0};
  if (!rule.is_object() || !read_texts(rule, "types", made.media_types) ||
      !read_texts(rule, "ext", made.extensions) ||
      !read_number(rule, "max_bytes", std::uint64_t{1} << 40, made.max_bytes) ||
      !read_number(rule, "max_files", made.max_files) ||
      !read_number(rule, "max_pages", made.max_pages)) {
    return wrong;
  }
  if (made.max_files == 0) made.max_files = 1;
  const Json* pixels = find_member(rule, "pixels");
  // The domain's own table says the pixels in words; a rule is only what is said in numbers.
  if (pixels != nullptr && pixels->is_object() && !read_pixels(*pixels, made)) return wrong;
  return made;
}

}  // namespace landfall
