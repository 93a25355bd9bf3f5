#include "server/store/published_folder.h"

#include <fcntl.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "server/intake/digest.h"
#include "server/store/file_descriptor.h"
#include "shared/codec/hex.h"
#include "shared/codec/json.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/index.h"

namespace landfall {
namespace {

// One row of a package's fees; `amount` is absent where it depends on answers, which intake never
// sees.
struct FeeEntry {
  std::string code;
  std::string from;
  std::string until;
  std::optional<std::int64_t> amount;
};

struct PackageFacts {
  std::string form_id;
  std::string version;
  int case_kind = 0;
  std::vector<FeeEntry> fees;
};

std::string load_file(const std::string& path) {
  std::string text;
  const FileDescriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return text;
  const Result<Done> read = read_all(file, [&](ByteView piece) { text.append(text_of(piece)); });
  if (!read.ok()) text.clear();
  return text;
}

std::shared_ptr<const PublishedFile> load_published(const std::string& path) {
  PublishedFile file{load_file(path), load_file(path + ".br"), load_file(path + ".gz"), {}};
  file.sha256 = sha256_hex_of(bytes_of(file.identity));
  return std::make_shared<const PublishedFile>(std::move(file));
}

std::shared_ptr<const PublishedFile> published_text(std::string text) {
  PublishedFile file{std::move(text), {}, {}, {}};
  file.sha256 = sha256_hex_of(bytes_of(file.identity));
  return std::make_shared<const PublishedFile>(std::move(file));
}

// The index, by `root` or by one that it has handed over to.
Result<Index> verify_published(std::string_view text, const Ed25519PublicKey& root,
                               std::string_view audience, std::string_view certificates) {
  const Result<std::vector<std::string>> lines = parse_root_certificates(certificates);
  if (!lines.ok()) return lines.error();
  const std::vector<Ed25519PublicKey> own = {root};
  const Result<std::vector<AgencyRoot>> roots =
      agency_roots({own, std::nullopt, lines.value(), audience, {}});
  if (!roots.ok()) return roots.error();
  Result<Index> first = Error{ErrorCode::index_not_genuine};
  for (const AgencyRoot& candidate : roots.value()) {
    if (!may_publish(candidate)) continue;
    Result<Index> index = verify_index(text, {candidate.key, audience, 0});
    if (index.ok() && speaks_at(candidate, index.value().issued)) return index;
    if (candidate.key == root) first = std::move(index);
  }
  return first;
}

// A whole number, written as one or as text.
std::optional<std::int64_t> constant_amount(const Json& row) {
  const Json* amount = find_member(row, "amount");
  if (amount == nullptr) return std::nullopt;
  const Result<std::int64_t> number = integer_value(*amount);
  if (number.ok()) return number.value();
  const std::string_view text = text_value(*amount);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<FeeEntry> fees_of(const Json& package) {
  std::vector<FeeEntry> entries;
  const Json* fees = find_member(package, "fees");
  const Json* rows = fees == nullptr ? nullptr : find_member(*fees, "rows");
  if (rows == nullptr || !rows->is_array()) return entries;
  for (const Json& row : *rows) {
    entries.push_back({std::string(member_text_or(row, "code", "")),
                       std::string(member_text_or(row, "from", "")),
                       std::string(member_text_or(row, "until", "")), constant_amount(row)});
  }
  return entries;
}

int case_kind_of(const Json& package) {
  const Json* workflow = find_member(package, "workflow");
  if (workflow == nullptr) return 0;
  const Result<std::int64_t> kind = member_integer(*workflow, "case_kind");
  return kind.ok() && kind.value() >= 0 && kind.value() < 100 ? static_cast<int>(kind.value()) : 0;
}

// Digests of the texts a package names; each is a file of its own.
std::vector<std::string> text_digests(const Json& package) {
  std::vector<std::string> digests;
  const Json* texts = find_member(package, "texts");
  if (texts == nullptr || !texts->is_object()) return digests;
  for (const auto& [locale, text] : texts->items()) {
    digests.emplace_back(member_text_or(text, "digest", ""));
  }
  return digests;
}

// The day in Taipei, "2026-11-21": fees change at midnight there.
std::string taipei_day(Instant instant) {
  constexpr std::int64_t kTaipeiOffsetSeconds = std::int64_t{8} * 3600;
  return format_instant({instant.unix_seconds + kTaipeiOffsetSeconds}).substr(0, 10);
}

}  // namespace

struct PublishedFolder::Content {
  std::vector<std::string> revoked;
  std::shared_ptr<const PublishedFile> index;
  std::shared_ptr<const PublishedFile> certificates;  // never null, but perhaps empty
  std::map<std::string, std::shared_ptr<const PublishedFile>, std::less<>> files;
  std::map<std::string, PackageFacts, std::less<>> packages;  // by digest

