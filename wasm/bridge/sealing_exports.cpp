// age files, sealed and opened in pieces.

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "shared/codec/json.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"
#include "wasm/bridge/applicant_keys.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

constexpr std::uint32_t kSealingEntropyBytes = 64;

HandleTable<Sealer>& sealers() {
  static HandleTable<Sealer> table;
  return table;
}

HandleTable<Opener>& openers() {
  static HandleTable<Opener> table;
  return table;
}

// The passphrase of {"passphrase":…}; the parsed text is wiped, as it is a copy.
Result<Passphrase> take_passphrase(Json& object) {
  Json* member = object.find("passphrase");
  std::string* text = member == nullptr ? nullptr : member->if_text();
  if (text == nullptr) return Error{ErrorCode::json_shape};
  Passphrase passphrase{std::string_view(*text)};
  wipe(std::span(reinterpret_cast<std::uint8_t*>(text->data()), text->size()));
  return passphrase;
}

Result<Sealer> open_passphrase_sealer(Json& options, Entropy& entropy) {
  const Result<std::int64_t> work_factor = member_integer(options, "work_factor");
  if (!work_factor.ok()) return work_factor.error();
  const Result<Passphrase> passphrase = take_passphrase(options);
  if (!passphrase.ok()) return passphrase.error();
  if (work_factor.value() < 1 || work_factor.value() > kMaxScryptWorkFactor) {
    return Error{ErrorCode::too_large};
  }
  return Sealer::with_passphrase(passphrase.value(), static_cast<unsigned>(work_factor.value()),
                                 EnvelopeFormat::binary, entropy);
}

Result<Sealer> open_sealer(Json& recipients, Entropy& entropy) {
  if (recipients.is_object()) return open_passphrase_sealer(recipients, entropy);
  if (!recipients.is_array()) return Error{ErrorCode::json_shape};
  std::vector<X25519Recipient> parsed;
  for (const Json& text : recipients) {
    const Result<X25519Recipient> recipient = parse_x25519_recipient(text_value(text));
    if (!recipient.ok()) return recipient.error();
    parsed.push_back(recipient.value());
  }
  return Sealer::to_recipients(parsed, EnvelopeFormat::binary, entropy);
}

Result<Identities> identities_of_keys(const Json& object) {
  const Result<std::int64_t> handle = member_integer(object, "keys");
  if (!handle.ok()) return handle.error();
  const ApplicantKeys* keys = applicant_keys().find(static_cast<Handle>(handle.value()));
  if (keys == nullptr) return Error{ErrorCode::handle_unknown};
  Identities identities;
  identities.x25519.push_back(keys->age.clone());
  return identities;
}

Result<Identities> read_identities(Json& json) {
  if (find_member(json, "keys") != nullptr) return identities_of_keys(json);
  Identities identities;
  if (json.is_object()) {
    Result<Passphrase> passphrase = take_passphrase(json);
    if (!passphrase.ok()) return passphrase.error();
    identities.passphrases.push_back(std::move(passphrase).value());
    return identities;
  }
  if (!json.is_array()) return Error{ErrorCode::json_shape};
  for (const Json& text : json) {
    Result<X25519Identity> identity = parse_x25519_identity(text_value(text));
    if (!identity.ok()) return identity.error();
    identities.x25519.push_back(std::move(identity).value());
  }
  return identities;
}

}  // namespace

extern "C" {

Handle lf_sealer_open(const std::uint8_t* recipients, std::uint32_t recipients_size,
                      const std::uint8_t* entropy, std::uint32_t entropy_size) {
  require_self_test();
  if (entropy_size < kSealingEntropyBytes) return answer(Error{ErrorCode::entropy_short});
  Result<Json> json = parse_json(text_at(recipients, recipients_size));
  if (!json.ok()) return answer(json.error());
  SeededEntropy source(bytes_at(entropy, entropy_size));
  Result<Sealer> sealer = open_sealer(json.value(), source);
  if (!sealer.ok()) return answer(sealer.error());
  return answer_handle("sealer", sealers().add(std::move(sealer).value()));
}

Handle lf_sealer_push(Handle sealer, const std::uint8_t* bytes, std::uint32_t size) {
  Sealer* found = sealers().find(sealer);
  if (found == nullptr) return answer_unknown_handle();
  return answer(found->push(bytes_at(bytes, size)));
}

Handle lf_sealer_finish(Handle sealer) {
  auto taken = sealers().take(sealer);
  if (!taken) return answer_unknown_handle();
  return answer(taken->finish());
}

void lf_sealer_free(Handle sealer) { sealers().take(sealer); }

Handle lf_opener_new(const std::uint8_t* identities, std::uint32_t size) {
  require_self_test();
  Result<Json> json = parse_json(text_at(identities, size));
  if (!json.ok()) return answer(json.error());
  Result<Identities> read = read_identities(json.value());
  if (!read.ok()) return answer(read.error());
  return answer_handle("opener", openers().add(Opener(std::move(read).value())));
}

Handle lf_opener_push(Handle opener, const std::uint8_t* bytes, std::uint32_t size) {
  Opener* found = openers().find(opener);
  if (found == nullptr) return answer_unknown_handle();
  return answer(found->push(bytes_at(bytes, size)));
}

Handle lf_opener_finish(Handle opener) {
  auto taken = openers().take(opener);
  if (!taken) return answer_unknown_handle();
  return answer(taken->finish());
}

void lf_opener_free(Handle opener) { openers().take(opener); }

}  // extern "C"

}  // namespace landfall::bridge
