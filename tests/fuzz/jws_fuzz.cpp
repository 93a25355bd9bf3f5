// Signed tokens: the input is a header and a payload, signed here, so that what is tried is what
// stands behind the signature.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/invariant.h"
#include "shared/codec/base64url.h"
#include "shared/sealing/jws.h"
#include "shared/sealing/signed_document.h"

namespace {

using namespace landfall;  // NOLINT: a harness of its own

SigningKey key_of(std::uint8_t number) {
  Secret<32> seed;
  seed.fill()[0] = number;
  return SigningKey(seed);
}

const SigningKey& key() {
  static const SigningKey kKey = key_of(1);
  return kKey;
}

const SigningKey& another_key() {
  static const SigningKey kKey = key_of(2);
  return kKey;
}

std::string signed_text(std::string_view header, std::string_view payload) {
  std::string text = format_base64url(bytes_of(header));
  text.append(".").append(format_base64url(bytes_of(payload)));
  return text + "." + format_base64url(key().sign(bytes_of(text)));
}

void check_raw(std::string_view text) {
  const Result<Jws> jws = parse_jws(text);
  require(jws.ok() || jws.error().offset <= text.size(), "an offset lies in its input");
  require(!verify_jws(text, another_key().public_key()).ok(), "no token is signed by chance");
}

// What is accepted says EdDSA and asks for nothing else, and means the bytes that were signed.
void check_token(std::string_view text, std::string_view payload) {
  const Result<Jws> jws = parse_jws(text);
  const Result<Bytes> verified = verify_jws(text, key().public_key());
  require(jws.ok() == verified.ok(), "a signed token is refused for its shape only");
  if (!jws.ok()) return;
  require(text_of(verified.value()) == payload, "the payload is what was signed");
  const Json& header = jws.value().header;
  const Json* algorithm = find_member(header, "alg");
  require(algorithm != nullptr && text_value(*algorithm) == "EdDSA", "one algorithm");
  require(find_member(header, "crit") == nullptr && find_member(header, "b64") == nullptr,
          "no extension");
  require(!verify_jws(text, another_key().public_key()).ok(), "another key did not sign it");
}

// Any other character, anywhere, is another token or none: base64url leaves no second writing.
void check_change(std::string text, std::size_t place) {
  place %= text.size();
  text[place] = text[place] == 'A' ? 'B' : 'A';
  require(!verify_jws(text, key().public_key()).ok(), "a change is noticed");
}

// A document that holds is the one writing of its payload.
void check_document_of(std::string_view text) {
  const Result<UnverifiedDocument> document = parse_document(document_type::kRequest, text);
  if (!document.ok()) return;
  const Result<Done> checked = check_document(document.value(), key().public_key(), {});
  if (!checked.ok()) return;
  const Result<std::string> again =
      sign_document(document_type::kRequest, document.value().payload, key());
  require(again.ok() && again.value() == text, "a document has one form");
}

}  // namespace

// One byte for the place of a change, then a line with the header, then the payload.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::string_view input = text_of({data + 1, size - 1});
  check_raw(input);
  const std::size_t line = input.find('\n');
  if (line == std::string_view::npos) return 0;
  const std::string_view payload = input.substr(line + 1);
  const std::string text = signed_text(input.substr(0, line), payload);
  check_token(text, payload);
  check_change(text, data[0] * std::size_t{7});
  check_document_of(text);
  return 0;
}
