// Small forms for tests, written as they would be in a package.

#ifndef LANDFALL_TESTS_SHARED_FORM_FORMS_H_
#define LANDFALL_TESTS_SHARED_FORM_FORMS_H_

#include <string>
#include <string_view>
#include <vector>

#include "shared/form/package.h"
#include "shared/form/state_json.h"

namespace landfall {

// The sources of a form with these survey rows (JSON, comma separated) and choices; file questions
// may use the slot "photo" (rule P1).
PackageSources sources_with(std::string_view survey, std::string_view choices = "",
                            std::string_view config = "{}");

// The same, compiled; aborts the test when it cannot be.
Package package_with(std::string_view survey, std::string_view choices = "",
                     std::string_view config = "{}");

// The sources of a real package of the repository, with all its locales.
PackageSources sources_of(const std::string& form_id);

// An empty form on `package` as of 2026-11-21 in Taipei; `package` must outlive it.
OpenForm open_on(const Package& package, std::string_view more_options = "",
                 Tracer* tracer = nullptr);

// Sets one answer, written as JSON, and gives the changes as "path member=value" lines for what a
// test is about: relevant, required, value, findings. An error gives its name.
std::string set(OpenForm& form, std::string_view path, std::string_view value_json);

// "code@path" of every finding of the verdict, in order, with spaces between.
std::string findings_of(const OpenForm& form);

// "missing" or the JSON value of a node's state member.
std::string member_of(const OpenForm& form, std::string_view path, const char* member);

// A text digest for publishing in tests: no cryptography, but different for different bytes.
std::string fake_digest(ByteView bytes);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_FORM_FORMS_H_
