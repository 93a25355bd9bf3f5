#include "tests/server/desk/received_sample.h"

#include <array>
#include <utility>

#include "shared/codec/hex.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"
#include "tests/shared/submission/sample_documents.h"

namespace landfall {
namespace {

std::string hex_digest(ByteView bytes) { return format_hex(sha256(bytes)); }

// Seals the photo as the portal does and fills in its entry.
Bytes seal_photo(AttachmentEntry& entry) {
  const Bytes photo = sample_photo();
  entry.size = photo.size();
  entry.sha256 = hex_digest(photo);
  Bytes padded = photo;
  padded.resize(static_cast<std::size_t>(padded_attachment_size(photo.size())));
  Bytes sealed = sealed_to_office(padded, 2);
  entry.sealed_sha256 = hex_digest(sealed);
  return sealed;
}

}  // namespace

Result<std::vector<ReceivedCase>> MemoryCaseStore::list_cases(std::uint64_t, int) const {
  return std::vector<ReceivedCase>{};
}

Result<std::optional<ReceivedCase>> MemoryCaseStore::find_case(std::string_view) const {
  return std::optional<ReceivedCase>{};
}

Result<Done> MemoryCaseStore::read_part(std::string_view sha256,
                                        const std::function<void(ByteView)>& receive) const {
  const auto found = parts.find(sha256);
  if (found == parts.end()) return Error{ErrorCode::not_found};
  // In two pieces, as a file would come.
  const ByteView bytes = found->second;
  receive(bytes.first(bytes.size() / 2));
  receive(bytes.subspan(bytes.size() / 2));
  return Done{};
}

Result<std::vector<std::string>> MemoryCaseStore::messages(std::string_view manifest_sha256) const {
  std::vector<std::string> told;
  const auto found = messages_.find(manifest_sha256);
  if (found == messages_.end()) return told;
  for (const auto& [counter, message] : found->second) told.push_back(message);
  return told;
}

Result<bool> MemoryCaseStore::add_message(std::string_view manifest_sha256, std::uint64_t counter,
                                          std::string_view message) {
  return messages_[std::string(manifest_sha256)].emplace(counter, message).second;
}

X25519Identity office_identity(std::uint8_t number) {
  SeededEntropy entropy(Bytes(32, number));
  return generate_x25519_identity(entropy);
}

Bytes sample_photo() {
  Bytes photo(1000, 0x5a);
  photo[0] = 0xff;
  photo[1] = 0xd8;
  return photo;
}

Bytes sealed_to_office(ByteView content, std::uint8_t number) {
  SeededEntropy entropy(Bytes(32, number));
  const std::array recipients = {office_identity().recipient()};
  return seal(content, recipients, entropy).value();
}

ReceivedSample received_sample(std::uint8_t signer) {
  ReceivedSample sample;
  SealedAnswers answers = sample_answers();
  const Bytes photo = seal_photo(answers.attachments.front());
  const BuiltAnswers built = build_sealed_answers(answers).value();
  const Bytes sealed = sealed_to_office(bytes_of(built.plaintext), 3);
  sample.answers_part = hex_digest(sealed);
  sample.photo_part = hex_digest(photo);
  Manifest manifest = sample_manifest();
  manifest.parts = {{PartRole::answers, sample.answers_part, sealed.size()},
                    {PartRole::attachment, sample.photo_part, photo.size()}};
  manifest.answers_commitment = built.commitment;
  sample.received.manifest = sign_manifest(manifest, sample_key(signer)).value();
  sample.received.manifest_sha256 = hex_digest(bytes_of(sample.received.manifest));
  sample.store.parts = {{sample.answers_part, sealed}, {sample.photo_part, photo}};
  return sample;
}

}  // namespace landfall
