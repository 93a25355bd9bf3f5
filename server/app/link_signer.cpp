#include "server/app/link_signer.h"

#include <utility>

#include "shared/submission/certificate.h"
#include "shared/submission/receipt.h"

namespace landfall {

KeyedLinkSigner::KeyedLinkSigner(const ServerKeys& keys, std::vector<AgencyRoot> roots,
                                 KeyRequest request, const Clock& clock,
                                 std::vector<std::string> certificates)
    : keys_(keys),
      roots_(std::move(roots)),
      request_(std::move(request)),
      clock_(clock),
      certificates_(std::move(certificates)) {}

bool KeyedLinkSigner::is_for(std::string_view text, const LogLink& link) const {
  for (const AgencyRoot& root : roots_) {
    if (!speaks_at(root, link.linked_at)) continue;
    const Result<Certificate> certificate = verify_certificate(text, root.key, link.former);
    if (certificate.ok() && certificate.value().role == CertificateRole::receipt &&
        certificate.value().key == keys_.receipt.public_key() &&
        is_valid_at(certificate.value(), link.linked_at)) {
      return true;
    }
  }
  return false;
}

Result<std::string> KeyedLinkSigner::sign_link(const LogLink& link, const Checkpoint& first,
                                               std::string_view newest_receipt) const {
  std::vector<std::string> candidates = certificates_;
  Result<ReceiptClaims> newest = read_receipt_claims(newest_receipt);
  if (newest.ok()) candidates.push_back(std::move(newest.value().certificate));
  KeyRequest former = request_;
  former.origin = link.former;
  if (std::optional<std::string> made = make_receipt_certificate(former, keys_, clock_)) {
    candidates.push_back(*std::move(made));
  }
  for (std::string& candidate : candidates) {
    if (!is_for(candidate, link)) continue;
    return sign_log_link(link, first, {keys_.certificate, std::move(candidate)}, keys_.receipt);
  }
  return Error{ErrorCode::receipt_certificate_wrong};
}

}  // namespace landfall
