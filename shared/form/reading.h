// Reading an answer as its question's type: what is kept, what expressions see, what is wrong.

#ifndef LANDFALL_SHARED_FORM_READING_H_
#define LANDFALL_SHARED_FORM_READING_H_

#include <string>
#include <vector>

#include "shared/base/finding.h"
#include "shared/base/result.h"
#include "shared/form/answer.h"
#include "shared/form/package.h"
#include "shared/identity/context.h"

namespace landfall {

struct Reading {
  Answer answer;                  // to keep: as typed, numbers and booleans read from their text
  std::string text;               // for expressions and canonical answers; empty when unreadable
  std::vector<Finding> findings;  // paths empty
};

// Reads `answer` as `definition`'s type. `context` is what identity types are told besides.
// Choices are not looked up here: which ones there are may depend on other answers.
//
// Errors: change_malformed (an answer of a kind that no text can stand for, such as files for a
// date), too_large.
[[nodiscard]] Result<Reading> read_answer(const Package& package, const NodeDefinition& definition,
                                          Answer answer, const CheckContext& context);

// The text of an answer that needs no reading: numbers as XPath writes them, choices with spaces
// between, the name of the first file.
[[nodiscard]] std::string text_of_answer(const Answer& answer);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_READING_H_
