// Reads the members of a row: texts, byte strings, and what a byte string looks like in an answer.

#ifndef LANDFALL_TESTS_CONFORMANCE_OPERATIONS_ROW_VALUES_H_
#define LANDFALL_TESTS_CONFORMANCE_OPERATIONS_ROW_VALUES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"
#include "shared/codec/json.h"

namespace landfall::conformance {

// The text member `name`; empty where there is none.
[[nodiscard]] std::string_view text_of_row(const Json& row, std::string_view name);

// True when the row has a member of that name.
[[nodiscard]] bool has_member(const Json& row, std::string_view name);

// The texts in the list `name`; none where there is no such list.
[[nodiscard]] std::vector<std::string> texts_of_row(const Json& row, std::string_view name);

// The bytes that the member `name` writes in hexadecimal, padded base64 or base64url; nothing where
// it is absent or malformed.
[[nodiscard]] std::optional<Bytes> hex_of_row(const Json& row, std::string_view name);
[[nodiscard]] std::optional<Bytes> base64_of_row(const Json& row, std::string_view name);
[[nodiscard]] std::optional<Bytes> base64url_of_row(const Json& row, std::string_view name);

// SHA-256 of `bytes` in hexadecimal, by which long outputs are compared between the builds.
[[nodiscard]] std::string digest_text(ByteView bytes);

// An error as an answer names it: code and offset.
[[nodiscard]] std::string error_text(Error error);

}  // namespace landfall::conformance

#endif  // LANDFALL_TESTS_CONFORMANCE_OPERATIONS_ROW_VALUES_H_
