#include "shared/functions/answer.h"

#include <doctest/doctest.h>

#include <cstring>

#include "shared/functions/digest.h"

namespace landfall {
namespace {

std::string bytes_of(double value) {
  std::string bytes(sizeof(value), '\0');
  std::memcpy(bytes.data(), &value, sizeof(value));
  return bytes;
}

double number_in(const std::string& bytes) {
  REQUIRE(bytes.size() == sizeof(double));
  double value = 0;
  std::memcpy(&value, bytes.data(), sizeof(value));
  return value;
}

TEST_CASE("numbers go in and come out as doubles") {
  CHECK(number_in(answer_to(Computation::pow, bytes_of(2) + bytes_of(10))) == 1024);
  CHECK(number_in(answer_to(Computation::log10, bytes_of(1000))) == 3);
  CHECK(number_in(answer_to(Computation::exp10, bytes_of(2))) == 100);
  CHECK(number_in(answer_to(Computation::atan2, bytes_of(0) + bytes_of(1))) == 0);
}

TEST_CASE("a place is told from the shape by its length, whatever the two hold") {
  const std::string shape = "25 121;25 122;26 122;26 121;25 121";

  CHECK(number_in(answer_to(Computation::geofence, bytes_of(8) + "25.5\n120" + shape)) == 0);
  CHECK(number_in(answer_to(Computation::geofence, bytes_of(10) + "25.5\n121.5" + shape)) == 1);
}

TEST_CASE("arguments too short to be any have an empty answer") {
  CHECK(answer_to(Computation::pow, bytes_of(2)).empty());
  CHECK(answer_to(Computation::sin, "").empty());
  CHECK(answer_to(Computation::geofence, "12").empty());
  CHECK(answer_to(Computation::geofence, bytes_of(9) + "25 121").empty());
  CHECK(answer_to(Computation::digest, "1").empty());
  CHECK(answer_to(Computation::digest,
                  "\x01\x09"
                  "abc")
            .empty());
}

TEST_CASE("no answer is longer than it may be") {
  const std::string damaged(90, '/');

  CHECK(answer_to(Computation::digest, std::string("\x04\x00", 2)).size() <= longest_answer(2));
  CHECK(answer_to(Computation::base64_decode, damaged).size() <= longest_answer(damaged.size()));
}

TEST_CASE("a program that holds the functions can always compute") {
  CHECK(missing_modules(kFunctionsModule | kIdentityModule) == 0);
  CHECK(compute(Computation::base64_decode, "6Ie654Gj") == "臺灣");
}

}  // namespace
}  // namespace landfall
