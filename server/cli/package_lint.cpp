// landfall package lint: says what is wrong with form packages, and where.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "server/cli/command.h"
#include "server/cli/lint_wording.h"
#include "server/cli/option_values.h"
#include "server/cli/package_folder.h"
#include "shared/codec/canonical_json.h"
#include "shared/form/lint.h"

namespace landfall {
namespace {

constexpr std::string_view kName = "package lint";

constexpr std::string_view kHelp =
    "usage: landfall package lint PATH... [--texts DIR] [--json]\n"
    "\n"
    "Reads the form packages in the folders PATH and prints one problem per line: sheet, row and\n"
    "column as in the XLSForm, and what is wrong there. A package without errors can be signed;\n"
    "a warning names what works and is hardly meant, such as a filter on a column that is not "
    "there.\n"
    "\n"
    "options:\n"
    "  --texts DIR   where the texts lie (default: the i18n folder above each PATH)\n"
    "  --json        print a list of {package, sheet, row, column, code, offset, detail, "
    "severity}\n"
    "\n"
    "exit codes: 0 no errors, 1 errors, 2 wrong usage, 3 could not read\n"
    "example: landfall package lint shared/packages/*/\n";

constexpr std::array kOptions = {OptionRule{"texts", 0, Takes::one_value},
                                 OptionRule{"json", 0, Takes::nothing}};

struct Wording {
  std::string_view code;
  std::string_view sentence;
};

constexpr std::array kWordings = {
    Wording{"xpath_syntax", "the expression cannot be read"},
    Wording{"xpath_too_deep",
            "the expression is nested too deeply: at most 250 brackets within each other, and 1000 "
            "operators in a chain"},
    Wording{"xpath_too_large",
            "the expression is too long: at most 65536 bytes, and 16384 names, numbers, texts and "
            "operators"},
    Wording{"xpath_unknown_function", "there is no such function"},
    Wording{"xpath_arity", "the function takes another number of arguments"},
    Wording{
        "xpath_type",
        "a question, a group or the rows of a list are wanted here, and this is a text or number"},
    Wording{"digest_kind", "digest() knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512, not"},
    Wording{"xpath_unbound", "there is nothing of this name"},
    Wording{"xpath_budget", "it takes more steps than an expression may"},
    Wording{"unknown_instance", "there is no such list, data set or instance"},
    Wording{"unknown_choice_question", "jr:choice-name() asks for a question without choices"},
    Wording{"regex_syntax", "the pattern cannot be read"},
    Wording{"regex_unsupported",
            "the pattern asks for what is not offered: looking ahead or behind, (?=x), a "
            "backreference, "
            "\\1, options, (?i), a possessive repetition, x++, or a class by name, [:upper:] "
            "(\\p{Lu})"},
    Wording{"regex_too_large", "the pattern is too large"},
    Wording{
        "dead_path",
        "no question can be reached by this path; a question is written ${name}, a text stands in "
        "quotation marks, and a function has brackets, today()"},
    Wording{"json_malformed", "the file is not JSON from here on"},
    Wording{"json_duplicate_member", "a member stands twice"},
    Wording{"utf8_invalid", "the text is not UTF-8"},
    Wording{"unknown_name", "no question has this name"},
    Wording{"unknown_type", "there is no such question type, or its list is missing behind it"},
    Wording{"unknown_list", "there is no such list of choices"},
    Wording{"unknown_rule", "there is no such rule in documents.json"},
    Wording{"duplicate_name", "the name is used twice"},
    Wording{"bad_name", "a name cannot be written this way"},
    Wording{"cycle", "the expressions depend on each other in a circle"},
    Wording{"missing_text", "this text is missing"},
    Wording{"unused_text", "no question uses this text"},
    Wording{"unbalanced_group", "a group or repeat is not closed, or closed twice"},
    Wording{"malformed", "the file cannot be read here"},
    Wording{"missing_member", "something that must be there is missing"},
    Wording{"bad_date", "this is not a date"},
    Wording{"absent_column",
            "the list, data set or instance has no such column; nothing is found by it"},
    Wording{"absent_choice",
            "the question's list has no such choice; no answer is ever equal to it"},
    Wording{"bad_default", "the question does not take this default"},
    Wording{"impossible_date", "there is no such date"},
    Wording{"date_pattern",
            "the pattern has a letter that stands for nothing; it is written as in %d/%m/%Y"},
    Wording{"time_compared",
            "times are compared by decimal-time(), as in decimal-time(.) >= decimal-time('08:00'); "
            "without it a time is no number and has several spellings"},
    Wording{"time_as_date",
            "a time of day is no date, and this gives nothing for it; put a date before it, as in "
            "concat('1970-01-01T', ${t}), or write decimal-time()"},
    Wording{"blank_in_sum",
            "without an answer in one instance the sum, least or greatest is nothing (Collect "
            "leaves blanks out): make the question required, give it a default, or write "
            "sum(${repeat}/question[. != ''])"},
    Wording{"no_number", "a number is wanted here, and this text is none; the result is never one"},
    Wording{"constant_text",
            "this is a text and no condition: it says the same whatever is answered"},
    Wording{"no_repeat", "indexed-repeat() wants a repeat here, which this is not"},
    Wording{"not_in_repeat",
            "indexed-repeat() asks for a question inside the repeat; this one is not in it"},
    Wording{"choice_name_question",
            "jr:choice-name() takes its question in quotation marks, as in "
            "jr:choice-name(${town}, '${town}'); nothing is found without them"},
    Wording{"group_too_deep",
            "groups and repeats within each other go deeper than a package may; the limit is"},
    Wording{"too_many_questions",
            "there are more questions, groups and repeats than a package may hold; the limit is"},
    Wording{"too_many_choices",
            "there are more choices, in all lists, than a package may hold; the limit is"},
    Wording{"too_many_lists", "there are more lists than a package may hold; the limit is"},
    Wording{"too_large", "there is more here than a package may hold"},
};

void print_problem(const std::string& path, const LintProblem& problem) {
  std::string line = fmt::format("{}: {}", path, problem.sheet);
  if (problem.row != 0) line += fmt::format(" row {}", problem.row);
  if (!problem.column.empty()) line += fmt::format(", column {}", problem.column);
  if (problem.offset != 0) line += fmt::format(", byte {}", problem.offset);
  const bool warns = severity_of(problem) == Severity::warning;
  line += fmt::format(": {}{}", warns ? "warning: " : "", lint_sentence(problem.code));
  if (!problem.detail.empty()) line += fmt::format(": {}", problem.detail);
  std::printf("%s [%s]\n", line.c_str(), problem.code.c_str());
}

Json problem_json(const std::string& path, const LintProblem& problem) {
  return {{"package", path},
          {"sheet", problem.sheet},
          {"row", problem.row},
          {"column", problem.column},
          {"code", problem.code},
          {"offset", problem.offset},
          {"detail", problem.detail},
          {"severity", severity_of(problem) == Severity::error ? "error" : "warning"}};
}

ExitCode run(const Options& options) {
  const bool as_json = options.has("json");
  Json all = Json::array();
  bool clean = true;
  Outcome<std::string> texts = texts_option(options);
  if (!texts.ok()) return report(kName, texts.failure());
  for (const std::string& path : options.operands()) {
    Outcome<PackageSources> sources = load_package_sources(path, texts.value());
    if (!sources.ok()) return report(kName, sources.failure());
    for (const LintProblem& problem : lint_package(sources.value())) {
      if (severity_of(problem) == Severity::error) clean = false;
      if (as_json) {
        all.push_back(problem_json(path, problem));
      } else {
        print_problem(path, problem);
      }
    }
  }
  if (as_json) {
    Result<std::string> text = write_canonical_json(all);
    if (!text.ok()) return report(kName, failure_of(text.error(), "problems"));
    std::printf("%s\n", text.value().c_str());
  }
  return clean ? kExitYes : kExitNo;
}

}  // namespace

std::string_view lint_sentence(std::string_view code) {
  const auto found = std::find_if(kWordings.begin(), kWordings.end(),
                                  [&](const Wording& wording) { return wording.code == code; });
  return found == kWordings.end() ? "this is not acceptable" : found->sentence;
}

const Command kPackageLintCommand = {
    kName, "say what is wrong with form packages", kHelp, {kOptions, 1, 1000}, run,
};

}  // namespace landfall
