#include "server/intake/sequencer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "server/intake/log_tree.h"

namespace landfall {
namespace {

// A commit's fsync costs the same for one change and for many; beyond this many, waiting for the
// others would cost more than it saves.
constexpr std::size_t kMaxBatch = 256;

bool is_storage_error(ErrorCode code) {
  return code == ErrorCode::storage_full || code == ErrorCode::storage_unavailable ||
         code == ErrorCode::internal;
}

}  // namespace

struct Sequencer::Job {
  const VerifiedSubmission* submission = nullptr;  // or
  std::function<Result<Done>(StoreWriter&)> change;

  // While the batch runs: what was taken, or the job of this batch that is the same submission.
  std::optional<SubmissionRecord> record;
  ReceiptBody body;
  Job* same_as = nullptr;

  SubmissionAnswer answer;
  Result<Done> result = Done{};
  bool finished = false;

  void fail(Error error) {
    result = error;
    answer.issued.reset();
    answer.refusal.error = error;
  }
};

Result<Done> VerifiedSubmission::check_part(std::string_view sha256,
                                            std::uint64_t size_bytes) const {
  for (const Part& part : parts) {
    if (part.sha256 != sha256) continue;
    if (part.size_bytes != size_bytes) return Error{ErrorCode::part_size_mismatch};
    return Done{};
  }
  return Error{ErrorCode::part_not_in_manifest};
}

Sequencer::Sequencer(Store& store, const ReceiptSigner& signer, const Clock& clock,
                     Entropy& entropy)
    : store_(store), signer_(signer), clock_(clock), entropy_(entropy), thread_([this] {
        run();
      }) {}

Sequencer::~Sequencer() { stop(); }

void Sequencer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  if (thread_.joinable()) thread_.join();
}

SubmissionAnswer Sequencer::accept(const VerifiedSubmission& submission) {
  Job job;
  job.submission = &submission;
  enqueue_and_wait(job);
  return std::move(job.answer);
}

Result<Done> Sequencer::write(std::function<Result<Done>(StoreWriter&)> change) {
  Job job;
  job.change = std::move(change);
  enqueue_and_wait(job);
  return job.result;
}

Result<Done> Sequencer::open_log() {
  return write([this](StoreWriter& writer) -> Result<Done> {
    Result<LogHead> head = writer.log_head();
    if (!head.ok()) return head.error();
    if (!head.value().checkpoint.empty()) return Done{};
    Result<std::string> checkpoint = signer_.sign_checkpoint(0, tree_root({}));
    if (!checkpoint.ok()) return checkpoint.error();
    return writer.set_log_head({0, std::move(checkpoint).value()});
  });
}

void Sequencer::enqueue_and_wait(Job& job) {
  std::unique_lock lock(mutex_);
  if (stopping_) {
    job.fail({ErrorCode::stopping});
    return;
  }
  queue_.push_back(&job);
  work_.notify_one();
  done_.wait(lock, [&job] { return job.finished; });
}

void Sequencer::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    if (queue_.empty()) return;
    const std::size_t count = std::min(queue_.size(), kMaxBatch);
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(count);
    std::vector<Job*> batch(queue_.begin(), end);
    queue_.erase(queue_.begin(), end);
    lock.unlock();
    run_batch(batch);
    lock.lock();
    for (Job* job : batch) job->finished = true;
    done_.notify_all();
  }
}

void Sequencer::run_batch(std::vector<Job*>& batch) {
  const Result<Done> committed =
      store_.write([&](StoreWriter& writer) { return apply(writer, batch); });
  if (committed.ok()) return;
  for (Job* job : batch) job->fail(committed.error());
}

Result<Done> Sequencer::apply(StoreWriter& writer, std::vector<Job*>& batch) {
  Result<LogHead> head = writer.log_head();
  if (!head.ok()) return head.error();
  const std::uint64_t old_size = head.value().tree_size;
  std::uint64_t size = old_size;
  std::map<std::pair<std::string_view, std::string_view>, Job*> taken;
  for (Job* job : batch) {
    if (job->submission == nullptr) {
      job->result = job->change(writer);
    } else {
      const auto [entry, is_first] =
          taken.try_emplace({job->submission->submission_id, job->submission->kid}, job);
      if (!is_first && entry->second->record) {
        job->same_as = entry->second;
        continue;
      }
      entry->second = job;
      job->result = take(writer, *job, size);
      if (job->record) ++size;
    }
    if (!job->result.ok()) {
      if (is_storage_error(job->result.error().code)) return job->result.error();
      job->answer.refusal.error = job->result.error();
    }
  }
  if (size == old_size) return Done{};
  return issue_receipts(writer, batch, size);
}

