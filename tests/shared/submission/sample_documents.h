// A submission, its keys and its receipt, for the tests of signed documents.

#ifndef LANDFALL_TESTS_SHARED_SUBMISSION_SAMPLE_DOCUMENTS_H_
#define LANDFALL_TESTS_SHARED_SUBMISSION_SAMPLE_DOCUMENTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/json.h"
#include "shared/sealing/keys.h"
#include "shared/submission/index.h"
#include "shared/submission/manifest.h"
#include "shared/submission/merkle_log.h"
#include "shared/submission/receipt.h"
#include "shared/submission/sealed_answers.h"

namespace landfall {

inline constexpr std::string_view kAudience = "landfall.localhost/log";

// 64 hexadecimal digits, all of them `digit`.
[[nodiscard]] std::string digest_of(char digit);

// Keys that are the same in every run; `number` tells them apart.
[[nodiscard]] SigningKey sample_key(std::uint8_t number);
[[nodiscard]] SigningKey agency_key();
[[nodiscard]] SigningKey receipt_key();

[[nodiscard]] std::string sample_recipient(std::uint8_t number);

// Answers, one attachment; signed by sample_key(1).
[[nodiscard]] Manifest sample_manifest();
[[nodiscard]] SealedAnswers sample_answers();

[[nodiscard]] std::string receipt_certificate();
[[nodiscard]] ReceiptBody sample_receipt_body();

// The log of `size` receipts whose entry `index` is `body`, checkpoint signed by receipt_key().
[[nodiscard]] LogEntry sample_log(const ReceiptBody& body, std::uint64_t index, std::uint64_t size);

[[nodiscard]] Index sample_index();

// Signs `payload` as it stands, whatever it says.
[[nodiscard]] std::string signed_payload(std::string_view type, const Json& payload,
                                         const SigningKey& key);

// What a signed document says, unverified.
[[nodiscard]] Json payload_of(std::string_view type, std::string_view text);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SHARED_SUBMISSION_SAMPLE_DOCUMENTS_H_
