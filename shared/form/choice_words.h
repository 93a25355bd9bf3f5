// The words of choices, for forms whose expressions look at them.

#ifndef LANDFALL_SHARED_FORM_CHOICE_WORDS_H_
#define LANDFALL_SHARED_FORM_CHOICE_WORDS_H_

#include "shared/base/result.h"
#include "shared/codec/json.h"
#include "shared/form/package.h"

namespace landfall {

// Where an expression of `package` asks for a label (jr:choice-name(), the child "label" of a row),
// gives each row of `form`'s choices its "words": what the texts of the form's default language in
// `sources` have for it. So an expression gives the same in every language that the
// form is read in. A text that quotes a calculation which only names a choice gets that call itself
// for its argument, so that the page can say it in the reader's language.
//
// `form` is the form.json of `sources`, and `package` what was compiled from it. True when `form`
// is another now.
//
// Errors: json_* of those texts.
[[nodiscard]] Result<bool> add_choice_words(Json& form, const Package& package,
                                            const PackageSources& sources);

}  // namespace landfall

#endif  // LANDFALL_SHARED_FORM_CHOICE_WORDS_H_
