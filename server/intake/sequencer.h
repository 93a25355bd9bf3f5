// The one writer: many changes share one durable commit, and receipts wait for theirs.

#ifndef LANDFALL_SERVER_INTAKE_SEQUENCER_H_
#define LANDFALL_SERVER_INTAKE_SEQUENCER_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "server/intake/clock.h"
#include "server/intake/receipt_signer.h"
#include "server/intake/store.h"
#include "shared/base/entropy.h"
#include "shared/base/result.h"

namespace landfall {

// What is written about one submission whose manifest was verified.
struct VerifiedSubmission {
  struct Part {
    std::string sha256;
    std::uint64_t size_bytes = 0;
  };
  std::string submission_id;
  std::string kid;
  std::string manifest;
  std::string manifest_sha256;
  std::string form_id;
  int case_kind = 0;
  std::int64_t amount_due_twd = 0;
  std::vector<Part> parts;

  // Whether a part with this digest and size is one of them.
  // Errors: part_not_in_manifest, part_size_mismatch
  [[nodiscard]] Result<Done> check_part(std::string_view sha256, std::uint64_t size_bytes) const;
};

// The answer to a submission that is durable: its receipt, and whether it was there before.
struct IssuedReceipt {
  std::string receipt;
  bool is_new = false;

  bool operator==(const IssuedReceipt&) const = default;
};

// A submission that was not taken, with the parts that are missing where that is the reason.
struct SubmissionRefusal {
  Error error;
  std::vector<std::string> missing;
};

// Exactly one of the two is set.
struct SubmissionAnswer {
  std::optional<IssuedReceipt> issued;
  SubmissionRefusal refusal;
};

// Runs one thread. Every call blocks until its change is durable or refused. Thread rule: any.
class Sequencer {
 public:
  // All four must outlive the sequencer.
  Sequencer(Store& store, const ReceiptSigner& signer, const Clock& clock, Entropy& entropy);
  ~Sequencer();
  Sequencer(const Sequencer&) = delete;
  Sequencer& operator=(const Sequencer&) = delete;

  // Takes the submission into the log, or finds the receipt it already has.
  //
  // Refusals:
  //   submission_conflict   the same id by the same key with another manifest
  //   parts_missing         parts this key has not uploaded; listed
  //   part_size_mismatch    a part has another size than the manifest says
  //   part_claimed          a part belongs to another submission of this key
  //   storage_full, storage_unavailable, stopping
  SubmissionAnswer accept(const VerifiedSubmission& submission);

  // Makes `change` durable.
  //
  // Errors: what `change` returns; storage_full, storage_unavailable, stopping. When another
  // change of the same commit fails for lack of storage, this one fails with it.
  Result<Done> write(std::function<Result<Done>(StoreWriter&)> change);

  // Signs the checkpoint of a log that has none yet. Errors: as write().
  Result<Done> open_log();

  // Finishes what was asked and refuses the rest. Called by the destructor too.
  void stop();

 private:
  struct Job;
  void run();
  void run_batch(std::vector<Job*>& batch);
  Result<Done> apply(StoreWriter& writer, std::vector<Job*>& batch);
  Result<Done> take(StoreWriter& writer, Job& job, std::uint64_t log_index);
  Result<Done> claim_parts(StoreWriter& writer, Job& job, std::uint64_t log_index);
  Result<Done> issue_receipts(StoreWriter& writer, std::vector<Job*>& batch,
                              std::uint64_t tree_size);
  static void answer_like(Job& job);
  void enqueue_and_wait(Job& job);

  Store& store_;
  const ReceiptSigner& signer_;
  const Clock& clock_;
  Entropy& entropy_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable done_;
  std::vector<Job*> queue_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_SEQUENCER_H_
