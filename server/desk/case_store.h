// The records of received cases as the desk and the command line read them.

#ifndef LANDFALL_SERVER_DESK_CASE_STORE_H_
#define LANDFALL_SERVER_DESK_CASE_STORE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// One received case: what intake knows of it.
struct ReceivedCase {
  std::uint64_t log_index = 0;
  std::string case_number;
  std::string submission_id;
  std::string kid;
  std::string form_id;
  std::string manifest_sha256;
  std::string received_at;  // RFC 3339
  std::string manifest;     // compact JWS
  std::string receipt;      // compact JWS

  bool operator==(const ReceivedCase&) const = default;
};

// Thread rule: any thread. Errors of every function: storage_unavailable.
class CaseStore {
 public:
  virtual ~CaseStore() = default;

  // Cases in the order they were received, from log index `first`, at most `limit`.
  [[nodiscard]] virtual Result<std::vector<ReceivedCase>> list_cases(std::uint64_t first,
                                                                     int limit) const = 0;

  // The case with this case number, submission id or manifest digest; the newest where an id
  // belongs to several keys.
  [[nodiscard]] virtual Result<std::optional<ReceivedCase>> find_case(
      std::string_view reference) const = 0;

  // Hands over the ciphertext of a part, in pieces. Errors: not_found.
  [[nodiscard]] virtual Result<Done> read_part(
      std::string_view sha256, const std::function<void(ByteView)>& receive) const = 0;

  // What the applicant of the submission with this manifest was told: compact JWS, oldest first.
  [[nodiscard]] virtual Result<std::vector<std::string>> messages(
      std::string_view manifest_sha256) const = 0;

  // Keeps a message durably; false when one of that counter is there, and nothing is changed.
  // Errors: storage_full.
  [[nodiscard]] virtual Result<bool> add_message(std::string_view manifest_sha256,
                                                 std::uint64_t counter,
                                                 std::string_view message) = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_DESK_CASE_STORE_H_
