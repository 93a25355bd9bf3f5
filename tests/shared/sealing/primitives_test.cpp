#include "shared/sealing/primitives.h"

#include <doctest/doctest.h>

#include <string>

#include "shared/codec/hex.h"
#include "shared/sealing/self_test.h"

namespace landfall {
namespace {

Bytes hex(std::string_view text) { return parse_hex(text).value(); }

Secret<32> secret_of(std::string_view text) {
  const Bytes bytes = hex(text);
  return Secret<32>(std::span<const std::uint8_t, 32>(bytes.data(), 32));
}

TEST_CASE("this build gives the known answers") { CHECK(self_test()); }

TEST_CASE("SHA-256 gives FIPS 180-4's digest of abc, at once and byte by byte") {
  const std::string known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  Sha256 hash;
  for (const char c : std::string("abc")) hash.update(bytes_of(std::string_view(&c, 1)));

  CHECK(format_hex(sha256(bytes_of("abc"))) == known);
  CHECK(format_hex(hash.finish()) == known);
}

TEST_CASE("HMAC-SHA-256 gives RFC 4231's second answer") {
  CHECK(format_hex(hmac_sha256(bytes_of("Jefe"), bytes_of("what do ya want for nothing?"))) ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST_CASE("HKDF-SHA-256 gives RFC 5869's first and third answers") {
  Bytes with_salt(42);
  Bytes without_salt(42);

  const bool first = hkdf_sha256(with_salt, Bytes(22, 0x0b), hex("000102030405060708090a0b0c"),
                                 hex("f0f1f2f3f4f5f6f7f8f9"))
                         .ok();
  const bool third = hkdf_sha256(without_salt, Bytes(22, 0x0b), {}, {}).ok();

  CHECK(first);
  CHECK(third);
  CHECK(format_hex(with_salt) ==
        "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
  CHECK(format_hex(without_salt) ==
        "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

TEST_CASE("HKDF gives 8160 bytes and not one more") {
  Bytes most(8160);
  Bytes more(8161);

  CHECK(hkdf_sha256(most, Bytes(32, 1), {}, {}).ok());
  CHECK(hkdf_sha256(more, Bytes(32, 1), {}, {}).error() == Error{ErrorCode::too_large});
}

TEST_CASE("an AEAD text opens in place, and not after a changed bit anywhere") {
  const AeadKey key = secret_of("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  const AeadNonce nonce{7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47};
  const Bytes plaintext(100, 'p');
  Bytes sealed(116);
  aead_seal(sealed, plaintext, bytes_of("associated"), nonce, key);

  int refused = 0;
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes changed = sealed;
    changed[i] ^= 0x10;
    Bytes out(100);
    if (!aead_open(out, changed, bytes_of("associated"), nonce, key)) ++refused;
  }
  const bool opened =
      aead_open(std::span(sealed).first(100), sealed, bytes_of("associated"), nonce, key);

  CHECK(refused == 116);
  CHECK(opened);
  CHECK(Bytes(sealed.begin(), sealed.begin() + 100) == plaintext);
}

TEST_CASE("a wrong tag on an empty text is noticed") {
  const AeadKey key;
  Bytes sealed(16);
  aead_seal(sealed, {}, {}, AeadNonce{}, key);
  Bytes changed = sealed;
  changed[0] ^= 1;

  CHECK(aead_open({}, sealed, {}, AeadNonce{}, key));
  CHECK_FALSE(aead_open({}, changed, {}, AeadNonce{}, key));
}

TEST_CASE("an AEAD text under a long nonce opens under that nonce only") {
  const AeadKey key = secret_of("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f");
  AeadLongNonce nonce{1, 2, 3};
  const Bytes plaintext(40, 'p');
  Bytes sealed(56);
  aead_seal(sealed, plaintext, bytes_of("associated"), nonce, key);
  Bytes out(40);

  const bool opened = aead_open(out, sealed, bytes_of("associated"), nonce, key);
  nonce[23] ^= 1;
  Bytes other(40);
  const bool opened_by_another = aead_open(other, sealed, bytes_of("associated"), nonce, key);

  CHECK(opened);
  CHECK(out == plaintext);
  CHECK_FALSE(opened_by_another);
}

TEST_CASE("X25519 agrees as in RFC 7748 and refuses points of low order") {
  const X25519Scalar alice =
      secret_of("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  const X25519Scalar bob =
      secret_of("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  Secret<32> shared;
  Secret<32> nothing;

  const bool agreed = x25519(shared, alice, x25519_public(bob));
  const bool zero_point = x25519(nothing, alice, X25519Point{});

  CHECK(agreed);
  CHECK(format_hex(shared.view()) ==
        "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
  CHECK_FALSE(zero_point);
}

TEST_CASE("Ed25519 signs as in RFC 8032 and verifies nothing of another length") {
  const Secret<64> secret =
      ed25519_secret(secret_of("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  const Ed25519PublicKey key = ed25519_public(secret);
  const Bytes message = hex("72");

  const Ed25519Signature signature = ed25519_sign(message, secret);

  CHECK(format_hex(key) == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  CHECK(format_hex(signature) ==
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  CHECK(ed25519_verify(message, signature, key));
  CHECK_FALSE(ed25519_verify(message, ByteView(signature).first(63), key));
  CHECK_FALSE(ed25519_verify(message, signature, ByteView(key).first(31)));
  CHECK_FALSE(ed25519_verify(message, {}, {}));
}

TEST_CASE("scrypt gives RFC 7914's answer and refuses work factors out of bounds") {
  Bytes out(64);

  const bool done = scrypt(out, bytes_of("pleaseletmein"), bytes_of("SodiumChloride"), 14).ok();

  CHECK(done);
  CHECK(format_hex(out) ==
        "7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
        "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887");
  CHECK(scrypt(out, {}, {}, 0).error() == Error{ErrorCode::too_large});
  CHECK(scrypt(out, {}, {}, kMaxScryptWorkFactor + 1).error() == Error{ErrorCode::too_large});
}

}  // namespace
}  // namespace landfall
