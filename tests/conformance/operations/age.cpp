#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "shared/sealing/envelope.h"
#include "tests/conformance/operations/inflate.h"
#include "tests/conformance/operations/operations.h"
#include "tests/conformance/operations/row_values.h"

namespace landfall::conformance {
namespace {

// Byte by byte is slow; files up to here are opened that way too.
constexpr std::size_t kMaxBytewiseBytes = 4096;

std::optional<Bytes> file_of(const Row& row) {
  std::optional<Bytes> file = base64_of_row(row.row, "file_b64");
  if (!file || text_of_row(row.row, "compressed") != "zlib") return file;
  return inflate(*file);
}

Identities identities_of(const Row& row) {
  Identities identities;
  for (const std::string& text : texts_of_row(row.row, "identity")) {
    // Post-quantum identities are none of ours: files for them alone find no identity.
    Result<X25519Identity> identity = parse_x25519_identity(text);
    if (identity.ok()) identities.x25519.push_back(std::move(identity).value());
  }
  for (const std::string& text : texts_of_row(row.row, "passphrase")) {
    identities.passphrases.emplace_back(text);
  }
  return identities;
}

// The names under which the vectors know the faults.
std::string_view outcome_name(EnvelopeFault fault) {
  switch (fault) {
    case EnvelopeFault::none:
      return "success";
    case EnvelopeFault::armor:
      return "armor failure";
    case EnvelopeFault::header:
      return "header failure";
    case EnvelopeFault::no_match:
      return "no match";
    case EnvelopeFault::mac:
      return "HMAC failure";
    case EnvelopeFault::payload:
      return "payload failure";
    case EnvelopeFault::out_of_memory:
      break;
  }
  return "out of memory";
}

struct Opened {
  std::string_view outcome;
  std::string digest;
  std::size_t size = 0;

  bool operator==(const Opened&) const = default;
};

// Opens the file in pieces of `piece_bytes`.
Opened open_file(const Row& row, ByteView file, std::size_t piece_bytes) {
  const bool armored = text_of_row(row.row, "armored") == "yes";
  Opener opener(identities_of(row), armored ? ArmorPolicy::required : ArmorPolicy::forbidden);
  Bytes released;
  bool failed = false;
  while (!file.empty() && !failed) {
    const ByteView piece = file.first(std::min(piece_bytes, file.size()));
    file = file.subspan(piece.size());
    const Result<ByteView> plaintext = opener.push(piece);
    failed = !plaintext.ok();
    if (!failed) append(released, plaintext.value());
  }
  if (!failed) {
    const Result<ByteView> rest = opener.finish();
    if (rest.ok()) append(released, rest.value());
  }
  return {outcome_name(opener.fault()), digest_text(released), released.size()};
}

bool is_supported(std::string_view feature) {
  return feature == "core-x25519" || feature == "scrypt" || feature == "armor";
}

bool is_as_expected(const Row& row, const Opened& opened) {
  const bool right_outcome = opened.outcome == text_of_row(row.row, "expect");
  const bool right_payload =
      !has_member(row.row, "payload") || opened.digest == text_of_row(row.row, "payload");
  if (right_outcome && right_payload) return true;
  // What we do not implement must be refused, whatever would be wrong with it besides.
  return !is_supported(text_of_row(row.row, "feature")) && opened.outcome != "success" &&
         opened.size == 0;
}

// The recipient of the row's identity is one of those that the row lists.
Outcome run_recipient(const Row& row) {
  const std::vector<std::string> identities = texts_of_row(row.row, "identity");
  if (identities.size() != 1) return {false, "not one identity"};
  const Result<X25519Identity> identity = parse_x25519_identity(identities.front());
  if (!identity.ok()) return {false, error_text(identity.error())};
  const std::string observed = format_x25519_recipient(identity.value().recipient());
  const std::vector<std::string> listed = texts_of_row(row.row, "recipients");
  return {std::find(listed.begin(), listed.end(), observed) != listed.end(), observed};
}

}  // namespace

Outcome run_age(const Row& row) {
  if (has_member(row.row, "recipients")) return run_recipient(row);
  const std::optional<Bytes> file = file_of(row);
  if (!file) return {false, "row without a file"};
  const Opened opened = open_file(row, *file, std::max<std::size_t>(file->size(), 1));
  const std::size_t small_piece = file->size() <= kMaxBytewiseBytes ? 1 : 10007;
  if (open_file(row, *file, small_piece) != opened) {
    return {false, "depends on how the file is cut into pieces"};
  }
  return {is_as_expected(row, opened), std::string(opened.outcome) + " " + opened.digest};
}

}  // namespace landfall::conformance
