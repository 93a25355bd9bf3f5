#include "shared/sealing/signed_document.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/base64url.h"

namespace landfall {
namespace {

constexpr std::string_view kAudience = "landfall.localhost/log";

SigningKey test_key(std::uint8_t number = 1) {
  Secret<32> seed;
  seed.fill()[0] = number;
  return SigningKey(seed);
}

Json test_payload() { return {{"aud", kAudience}, {"number", 1e23}, {"text", "\u2014"}}; }

std::string document() {
  return sign_document(document_type::kMessage, test_payload(), test_key()).value();
}

// A document that test_key() signed over these very header and payload texts.
std::string signed_as_is(std::string_view header, std::string_view payload) {
  std::string text = format_base64url(bytes_of(header)) + "." + format_base64url(bytes_of(payload));
  return text + "." + format_base64url(test_key().sign(bytes_of(text)));
}

std::string header_with(std::string_view type) {
  return R"({"alg":"EdDSA","kid":")" + test_key().kid() + R"(","typ":")" + std::string(type) +
         R"("})";
}

ErrorCode refusal_of(std::string_view text) {
  const Result<Json> payload =
      verify_document(document_type::kMessage, text, test_key().public_key(), kAudience);
  return payload.ok() ? ErrorCode::internal : payload.error().code;
}

TEST_CASE("a document gives its payload for its type, key and audience") {
  const Result<Json> payload =
      verify_document(document_type::kMessage, document(), test_key().public_key(), kAudience);

  REQUIRE(payload.ok());
  CHECK(payload.value() == test_payload());
}

TEST_CASE("a document is not what it says it is not") {
  const auto verify = [](std::string_view type, const SigningKey& key, std::string_view audience) {
    return verify_document(type, document(), key.public_key(), audience).error().code;
  };

  CHECK(verify(document_type::kReceipt, test_key(), kAudience) == ErrorCode::jws_type_wrong);
  CHECK(verify(document_type::kMessage, test_key(2), kAudience) == ErrorCode::jws_key_wrong);
  CHECK(verify(document_type::kMessage, test_key(), "other/log") == ErrorCode::jws_audience_wrong);
}

TEST_CASE("the header is one byte string and no other that means the same") {
  const std::string payload = R"({"aud":"landfall.localhost/log"})";
  const std::string kid = test_key().kid();
  const std::string type(document_type::kMessage);

  CHECK(refusal_of(signed_as_is(header_with(type), payload)) == ErrorCode::internal);
  CHECK(refusal_of(signed_as_is(header_with(type) + " ", payload)) == ErrorCode::jws_malformed);
  CHECK(refusal_of(signed_as_is(R"({"typ":")" + type + R"(","alg":"EdDSA","kid":")" + kid + "\"}",
                                payload)) == ErrorCode::jws_malformed);
  CHECK(refusal_of(signed_as_is(
            R"({"alg":"EdDSA","cty":"x","kid":")" + kid + R"(","typ":")" + type + "\"}",
            payload)) == ErrorCode::jws_malformed);
  CHECK(refusal_of(signed_as_is(R"({"alg":"EdDSA","typ":")" + type + "\"}", payload)) ==
        ErrorCode::jws_malformed);
  CHECK(refusal_of(signed_as_is(R"({"alg":"EdDSA","kid":"k1","typ":")" + type + "\"}", payload)) ==
        ErrorCode::jws_malformed);
}

TEST_CASE("a payload is its own canonical form") {
  const std::string header = header_with(document_type::kMessage);

  CHECK(refusal_of(signed_as_is(header, R"({"aud": "landfall.localhost/log"})")) ==
        ErrorCode::json_not_canonical);
  CHECK(refusal_of(signed_as_is(header, R"({"b":1,"aud":"landfall.localhost/log"})")) ==
        ErrorCode::json_not_canonical);
  CHECK(refusal_of(signed_as_is(header, R"({"aud":"x","aud":"landfall.localhost/log"})")) ==
        ErrorCode::json_duplicate_member);
  CHECK(refusal_of(signed_as_is(header, R"(["landfall.localhost/log"])")) ==
        ErrorCode::jws_malformed);
  CHECK(refusal_of(signed_as_is(header, "")) == ErrorCode::json_malformed);
}

TEST_CASE("a document without audience is for nobody") {
  const std::string header = header_with(document_type::kMessage);

  CHECK(refusal_of(signed_as_is(header, "{}")) == ErrorCode::jws_audience_wrong);
  CHECK(refusal_of(signed_as_is(header, R"({"aud":["landfall.localhost/log"]})")) ==
        ErrorCode::jws_audience_wrong);
  CHECK(verify_document(document_type::kMessage, signed_as_is(header, "{}"),
                        test_key().public_key(), std::nullopt)
            .error()
            .code == ErrorCode::jws_audience_wrong);
}

TEST_CASE("a document with any character changed is refused") {
  const std::string good = document();
  std::size_t refused = 0;

  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    if (refusal_of(changed) != ErrorCode::internal) ++refused;
  }

  CHECK(refused == good.size());
}

TEST_CASE("a payload that JSON cannot say is not signed") {
  const Json infinite = {{"aud", kAudience}, {"number", 1e308 * 10}};

  CHECK(sign_document(document_type::kMessage, infinite, test_key()).error().code ==
        ErrorCode::json_number_out_of_range);
}

}  // namespace
}  // namespace landfall
