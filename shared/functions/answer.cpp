#include "shared/functions/answer.h"

#include <cstring>

#include "shared/functions/digest.h"
#include "shared/functions/geography.h"
#include "shared/libm/libm.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

std::string bytes_of(double value) {
  std::string bytes(sizeof(value), '\0');
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

double number_at(std::string_view arguments, std::size_t index) {
  double value = 0;
  std::memcpy(&value, arguments.data() + index * sizeof(value), sizeof(value));
  return value;
}

double number_of_one(Computation what, double x) {
  switch (what) {
    case Computation::log:
      return lfm_log(x);
    case Computation::log10:
      return lfm_log10(x);
    case Computation::exp:
      return lfm_exp(x);
    case Computation::exp10:
      return lfm_pow(10, x);
    case Computation::sin:
      return lfm_sin(x);
    case Computation::cos:
      return lfm_cos(x);
    case Computation::tan:
      return lfm_tan(x);
    case Computation::asin:
      return lfm_asin(x);
    case Computation::acos:
      return lfm_acos(x);
    default:
      return lfm_atan(x);
  }
}

std::string number_answer(Computation what, std::string_view arguments) {
  const bool of_two = what == Computation::pow || what == Computation::atan2;
  if (arguments.size() != (of_two ? 2 : 1) * sizeof(double)) return {};
  const double first = number_at(arguments, 0);
  if (!of_two) return bytes_of(number_of_one(what, first));
  const double second = number_at(arguments, 1);
  return bytes_of(what == Computation::pow ? lfm_pow(first, second) : lfm_atan2(first, second));
}

std::string geofence_answer(std::string_view arguments) {
  if (arguments.size() < sizeof(double)) return {};
  const double size = number_at(arguments, 0);
  arguments.remove_prefix(sizeof(double));
  if (!(size >= 0 && size <= static_cast<double>(arguments.size()))) return {};
  const auto end = static_cast<std::size_t>(size);
  return bytes_of(lies_within(arguments.substr(0, end), arguments.substr(end)) ? 1 : 0);
}

std::string digest_answer(std::string_view arguments) {
  if (arguments.size() < 2) return {};
  const std::string digest = digest_of(static_cast<DigestKind>(arguments[0]), arguments.substr(2));
  switch (static_cast<DigestForm>(arguments[1])) {
    case DigestForm::hexadecimal:
      return write_hexadecimal(digest);
    case DigestForm::base64:
      return write_base64(digest);
    case DigestForm::bytes:
      return digest;
  }
  return {};
}

std::string text_answer(std::string_view base64) {
  const std::string bytes = read_base64(base64).value_or(std::string());
  std::string text;
  for (std::size_t at = 0; at < bytes.size();) {
    const char32_t point = read_code_point(bytes, at);
    append_utf8(text, point == kNoCodePoint ? U'\uFFFD' : point);
  }
  return text;
}

}  // namespace

std::string answer_to(Computation what, std::string_view arguments) {
  switch (what) {
    case Computation::distance:
      return bytes_of(length_of_line(arguments));
    case Computation::area:
      return bytes_of(area_of_shape(arguments));
    case Computation::geofence:
      return geofence_answer(arguments);
    case Computation::digest:
      return digest_answer(arguments);
    case Computation::base64_decode:
      return text_answer(arguments);
    case Computation::nothing:
      return {};
    default:
      return number_answer(what, arguments);
  }
}

}  // namespace landfall