  // Loads the file with this digest. Errors: packages_unusable
  Result<const PublishedFile*> add(const std::string& folder, const std::string& digest) {
    if (!is_sha256_hex(digest)) return Error{ErrorCode::packages_unusable};
    std::shared_ptr<const PublishedFile> file =
        load_published(std::string(folder).append("/").append(digest).append(".json"));
    if (file->sha256 != digest) return Error{ErrorCode::packages_unusable};
    files[digest] = file;
    return file.get();
  }
};

PublishedFolder::PublishedFolder(std::string folder, const Ed25519PublicKey& root,
                                 std::string audience, const Clock& clock)
    : folder_(std::move(folder)), root_(root), audience_(std::move(audience)), clock_(clock) {}

PublishedFolder::~PublishedFolder() = default;

Result<Done> PublishedFolder::refresh() {
  std::string text = load_file(folder_ + "/index.jws");
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  if (text.empty()) return Error{ErrorCode::not_found};
  std::string certificates = load_file(folder_ + "/" + std::string(kRootCertificatesName));
  const std::shared_ptr<const Content> current = content();
  if (current != nullptr && current->index->identity == text &&
      current->certificates->identity == certificates) {
    return Done{};
  }
  Result<std::shared_ptr<const Content>> fresh = load(std::move(text), std::move(certificates));
  if (!fresh.ok()) return fresh.error();
  const std::lock_guard lock(mutex_);
  content_ = std::move(fresh).value();
  return Done{};
}

Result<std::shared_ptr<const PublishedFolder::Content>> PublishedFolder::load(
    std::string index_text, std::string certificates) const {
  const Result<Index> index = verify_published(index_text, root_, audience_, certificates);
  if (!index.ok()) return index.error();
  const auto content = std::make_shared<Content>();
  content->revoked = index.value().revoked;
  content->index = published_text(std::move(index_text));
  content->certificates = published_text(std::move(certificates));
  for (const IndexPackage& entry : index.value().packages) {
    const Result<const PublishedFile*> file = content->add(folder_, entry.digest);
    if (!file.ok()) return file.error();
    const Result<Json> package = parse_json(file.value()->identity);
    if (!package.ok()) return Error{ErrorCode::packages_unusable};
    content->packages[entry.digest] = {entry.form_id, entry.version, case_kind_of(package.value()),
                                       fees_of(package.value())};
    for (const std::string& digest : text_digests(package.value())) {
      const Result<const PublishedFile*> texts = content->add(folder_, digest);
      if (!texts.ok()) return texts.error();
    }
  }
  return std::shared_ptr<const Content>(content);
}

std::shared_ptr<const PublishedFolder::Content> PublishedFolder::content() const {
  const std::lock_guard lock(mutex_);
  return content_;
}

bool PublishedFolder::revokes(std::string_view kid) const {
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr) return false;
  const std::vector<std::string>& revoked = content->revoked;
  return std::find(revoked.begin(), revoked.end(), kid) != revoked.end();
}

bool PublishedFolder::is_published(std::string_view form_id, std::string_view version,
                                   std::string_view digest) const {
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr) return false;
  const auto package = content->packages.find(digest);
  return package != content->packages.end() && package->second.form_id == form_id &&
         package->second.version == version;
}

std::optional<std::int64_t> PublishedFolder::fee_twd(std::string_view digest,
                                                     std::string_view fee_code) const {
  if (fee_code.empty()) return 0;
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr) return std::nullopt;
  const auto package = content->packages.find(digest);
  if (package == content->packages.end()) return std::nullopt;
  const std::string today = taipei_day(clock_.now());
  std::optional<std::int64_t> amount;
  for (const FeeEntry& fee : package->second.fees) {
    if (fee.code != fee_code || !fee.amount) continue;
    const bool is_in_force =
        (fee.from.empty() || fee.from <= today) && (fee.until.empty() || today <= fee.until);
    if (is_in_force) return fee.amount;
    // Sealed before a change of fees and received after it: the code still names an amount.
    amount = fee.amount;
  }
  return amount;
}

int PublishedFolder::case_kind(std::string_view form_id) const {
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr) return 0;
  for (const auto& [digest, package] : content->packages) {
    if (package.form_id == form_id) return package.case_kind;
  }
  return 0;
}

std::shared_ptr<const PublishedFile> PublishedFolder::index() const {
  const std::shared_ptr<const Content> content = this->content();
  return content == nullptr ? nullptr : content->index;
}

std::shared_ptr<const PublishedFile> PublishedFolder::root_certificates() const {
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr || content->certificates->identity.empty()) return nullptr;
  return content->certificates;
}

std::shared_ptr<const PublishedFile> PublishedFolder::file(std::string_view digest) const {
  const std::shared_ptr<const Content> content = this->content();
  if (content == nullptr) return nullptr;
  const auto file = content->files.find(digest);
  return file == content->files.end() ? nullptr : file->second;
}

}  // namespace landfall
