#include "shared/xform/paths.h"

#include <doctest/doctest.h>

#include "shared/xform/texts.h"

namespace landfall {
namespace {

TEST_CASE("a path is taken from where it is written, without prefixes") {
  CHECK(absolute_path(" /data/orx:meta/a ", "/data/x") == "/data/meta/a");
  CHECK(absolute_path("name", "/data/g") == "/data/g/name");
  CHECK(absolute_path("../name", "/data/g") == "/data/name");
  CHECK(absolute_path("current()/../name", "/data/g/a") == "/data/g/name");
  CHECK(absolute_path("./a/./b", "/data") == "/data/a/b");
}

TEST_CASE("what is more than a path of names, or leads above the root, is none") {
  for (const char* path : {"", "/data/a[1]", "count(/data/a)", "/data/*", "/data//a", "/data/@id",
                           "../../..", "${a}"}) {
    CAPTURE(path);
    CHECK_FALSE(absolute_path(path, "/data/g"));
  }
}

TEST_CASE("an itemset over an instance is cut into its rows and its predicates") {
  const auto path = itemset_path("instance('towns')/root/item[a = ']' ][ b=/data/x[1] ]");

  REQUIRE(path);
  CHECK(path->instance == "towns");
  CHECK(path->steps == std::vector<std::string>{"root", "item"});
  CHECK(path->predicates == std::vector<std::string>{"a = ']'", "b=/data/x[1]"});
}

TEST_CASE("an itemset of another kind is left to the evaluator") {
  for (const char* nodeset : {"/data/people", "instance(/data/which)/root/item", "instance('a')",
                              "instance('a')/root[1]/i", "randomize(instance('a')/root/item)",
                              "instance('a')/root/item[", "instance('a"}) {
    CAPTURE(nodeset);
    CHECK_FALSE(itemset_path(nodeset));
  }
}

TEST_CASE("any text can be written as an expression that gives it") {
  for (const char* wanted : {"", "plain", "it's", "\"so\"", "it's \"so\"", "'\"'", "{a}"}) {
    CHECK(FormTexts::constant_id(literal_of(wanted)) == std::string(wanted));
  }
}

TEST_CASE("an itext id that depends on an answer is no constant") {
  CHECK(FormTexts::constant_id("concat('/data/a:', 'label')") == std::string("/data/a:label"));
  CHECK_FALSE(FormTexts::constant_id("concat('a', /data/b)"));
  CHECK_FALSE(FormTexts::constant_id("'a"));
}

}  // namespace
}  // namespace landfall
