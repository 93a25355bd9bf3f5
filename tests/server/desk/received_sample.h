// A received case with one attachment, in a store in memory, for the tests of the desk.

#ifndef LANDFALL_TESTS_SERVER_DESK_RECEIVED_SAMPLE_H_
#define LANDFALL_TESTS_SERVER_DESK_RECEIVED_SAMPLE_H_

#include <cstdint>
#include <map>
#include <string>

#include "server/desk/case_store.h"
#include "shared/sealing/x25519.h"
#include "shared/submission/sealed_answers.h"

namespace landfall {

// Holds parts by digest, and messages.
class MemoryCaseStore : public CaseStore {
 public:
  std::map<std::string, Bytes, std::less<>> parts;

  Result<std::vector<ReceivedCase>> list_cases(std::uint64_t first, int limit) const override;
  Result<std::optional<ReceivedCase>> find_case(std::string_view reference) const override;
  Result<Done> read_part(std::string_view sha256,
                         const std::function<void(ByteView)>& receive) const override;
  Result<std::vector<std::string>> messages(std::string_view manifest_sha256) const override;
  Result<bool> add_message(std::string_view manifest_sha256, std::uint64_t counter,
                           std::string_view message) override;

 private:
  std::map<std::string, std::map<std::uint64_t, std::string>, std::less<>> messages_;
};

// The case office's identity; `number` tells others apart.
[[nodiscard]] X25519Identity office_identity(std::uint8_t number = 7);

// What the sample's attachment holds.
[[nodiscard]] Bytes sample_photo();

// `content` sealed to the case office; `number` makes seals differ.
[[nodiscard]] Bytes sealed_to_office(ByteView content, std::uint8_t number);

// A case and where its parts lie.
struct ReceivedSample {
  ReceivedCase received;
  MemoryCaseStore store;
  std::string answers_part;
  std::string photo_part;
};

// A case whose answers are those of the submission samples, with sample_photo() attached, signed by
// sample_key(`signer`); the answers name sample_key(1).
[[nodiscard]] ReceivedSample received_sample(std::uint8_t signer = 1);

}  // namespace landfall

#endif  // LANDFALL_TESTS_SERVER_DESK_RECEIVED_SAMPLE_H_
