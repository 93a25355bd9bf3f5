#include "shared/submission/wire_values.h"

#include <doctest/doctest.h>

#include <string>

namespace landfall {
namespace {

TEST_CASE("a time is UTC in whole seconds, and exists") {
  CHECK(is_utc_time("2026-11-21T07:00:00Z"));
  CHECK(is_utc_time("2024-02-29T23:59:59Z"));
  CHECK_FALSE(is_utc_time("2026-02-29T00:00:00Z"));
  CHECK_FALSE(is_utc_time("2026-11-21T24:00:00Z"));
  CHECK_FALSE(is_utc_time("2026-11-21T07:60:00Z"));
  CHECK_FALSE(is_utc_time("2026-11-21T07:00:60Z"));
  CHECK_FALSE(is_utc_time("2026-11-21t07:00:00z"));
  CHECK_FALSE(is_utc_time("2026-11-21 07:00:00Z"));
  CHECK_FALSE(is_utc_time("2026-11-21T07:00:00.5Z"));
  CHECK_FALSE(is_utc_time("2026-11-21T07:00:00+00:00"));
  CHECK_FALSE(is_utc_time("2026-11-21T+7:00:00Z"));
  CHECK_FALSE(is_utc_time(""));
}

TEST_CASE("a date exists") {
  CHECK(is_calendar_date("2000-02-29"));
  CHECK_FALSE(is_calendar_date("1900-02-29"));
  CHECK_FALSE(is_calendar_date("2026-04-31"));
  CHECK_FALSE(is_calendar_date("2026-13-01"));
  CHECK_FALSE(is_calendar_date("2026-00-10"));
  CHECK_FALSE(is_calendar_date("2026-1-1"));
  CHECK_FALSE(is_calendar_date("0000-01-01"));
}

TEST_CASE("a submission's id is a UUID of version 7 in lower case") {
  CHECK(is_uuid_v7("019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071"));
  CHECK(is_uuid_v7("019ab3c4-5d6e-7f80-ba1b-2c3d4e5f6071"));
  CHECK_FALSE(is_uuid_v7("019ab3c4-5d6e-4f80-9a1b-2c3d4e5f6071"));
  CHECK_FALSE(is_uuid_v7("019ab3c4-5d6e-7f80-ca1b-2c3d4e5f6071"));
  CHECK_FALSE(is_uuid_v7("019AB3C4-5d6e-7f80-9a1b-2c3d4e5f6071"));
  CHECK_FALSE(is_uuid_v7("019ab3c45d6e7f809a1b2c3d4e5f6071"));
  CHECK_FALSE(is_uuid_v7("{019ab3c4-5d6e-7f80-9a1b-2c3d4e5f6071}"));
  CHECK_FALSE(is_uuid_v7(""));
}

TEST_CASE("a token is short, not empty and of few characters") {
  CHECK(is_token("Asia/Taipei", 64));
  CHECK(is_token("landfall.localhost:8443/log+1", 64));
  CHECK_FALSE(is_token("", 64));
  CHECK_FALSE(is_token("abc", 2));
  CHECK_FALSE(is_token("a b", 64));
  CHECK_FALSE(is_token("a\n", 64));
  CHECK_FALSE(is_token("\xc3\xa9", 64));
}

TEST_CASE("a case number is twelve digits") {
  CHECK(is_case_number("202611210001"));
  CHECK_FALSE(is_case_number("20261121001"));
  CHECK_FALSE(is_case_number("20261121000x"));
}

}  // namespace
}  // namespace landfall
