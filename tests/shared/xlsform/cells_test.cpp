#include <doctest/doctest.h>

#include "shared/xlsform/cell_text.h"
#include "shared/xlsform/default_value.h"
#include "shared/xlsform/function_calls.h"
#include "shared/xlsform/languages.h"
#include "shared/xlsform/parameters.h"
#include "shared/xlsform/references.h"
#include "shared/xlsform/type_name.h"

namespace landfall {
namespace {

TEST_CASE("types are read in all their spellings") {
  CHECK(parse_type_name("select one from sexes or specify other").list == "sexes");
  CHECK(parse_type_name("select one from sexes or specify other").or_other);
  CHECK(parse_type_name("select all that apply from x").name == "select_multiple");
  CHECK(parse_type_name("select_one_from_file towns.csv").treatment == Treatment::from_file);
  CHECK(parse_type_name("Begin  Group").kind == RowKind::begin);
  CHECK(parse_type_name("begin_looped group").kind == RowKind::begin);
  CHECK(parse_type_name("end_repeat").control == ControlKind::repeat);
  CHECK(parse_type_name("begin loop over crops").list == "crops");
  CHECK(parse_type_name("add date prompt").name == "date");
  CHECK(parse_type_name("q picture").xlsform == "image");
  CHECK(parse_type_name("dateTime").xlsform == "dateTime");
  CHECK(parse_type_name("passport_number").name == "passport_number");
  CHECK(parse_type_name("select_one").kind == RowKind::unknown);
  CHECK(parse_type_name("begin").kind == RowKind::unknown);
}

TEST_CASE("a default is dynamic when it calls, calculates or refers") {
  for (const char* dynamic : {"${a}", "now()", "1 + 1", "if(${a} = 1, 2, 3)", "5 div 2", "1+1"}) {
    CAPTURE(dynamic);
    CHECK(is_dynamic_default(dynamic));
  }
  for (const char* plain :
       {"a-2", "2020-01-01", "-1.5 32 0 0", "yes", "no description (yet)",
        "do you agree (yes) or not", "jr://images/a-b.png", "'quoted + text'"}) {
    CAPTURE(plain);
    CHECK_FALSE(is_dynamic_default(plain));
  }
}

TEST_CASE("a plain default is written so that quotes in it stay") {
  CHECK(xpath_literal("7") == "'7'");
  CHECK(xpath_literal("it's") == "\"it's\"");
  CHECK(xpath_literal("a'b\"c") == "concat('a', \"'\", 'b\"c')");
}

TEST_CASE("languages become locales") {
  CHECK(tag_of_language("English (en)").locale == "en");
  CHECK(tag_of_language("Chinese (zh-hant)").locale == "zh-Hant");
  CHECK(tag_of_language("French").locale == "fr");
  CHECK(tag_of_language("fil").locale == "fil");
  CHECK(tag_of_language("Dothraki").locale == "x-dothraki");
  CHECK_FALSE(tag_of_language("Dothraki").is_known);
  CHECK(tag_of_language("??").locale == "und");
}

TEST_CASE("parameters are read with blanks, commas and semicolons between") {
  const auto pairs = parse_parameters("start=1, END = 10;step=2");

  REQUIRE(pairs.has_value());
  REQUIRE(pairs->size() == 3);
  CHECK(*find_parameter(*pairs, "end") == "10");
  CHECK_FALSE(parse_parameters("start 1").has_value());
  CHECK_FALSE(parse_parameters("=1").has_value());
}

TEST_CASE("a range must be divided by its steps") {
  const TypeName range = parse_type_name("range");
  const auto problem = [&](const char* cell, const char* appearance) {
    const auto found = check_parameters(range, *parse_parameters(cell), appearance);
    return found ? std::string(found->code) + " " + found->detail : std::string();
  };

  CHECK(problem("start=0.5 end=5 step=0.5 tick_interval=1.5 placeholder=2.5", "") == "");
  CHECK(problem("step=0", "") == "parameter_value step");
  CHECK(problem("start=1 end=3 step=4", "") == "parameter_value step");
  CHECK(problem("step=2 tick_interval=3", "") == "parameter_value tick_interval");
  CHECK(problem("start=1 end=9 step=2 placeholder=4", "") == "parameter_value placeholder");
  CHECK(problem("placeholder=5", "rating") == "parameter_appearance placeholder");
  CHECK(problem("start=a", "") == "parameter_value start");
}

TEST_CASE("absolute paths lose the form's name, texts in quotes keep theirs") {
  CHECK(as_package_expression("/census/a + '/census/b'", "census") == "/data/a + '/census/b'");
  CHECK(as_package_expression("../census/a", "census") == "../census/a");
  CHECK(as_package_expression("/census2/a", "census") == "/census2/a");
  CHECK(as_package_expression("if(. = 1, ${last-saved#a}, null)", "") == "if(. = 1, '', '')");
  CHECK(as_package_expression("nullify = ${null}", "") == "nullify = ${null}");
  CHECK(as_package_expression("jr:itext(instance('l')/root/item[1]/itextId)", "") ==
        "string(instance('l')/root/item[1]/label)");
}

TEST_CASE("arguments of calls are cut at their own commas") {
  const auto calls =
      calls_of("concat(pulldata('a', 'b,c', f(x, y)), pulldata( \"d\" ))", "pulldata");

  REQUIRE(calls.size() == 2);
  REQUIRE(calls[0].size() == 3);
  CHECK(calls[0][1] == "'b,c'");
  CHECK(calls[0][2] == "f(x, y)");
  CHECK(quoted_text(calls[1][0]) == "d");
  CHECK(calls_of("mypulldata('a')", "pulldata").empty());
  CHECK(calls_of("pulldata('a", "pulldata").size() == 1);
}

TEST_CASE("numbers of parameters are exact to a millionth") {
  CHECK(millionths("2.5") == 2500000);
  CHECK(millionths("-0.000001") == -1);
  CHECK_FALSE(millionths("0.0000001").has_value());
  CHECK_FALSE(millionths("").has_value());
  CHECK_FALSE(millionths(".").has_value());
  CHECK_FALSE(millionths("1e3").has_value());
  CHECK_FALSE(millionths("12345678901").has_value());
}

}  // namespace
}  // namespace landfall
