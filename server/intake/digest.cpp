#include "server/intake/digest.h"

#include <openssl/evp.h>

#include <array>

#include "shared/base/invariant.h"
#include "shared/codec/hex.h"

namespace landfall {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

Context new_context() {
  Context context(EVP_MD_CTX_new());
  require(context != nullptr, "a digest context can be allocated");
  return context;
}

}  // namespace

struct DigestStream::State {
  Context context;
};

DigestStream::DigestStream(DigestKind kind) : state_(std::make_unique<State>()) {
  state_->context = new_context();
  const EVP_MD* algorithm = kind == DigestKind::sha256 ? EVP_sha256() : EVP_sha1();
  require(EVP_DigestInit_ex(state_->context.get(), algorithm, nullptr) == 1, "a digest starts");
}

DigestStream::DigestStream(DigestStream&&) noexcept = default;
DigestStream& DigestStream::operator=(DigestStream&&) noexcept = default;
DigestStream::~DigestStream() = default;

void DigestStream::add(ByteView bytes) {
  require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1,
          "a digest takes bytes");
}

Bytes DigestStream::value() const {
  const Context copy = new_context();
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> out{};
  unsigned size = 0;
  require(EVP_MD_CTX_copy_ex(copy.get(), state_->context.get()) == 1 &&
              EVP_DigestFinal_ex(copy.get(), out.data(), &size) == 1,
          "a digest ends");
  return {out.begin(), out.begin() + size};
}

Bytes sha256_of(ByteView bytes) {
  DigestStream stream(DigestKind::sha256);
  stream.add(bytes);
  return stream.value();
}

std::string sha256_hex_of(ByteView bytes) { return format_hex(sha256_of(bytes)); }

}  // namespace landfall
