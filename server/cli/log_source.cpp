#include "server/cli/log_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "server/cli/case_access.h"
#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "server/cli/moment.h"
#include "server/cli/receipt_keys.h"
#include "server/cli/served_index.h"
#include "server/cli/verification.h"
#include "server/intake/check_log.h"
#include "server/store/sqlite_log.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/submission/index.h"
#include "shared/submission/indexed_checkpoint.h"
#include "shared/submission/log_comparison.h"
#include "shared/submission/receipt.h"
#include "shared/submission/signed_note.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxLinksBytes = kMaxLogLinks * (kMaxLogLinkBytes + 8);
constexpr std::size_t kMaxProofBytes = std::size_t{64} << 10;

Outcome<std::vector<LogHash>> hashes_of(std::string_view body, const std::string& url) {
  const Failure malformed{kExitCouldNot, url + ": no proof"};
  const Result<Json> json = parse_json(body);
  if (!json.ok()) return malformed;
  const Json* proof = find_member(json.value(), "proof");
  if (proof == nullptr) return malformed;
  Result<std::vector<LogHash>> hashes = parse_log_proof(*proof);
  if (!hashes.ok()) return malformed;
  return std::move(hashes).value();
}

class ServedLog final : public LogSource {
 public:
  ServedLog(std::string url, LogTrust trust) : url_(std::move(url)), trust_(std::move(trust)) {
    while (url_.ends_with('/')) url_.pop_back();
  }

  Outcome<Head> head() override {
    Outcome<Index> index = fetch_index(url_, trust_.roots);
    if (!index.ok()) return index.failure();
    Outcome<std::vector<AgencyRoot>> roots = trust_.roots.speaking(index.value().aud);
    if (!roots.ok()) return roots.failure();
    Outcome<Bytes> note = http_get(url_ + "/api/v1/log/checkpoint", kMaxNoteBytes);
    if (!note.ok()) return note.failure();
    std::vector<std::string> revoked = std::move(index.value().revoked);
    if (trust_.index) {
      revoked.insert(revoked.end(), trust_.index->revoked.begin(), trust_.index->revoked.end());
    }
    std::string text(text_of(note.value()));
    Result<Checkpoint> checkpoint =
        verify_checkpoint_by_index(text, index.value().aud, index.value(), revoked);
    if (!checkpoint.ok()) {
      return refusal_of(checkpoint.error(), "the checkpoint of " + url_ + " is not genuine");
    }
    std::string warning;
    if (is_expired(index.value(), utc_text(now_milliseconds()))) {
      warning = "the index of " + url_ + " expired at " + index.value().expires +
                ": what was revoked since is not known";
    }
    Outcome<std::vector<LogLink>> links = served_links(roots.value(), revoked);
    if (!links.ok()) return links.failure();
    return Head{std::move(text),    std::move(checkpoint).value(), std::move(revoked),
                std::move(warning), std::move(links.value()),      std::move(roots.value())};
  }

  Outcome<std::vector<LogHash>> inclusion(std::uint64_t index, std::uint64_t size) override {
    return proof(fmt::format("{}/api/v1/log/proof/{}?size={}", url_, index, size));
  }

  Outcome<std::vector<LogHash>> consistency(std::uint64_t from, std::uint64_t to) override {
    return proof(fmt::format("{}/api/v1/log/consistency?from={}&to={}", url_, from, to));
  }

  [[nodiscard]] std::string finding() const override { return ""; }

 private:
  static Outcome<std::vector<LogHash>> proof(const std::string& url) {
    Outcome<Bytes> body = http_get(url, kMaxProofBytes);
    if (!body.ok()) return body.failure();
    return hashes_of(text_of(body.value()), url);
  }

