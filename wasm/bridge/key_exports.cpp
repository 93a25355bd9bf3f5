// The applicant's keys: their secrets stay in the module, their public halves go out.

#include <algorithm>
#include <utility>

#include "shared/base/invariant.h"
#include "shared/sealing/self_test.h"
#include "wasm/bridge/applicant_keys.h"
#include "wasm/bridge/result.h"

namespace landfall::bridge {
namespace {

// The members that are public, without braces. None of these texts needs escaping.
std::string public_members(const ApplicantKeys& keys) {
  return "\"sign_key\":\"" + format_public_key(keys.sign.public_key()) + "\",\"kid\":\"" +
         keys.sign.kid() + "\",\"age_recipient\":\"" +
         format_x25519_recipient(keys.age.recipient()) + "\"";
}

}  // namespace

HandleTable<ApplicantKeys>& applicant_keys() {
  static HandleTable<ApplicantKeys> table;
  return table;
}

void require_self_test() {
  static const bool passed = self_test();
  require(passed, "the cryptographic self test passes");
}

extern "C" {

Handle lf_keys_derive(const std::uint8_t* root, std::uint32_t size) {
  require_self_test();
  if (size != kRootBytes) return answer(Error{ErrorCode::entropy_short});
  Secret<kRootBytes> secret;
  std::copy_n(root, kRootBytes, secret.fill().begin());
  ApplicantKeys keys = derive_applicant_keys(secret);
  const std::string members = public_members(keys);
  const Handle handle = applicant_keys().add(std::move(keys));
  const std::string json = "{\"keys\":" + std::to_string(handle) + "," + members + "}";
  return answer(std::string_view(json));
}

Handle lf_keys_public(Handle keys) {
  const ApplicantKeys* found = applicant_keys().find(keys);
  if (found == nullptr) return answer_unknown_handle();
  const std::string json = "{" + public_members(*found) + "}";
  return answer(std::string_view(json));
}

void lf_keys_free(Handle keys) { applicant_keys().take(keys); }

}  // extern "C"

}  // namespace landfall::bridge
