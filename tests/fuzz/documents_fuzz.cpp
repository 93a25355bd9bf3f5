#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/invariant.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/key_document.h"
#include "shared/submission/agency_roots.h"
#include "shared/submission/build_list.h"
#include "shared/submission/bundle.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/index.h"
#include "shared/submission/log_link.h"
#include "shared/submission/manifest.h"
#include "shared/submission/message.h"
#include "shared/submission/receipt.h"
#include "shared/submission/sealed_answers.h"
#include "shared/submission/signed_note.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

constexpr std::string_view kAudience = "a";

const SigningKey& signing_key() {
  static const SigningKey kKey{Secret<32>()};
  return kKey;
}

template <typename T>
void check_offset(const Result<T>& result, std::string_view text) {
  require(result.ok() || result.error().offset <= text.size(), "an offset lies in its input");
}

// No lines of text put another root beside the one that is known, and what is read is written back.
void check_root_certificates(std::string_view text) {
  const Result<std::vector<std::string>> lines = parse_root_certificates(text);
  if (!lines.ok()) return;
  const std::string written = write_root_certificates(lines.value());
  require(parse_root_certificates(written).value() == lines.value(), "lines come back");
  const std::vector<Ed25519PublicKey> own = {signing_key().public_key()};
  const Result<std::vector<AgencyRoot>> roots =
      agency_roots({own, std::nullopt, lines.value(), kAudience, {}});
  require(roots.ok() && roots.value().size() == 1, "no root is certified by chance");
}

// Nobody's signature is right by chance, and no text makes a verifier stop.
void check_documents(std::string_view text) {
  check_offset(parse_jws(text), text);
  require(!verify_jws(text, signing_key().public_key()).ok(), "no token is signed by chance");
  ReceiptTrust trust;
  trust.root = signing_key().public_key();
  require(!verify_receipt(text, trust).ok(), "no receipt is signed by chance");
  require(!verify_message(text, {}).ok(), "no message is signed by chance");
  require(!verify_index(text, {trust.root, kAudience, 0}).ok(), "no index is signed by chance");
  const std::vector<AgencyRoot> roots = {{trust.root, RootStanding::own, "", "", ""}};
  require(!verify_log_link(text, {roots, {}}).ok(), "no link is signed by chance");
  require(!verify_build_list(text, trust.root, kAudience).ok(), "no list is signed by chance");
  require(!verify_manifest(text, kAudience).ok(), "no manifest is signed by chance");
  check_root_certificates(text);
  require(!parse_key_document(text).ok() || text.size() > 100, "no key is found by chance");
}

// A payload that is accepted is written again as it was, and the signed document gives it back.
void check_payload(std::string_view text) {
  const Result<Json> json = parse_json(text);
  if (!json.ok()) return;
  const Result<Manifest> manifest = parse_manifest(json.value());
  if (!manifest.ok()) return;
  require(manifest_json(manifest.value()) == json.value(), "a manifest has one form");
  const Result<std::string> signed_text = sign_manifest(manifest.value(), signing_key());
  require(signed_text.ok(), "what was read can be signed");
  require(verify_manifest(signed_text.value(), manifest.value().aud).ok(), "and verified");
}

void check_answers(std::string_view text) {
  const Result<SealedAnswers> answers = parse_sealed_answers(bytes_of(text));
  if (!answers.ok()) return;
  const Result<BuiltAnswers> built = build_sealed_answers(answers.value());
  require(built.ok() && built.value().plaintext == text, "sealed answers have one form");
}

void check_log(std::string_view text) {
  const Result<Checkpoint> checkpoint = parse_checkpoint(text);
  check_offset(checkpoint, text);
  if (checkpoint.ok()) {
    require(format_checkpoint(checkpoint.value()) == text, "a checkpoint has one form");
  }
  const Result<NoteKey> key = parse_note_key(text);
  if (key.ok()) require(format_note_key(key.value()) == text, "a note key has one form");
  const std::vector<NoteKey> keys = {{std::string(kAudience), signing_key().public_key()}};
  require(!verify_note(text, keys).ok(), "no note is signed by chance");
  const Result<std::string> note = sign_note(text, kAudience, signing_key());
  if (note.ok()) require(verify_note(note.value(), keys).value().text == text, "a text stays");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = text_of({data, size});
  check_documents(text);
  check_payload(text);
  check_answers(text);
  check_log(text);
  check_offset(parse_bundle({data, size}), text);
  return 0;
}