  [[nodiscard]] Outcome<std::vector<LogLink>> served_links(
      std::span<const AgencyRoot> roots, std::span<const std::string> revoked) const {
    const std::string url = url_ + "/api/v1/log/links";
    Outcome<Bytes> body = http_get(url, kMaxLinksBytes);
    if (!body.ok()) return body.failure();
    const Failure malformed{kExitCouldNot, url + ": no list of links"};
    const Result<Json> json = parse_json(text_of(body.value()));
    const Json* list = json.ok() ? find_member(json.value(), "links") : nullptr;
    if (list == nullptr || !list->is_array()) return malformed;
    std::vector<std::string> texts;
    for (const Json& item : *list) texts.emplace_back(text_value(item));
    Result<std::vector<LogLink>> links = verify_log_links(texts, {roots, revoked});
    if (!links.ok()) {
      return refusal_of(links.error(), "the links of " + url_ + " are not genuine");
    }
    return std::move(links).value();
  }

  std::string url_;
  LogTrust trust_;
};

class FolderLog final : public LogSource {
 public:
  FolderLog(std::string folder, std::unique_ptr<StoredLog> log, LogTrust trust)
      : folder_(std::move(folder)), log_(std::move(log)), trust_(std::move(trust)) {}

  Outcome<Head> head() override {
    Result<LogCheck> check = check_log(*log_);
    if (!check.ok()) return failure_of(check.error(), folder_);
    if (check.value().defect) return failure_of_defect(*check.value().defect);
    Head head{check.value().note, check.value().checkpoint, std::nullopt, "", {}, {}};
    if (trust_.index) head.revoked = trust_.index->revoked;
    Outcome<std::vector<AgencyRoot>> roots = trust_.roots.speaking(head.checkpoint.origin);
    if (!roots.ok()) return roots.failure();
    head.roots = std::move(roots.value());
    const std::optional<LogDefect> unsigned_part = check_log_signatures(
        check.value(), head.roots, head.revoked.value_or(std::vector<std::string>()));
    if (unsigned_part) return failure_of_defect(*unsigned_part);
    leaves_ = std::move(check.value().leaves);
    head.links = std::move(check.value().links);
    if (!head.revoked) {
      head.warning = "whether its keys were revoked was not looked at without --index";
    }
    return head;
  }

  Outcome<std::vector<LogHash>> inclusion(std::uint64_t index, std::uint64_t size) override {
    if (index >= size || size > leaves_.size()) return beyond();
    return prove_inclusion(index, std::span(leaves_).first(size));
  }

  Outcome<std::vector<LogHash>> consistency(std::uint64_t from, std::uint64_t to) override {
    if (from > to || to > leaves_.size()) return beyond();
    return prove_consistency(from, std::span(leaves_).first(to));
  }

  [[nodiscard]] std::string finding() const override {
    return "every entry is the receipt of a case, and every case has its entry";
  }

 private:
  [[nodiscard]] Failure beyond() const {
    return {kExitNo, folder_ + ": the log is shorter than that"};
  }

  [[nodiscard]] Failure failure_of_defect(const LogDefect& defect) const {
    const std::string what = folder_ + ": " + describe(defect);
    if (defect.code != ErrorCode::internal) return refusal_of({defect.code, 0}, what);
    return {kExitNo, what};
  }

  std::string folder_;
  std::unique_ptr<StoredLog> log_;
  LogTrust trust_;
  std::vector<LogHash> leaves_;
};

}  // namespace

std::unique_ptr<LogSource> served_log(std::string url, LogTrust trust) {
  return std::make_unique<ServedLog>(std::move(url), std::move(trust));
}

Outcome<std::unique_ptr<LogSource>> stored_log(const std::string& data_folder, LogTrust trust) {
  Result<std::unique_ptr<StoredLog>> log = open_stored_log(data_folder);
  if (!log.ok()) return data_failure(log.error(), data_folder);
  return std::unique_ptr<LogSource>(
      std::make_unique<FolderLog>(data_folder, std::move(log).value(), std::move(trust)));
}

}  // namespace landfall