Result<Done> Sequencer::take(StoreWriter& writer, Job& job, std::uint64_t log_index) {
  const VerifiedSubmission& submission = *job.submission;
  Result<std::optional<SubmissionRecord>> known =
      writer.find_submission(submission.submission_id, submission.kid);
  if (!known.ok()) return known.error();
  if (known.value()) {
    if (known.value()->manifest_sha256 != submission.manifest_sha256) {
      return Error{ErrorCode::submission_conflict};
    }
    job.answer.issued = IssuedReceipt{known.value()->receipt, false};
    return Done{};
  }
  Result<Done> claimed = claim_parts(writer, job, log_index);
  if (!claimed.ok()) return claimed.error();

  const Instant now = clock_.now();
  const int year = roc_year_in_taipei(now);
  Result<std::uint32_t> serial = writer.next_case_serial(year, submission.case_kind);
  if (!serial.ok()) return serial.error();
  job.body = {submission.manifest_sha256,
              fmt::format("{:03}{:02}{:07}", year, submission.case_kind, serial.value()),
              format_instant(now),
              {submission.amount_due_twd, "TWD"},
              generate_receipt_salt(entropy_)};
  const Result<LogHash> leaf = receipt_leaf_hash(job.body);
  // Parts and a number are taken already, so this must undo the whole commit.
  if (!leaf.ok()) return Error{ErrorCode::internal};
  Result<Done> appended =
      append_leaf(log_index, leaf.value(), writer,
                  [&](unsigned level, std::uint64_t position, const LogHash& hash) {
                    return writer.insert_log_node(level, position, hash);
                  });
  if (!appended.ok()) return appended.error();
  job.record = SubmissionRecord{log_index,
                                submission.submission_id,
                                submission.kid,
                                submission.manifest_sha256,
                                submission.manifest,
                                submission.form_id,
                                job.body.case_number,
                                now,
                                {}};
  return Done{};
}

Result<Done> Sequencer::claim_parts(StoreWriter& writer, Job& job, std::uint64_t log_index) {
  // All are looked at before one is claimed: a refusal must leave nothing behind.
  std::vector<PartRecord> parts;
  for (const VerifiedSubmission::Part& wanted : job.submission->parts) {
    Result<std::optional<PartRecord>> found = writer.find_part(wanted.sha256, job.submission->kid);
    if (!found.ok()) return found.error();
    if (!found.value()) {
      job.answer.refusal.missing.push_back(wanted.sha256);
      continue;
    }
    if (found.value()->size_bytes != wanted.size_bytes) return Error{ErrorCode::part_size_mismatch};
    if (found.value()->claimed) return Error{ErrorCode::part_claimed};
    parts.push_back(*std::move(found).value());
  }
  if (!job.answer.refusal.missing.empty()) return Error{ErrorCode::parts_missing};
  for (PartRecord& part : parts) {
    part.claimed = log_index;
    Result<Done> stored = writer.upsert_part(part);
    if (!stored.ok()) return stored.error();
  }
  return Done{};
}

Result<Done> Sequencer::issue_receipts(StoreWriter& writer, std::vector<Job*>& batch,
                                       std::uint64_t tree_size) {
  Result<LogHash> root = log_root(tree_size, writer);
  if (!root.ok()) return root.error();
  Result<std::string> checkpoint = signer_.sign_checkpoint(tree_size, root.value());
  if (!checkpoint.ok()) return checkpoint.error();
  for (Job* job : batch) {
    if (!job->record) continue;
    Result<std::vector<LogHash>> proof = inclusion_path(job->record->log_index, tree_size, writer);
    if (!proof.ok()) return proof.error();
    Result<std::string> receipt =
        signer_.sign_receipt(job->body, {signer_.origin(), job->record->log_index, tree_size,
                                         std::move(proof).value(), checkpoint.value()});
    if (!receipt.ok()) return receipt.error();
    job->record->receipt = std::move(receipt).value();
    Result<Done> stored = writer.insert_submission(*job->record);
    if (!stored.ok()) return stored.error();
    job->answer.issued = IssuedReceipt{job->record->receipt, true};
  }
  for (Job* job : batch) {
    if (job->same_as != nullptr) answer_like(*job);
  }
  return writer.set_log_head({tree_size, std::move(checkpoint).value()});
}

// `job` asked for the same id and key as another submission of this very batch.
void Sequencer::answer_like(Job& job) {
  const SubmissionRecord& first = *job.same_as->record;
  if (first.manifest_sha256 == job.submission->manifest_sha256) {
    job.answer.issued = IssuedReceipt{first.receipt, false};
  } else {
    job.fail({ErrorCode::submission_conflict});
  }
}

}  // namespace landfall
