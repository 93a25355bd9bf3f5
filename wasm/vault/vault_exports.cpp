// The exported surface of landfall-vault.wasm: decode, call shared/vault, encode.

#include <algorithm>
#include <string>
#include <utility>

#include "shared/codec/json.h"
#include "shared/vault/password_hash.h"
#include "shared/vault/recovery_code.h"
#include "shared/vault/recovery_keys.h"
#include "shared/vault/restored_backup.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// A secret of exactly kSize bytes. Errors: entropy_short
template <std::size_t kSize>
Result<Secret<kSize>> secret_at(const std::uint8_t* data, std::uint32_t size) {
  if (size != kSize) return Error{ErrorCode::entropy_short};
  Secret<kSize> secret;
  std::copy_n(data, kSize, secret.fill().begin());
  return secret;
}

// The content that a request describes, if it describes one.
BackupContent content_of(const Json& request) {
  const Result<std::int64_t> size = member_integer(request, "size");
  return {std::string(member_text_or(request, "sha256", {})),
          size.ok() ? static_cast<std::uint64_t>(size.value()) : 0};
}

std::uint64_t counter_of(const Json& request) {
  const Result<std::int64_t> counter = member_integer(request, "counter");
  return counter.ok() ? static_cast<std::uint64_t>(counter.value()) : 0;
}

Result<std::string> sign(const Secret<kRootBytes>& root, std::string_view request_text) {
  const Result<Json> request = parse_json(request_text);
  if (!request.ok()) return request.error();
  BackupStatement statement;
  statement.aud = member_text_or(request.value(), "aud", {});
  statement.vault = member_text_or(request.value(), "vault", {});
  statement.counter = counter_of(request.value());
  if (find_member(request.value(), "sha256") != nullptr) {
    statement.content = content_of(request.value());
  }
  return sign_backup_statement(std::move(statement), derive_applicant_keys(root).sign);
}

Result<std::string> check(const Secret<kRootBytes>& root, std::string_view statement,
                          std::string_view request_text) {
  const Result<Json> request = parse_json(request_text);
  if (!request.ok()) return request.error();
  const ExpectedBackup expected{member_text_or(request.value(), "aud", {}),
                                std::string(member_text_or(request.value(), "vault", {})),
                                content_of(request.value()), counter_of(request.value())};
  const Result<std::uint64_t> counter = check_restored_backup(statement, root, expected);
  if (!counter.ok()) return counter.error();
  return "{\"counter\":" + std::to_string(counter.value()) + "}";
}

}  // namespace

extern "C" {

Handle lf_password_hash(const std::uint8_t* password, std::uint32_t password_size,
                        const std::uint8_t* salt, std::uint32_t salt_size, std::uint32_t memory_kib,
                        std::uint32_t passes) {
  const auto hash = hash_password(bytes_at(password, password_size), bytes_at(salt, salt_size),
                                  {memory_kib, passes});
  return hash.ok() ? answer(ByteView(hash.value().view())) : answer(hash.error());
}

Handle lf_recovery_write(const std::uint8_t* secret, std::uint32_t size) {
  const auto taken = secret_at<kRecoverySecretBytes>(secret, size);
  if (!taken.ok()) return answer(taken.error());
  return answer(Result<std::string>(write_recovery_code(taken.value())));
}

Handle lf_recovery_read(const std::uint8_t* typed, std::uint32_t size) {
  const Result<RecoverySecret> secret = read_recovery_code(text_at(typed, size));
  return secret.ok() ? answer(ByteView(secret.value().view())) : answer(secret.error());
}

Handle lf_recovery_keys(const std::uint8_t* secret, std::uint32_t size) {
  const auto taken = secret_at<kRecoverySecretBytes>(secret, size);
  if (!taken.ok()) return answer(taken.error());
  const RecoveryKeys keys = derive_recovery_keys(taken.value());
  return answer(Result<std::string>("{\"vault_id\":\"" + keys.vault_id + "\",\"identity\":\"" +
                                    keys.wrap.format_secret() + "\",\"recipient\":\"" +
                                    format_x25519_recipient(keys.wrap.recipient()) + "\"}"));
}

Handle lf_backup_sign(const std::uint8_t* root, std::uint32_t root_size,
                      const std::uint8_t* request, std::uint32_t request_size) {
  const auto taken = secret_at<kRootBytes>(root, root_size);
  if (!taken.ok()) return answer(taken.error());
  return answer(sign(taken.value(), text_at(request, request_size)));
}

Handle lf_backup_check(const std::uint8_t* root, std::uint32_t root_size,
                       const std::uint8_t* statement, std::uint32_t statement_size,
                       const std::uint8_t* request, std::uint32_t request_size) {
  const auto taken = secret_at<kRootBytes>(root, root_size);
  if (!taken.ok()) return answer(taken.error());
  return answer(
      check(taken.value(), text_at(statement, statement_size), text_at(request, request_size)));
}

}  // extern "C"

}  // namespace landfall::bridge
