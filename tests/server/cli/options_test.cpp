// What a command understands of the arguments it is given.

#include "server/cli/options.h"

#include <doctest/doctest.h>

#include <array>

namespace landfall {
namespace {

constexpr std::array kRules = {
    OptionRule{"output", 'o', Takes::one_value}, OptionRule{"recipient", 'r', Takes::many_values},
    OptionRule{"armor", 'a', Takes::nothing}, OptionRule{"passphrase", 'p', Takes::nothing}};

Outcome<Options> parse(const std::vector<std::string>& arguments, std::size_t least = 0,
                       std::size_t most = 2) {
  return parse_options({kRules, least, most}, arguments);
}

TEST_CASE("an option's value may follow it, be joined by an equals sign, or stick to its letter") {
  const std::array<std::vector<std::string>, 4> spellings = {
      {{"--output", "f"}, {"--output=f"}, {"-o", "f"}, {"-of"}}};

  std::size_t read = 0;
  for (const auto& spelling : spellings) {
    Outcome<Options> options = parse(spelling);
    REQUIRE(options.ok());
    CHECK(options.value().value("output") == "f");
    ++read;
  }
  CHECK(read == spellings.size());
}

TEST_CASE("letters without a value may be joined, and the last may take one") {
  Outcome<Options> options = parse({"-paof", "in"});

  REQUIRE(options.ok());
  CHECK(options.value().has("passphrase"));
  CHECK(options.value().has("armor"));
  CHECK(options.value().value("output") == "f");
  CHECK(options.value().operand(0) == "in");
}

TEST_CASE("an option for many values keeps them in order") {
  Outcome<Options> options = parse({"-r", "a", "--recipient=b", "-rc"});

  REQUIRE(options.ok());
  CHECK(options.value().values("recipient") == std::vector<std::string>{"a", "b", "c"});
}

TEST_CASE("a dash alone is an operand, and so is everything after two dashes") {
  Outcome<Options> options = parse({"-", "--", "-a"});

  REQUIRE(options.ok());
  CHECK(options.value().operands() == std::vector<std::string>{"-", "-a"});
  CHECK_FALSE(options.value().has("armor"));
}

TEST_CASE("an option's value may look like an option") {
  Outcome<Options> options = parse({"--output", "-a"});

  REQUIRE(options.ok());
  CHECK(options.value().value("output") == "-a");
}

TEST_CASE("a value may hold an equals sign, and is never empty") {
  CHECK_FALSE(parse({"--output="}).ok());
  CHECK_FALSE(parse({"--output", ""}).ok());
  CHECK(parse({"--output=a=b"}).value().value("output") == "a=b");
}

TEST_CASE("what is not given has the fallback") {
  Outcome<Options> options = parse({});

  REQUIRE(options.ok());
  CHECK(options.value().value("output", "-") == "-");
  CHECK(options.value().operand(0).empty());
}

TEST_CASE("help is understood whatever else is wrong") {
  CHECK(parse({"--nonsense", "--help"}).value().has("help"));
  CHECK(parse({"-h"}, 1, 1).value().has("help"));
  CHECK_FALSE(parse({"--", "-h"}).value().has("help"));
}

TEST_CASE("wrong usage is told with what is wrong") {
  struct Wrong {
    std::vector<std::string> arguments;
    std::string message;
  };
  const std::array<Wrong, 9> table = {{{{"--nonsense"}, "unknown option --nonsense"},
                                       {{"-x"}, "unknown option -x"},
                                       {{"-ax"}, "unknown option -x"},
                                       {{"--output"}, "option --output needs a value"},
                                       {{"-o"}, "option -o needs a value"},
                                       {{"--armor=yes"}, "option --armor takes no value"},
                                       {{"-o", "a", "-o", "b"}, "option -o is given twice"},
                                       {{"a", "b", "c"}, "one argument too many: c"},
                                       {{"--"}, "an argument is missing"}}};

  std::size_t refused = 0;
  for (const Wrong& wrong : table) {
    CAPTURE(wrong.message);
    const bool needs_operand = wrong.message == "an argument is missing";
    Outcome<Options> options = parse(wrong.arguments, needs_operand ? 1 : 0);
    REQUIRE_FALSE(options.ok());
    CHECK(options.failure().exit_code == kExitUsage);
    CHECK(options.failure().message == wrong.message);
    ++refused;
  }
  CHECK(refused == table.size());
}

}  // namespace
}  // namespace landfall
