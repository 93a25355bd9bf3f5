#include "shared/form/fines.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "shared/form/lint.h"
#include "tests/shared/form/forms.h"
#include "tests/support/files.h"

namespace landfall {
namespace {

Result<FineTable> table_of(std::string_view fees) {
  const Result<Json> json = parse_json(fees);
  REQUIRE(json.ok());
  return fine_table_of_json(json.value());
}

FineTable real_table() {
  Result<FineTable> table = table_of(read_source("shared/packages/mw_arc/fees.json"));
  REQUIRE(table.ok());
  return std::move(table).value();
}

TEST_CASE("the fine for staying too long goes by the days") {
  const FineTable table = real_table();
  struct Band {
    std::int64_t days;
    std::int64_t amount;
  };
  constexpr Band kBands[] = {{1, 10000},  {10, 10000}, {11, 20000}, {30, 20000}, {31, 30000},
                             {60, 30000}, {61, 40000}, {90, 40000}, {91, 50000}, {4000, 50000}};

  for (const Band& band : kBands) {
    INFO(band.days);
    const std::optional<Fine> fine = overstay_fine(table, band.days, "2026-11-21");
    REQUIRE(fine.has_value());
    CHECK(fine->amount == band.amount);
    CHECK(fine->amount_most == band.amount);
    CHECK(fine->currency == "TWD");
  }
}

TEST_CASE("who did not stay too long is not fined") {
  CHECK_FALSE(overstay_fine(real_table(), 0, "2026-11-21").has_value());
  CHECK_FALSE(overstay_fine(real_table(), -5, "2026-11-21").has_value());
}

TEST_CASE("before the bands came into force the fine was at discretion") {
  const std::optional<Fine> last_day = overstay_fine(real_table(), 40, "2024-02-29");
  REQUIRE(last_day.has_value());
  CHECK(last_day->amount == 2000);
  CHECK(last_day->amount_most == 10000);
  CHECK(overstay_fine(real_table(), 40, "2024-03-01")->amount == 30000);
}

TEST_CASE("a table of fines of another shape is refused, and none is none") {
  CHECK(table_of(R"j({"currency":"TWD","rows":[]})j").value().empty());
  CHECK(table_of(R"j({"fines":{}})j").error().code == ErrorCode::json_shape);
  CHECK(table_of(R"j({"fines":[{"code":"A","amount":1}]})j").error().code == ErrorCode::json_shape);
  CHECK(table_of(R"j({"fines":[{"code":"A","days":0,"amount":1}]})j").error().code ==
        ErrorCode::json_shape);
  CHECK(table_of(R"j({"fines":[{"code":"A","days":1,"amount":1,"from":"soon"}]})j").error().code ==
        ErrorCode::json_shape);
}

TEST_CASE("a package with such a table is not published") {
  PackageSources sources = sources_with(R"j({"type":"text","name":"a","label":"a"})j");
  sources.fees = R"j({"currency":"TWD","rows":[],"fines":[{"code":"A","days":1}]})j";

  const std::vector<LintProblem> problems = lint_package(sources);

  CHECK(std::count_if(problems.begin(), problems.end(), [](const LintProblem& problem) {
          return problem.sheet == "fees" && problem.column == "fines";
        }) == 1);
}

}  // namespace
}  // namespace landfall
