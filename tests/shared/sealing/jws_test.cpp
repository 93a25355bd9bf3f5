#include "shared/sealing/jws.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/base64url.h"
#include "shared/sealing/keys.h"

namespace landfall {
namespace {

SigningKey test_key(std::uint8_t number = 1) {
  Secret<32> seed;
  seed.fill()[0] = number;
  return SigningKey(seed);
}

// A token that test_key() signed over any header.
std::string token(std::string_view header, std::string_view payload = "payload") {
  std::string text = format_base64url(bytes_of(header)) + "." + format_base64url(bytes_of(payload));
  return text + "." + format_base64url(test_key().sign(bytes_of(text)));
}

ErrorCode refusal_of(std::string_view text) {
  const Result<Bytes> payload = verify_jws(text, test_key().public_key());
  return payload.ok() ? ErrorCode::internal : payload.error().code;
}

TEST_CASE("a token gives its payload to whoever has the key") {
  const Result<Bytes> payload = verify_jws(token(R"({"alg":"EdDSA"})"), test_key().public_key());

  REQUIRE(payload.ok());
  CHECK(text_of(payload.value()) == "payload");
}

TEST_CASE("another key, another payload or another header is a wrong signature") {
  const std::string good = token(R"({"alg":"EdDSA"})");
  const std::string other = token(R"({"alg":"EdDSA"})", "other");
  const std::string mixed = good.substr(0, good.rfind('.')) + other.substr(other.rfind('.'));

  CHECK(verify_jws(good, test_key(2).public_key()).error() ==
        Error{ErrorCode::jws_signature_wrong});
  CHECK(refusal_of(mixed) == ErrorCode::jws_signature_wrong);
}

TEST_CASE("one algorithm is accepted, written one way") {
  CHECK(refusal_of(token(R"({"alg":"none"})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":"HS256"})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":"eddsa"})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":["EdDSA"]})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"ALG":"EdDSA"})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token("{}")) == ErrorCode::jws_algorithm_refused);
}

TEST_CASE("a header that asks for an extension is refused, whatever the extension") {
  CHECK(refusal_of(token(R"({"alg":"EdDSA","crit":["exp"],"exp":1})")) ==
        ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":"EdDSA","crit":[]})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":"EdDSA","b64":false})")) == ErrorCode::jws_algorithm_refused);
  CHECK(refusal_of(token(R"({"alg":"EdDSA","b64":true})")) == ErrorCode::jws_algorithm_refused);
}

TEST_CASE("a header is one JSON object that says nothing twice") {
  CHECK(refusal_of(token(R"({"alg":"EdDSA","alg":"EdDSA"})")) == ErrorCode::jws_malformed);
  CHECK(refusal_of(token(R"(["EdDSA"])")) == ErrorCode::jws_malformed);
  CHECK(refusal_of(token(R"({"alg":"EdDSA"} {})")) == ErrorCode::jws_malformed);
  CHECK(refusal_of(token("")) == ErrorCode::jws_malformed);
}

TEST_CASE("a token has three parts of strict base64url") {
  const std::string good = token(R"({"alg":"EdDSA"})");
  std::string other_bits = good;
  other_bits.back() = other_bits.back() == 'A' ? 'B' : static_cast<char>(other_bits.back() + 1);

  CHECK(refusal_of("") == ErrorCode::jws_malformed);
  CHECK(refusal_of(".") == ErrorCode::jws_malformed);
  CHECK(refusal_of("..") == ErrorCode::jws_malformed);
  CHECK(refusal_of(good + ".") == ErrorCode::jws_malformed);
  CHECK(refusal_of(good + "=") == ErrorCode::jws_malformed);
  CHECK(refusal_of(good + "\n") == ErrorCode::jws_malformed);
  CHECK(refusal_of(" " + good) == ErrorCode::jws_malformed);
  CHECK(refusal_of(other_bits) == ErrorCode::jws_malformed);
  CHECK(refusal_of(good.substr(0, good.size() - 2)) == ErrorCode::jws_malformed);
}

TEST_CASE("a malformed part is named by where it starts") {
  const std::string good = token(R"({"alg":"EdDSA"})");
  const std::size_t payload = good.find('.') + 1;
  const std::size_t signature = good.rfind('.') + 1;
  std::string bad_payload = good;
  bad_payload[payload] = '*';
  std::string bad_signature = good;
  bad_signature[signature] = '*';

  CHECK(parse_jws(bad_payload).error().offset == payload);
  CHECK(parse_jws(bad_signature).error().offset == signature);
}

TEST_CASE("a token beyond the limit is not looked at") {
  CHECK(refusal_of(std::string(kMaxJwsBytes + 1, 'A')) == ErrorCode::too_large);
}

}  // namespace
}  // namespace landfall
