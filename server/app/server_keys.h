// The keys a server works with, read from its --keys folder.

#ifndef LANDFALL_SERVER_APP_SERVER_KEYS_H_
#define LANDFALL_SERVER_APP_SERVER_KEYS_H_

#include <atomic>
#include <optional>
#include <string>
#include <variant>

#include "server/intake/clock.h"
#include "server/intake/receipt_signer.h"
#include "shared/sealing/keys.h"

namespace landfall {

// `root` and the certificate are public; the receipt key is the one secret an intake holds.
struct ServerKeys {
  Ed25519PublicKey root{};
  SigningKey receipt;
  std::string certificate;  // landfall-cert of the receipt key
  bool development = false;
};

// What to tell the operator when keys cannot be used; names files, never contents.
struct KeysUnusable {
  std::string message;
};

struct KeyRequest {
  std::string folder;
  std::string origin;  // the log the certificate must be for
  bool is_production = false;
};

// Reads root.pub, receipt.json and receipt.cert. Where agency.json lies beside them, as in
// development, it may stand in for root.pub and makes a certificate that is missing. Development
// keys are refused in production, and so is a folder that holds the agency's secret key.
[[nodiscard]] std::variant<ServerKeys, KeysUnusable> load_server_keys(const KeyRequest& request,
                                                                      const Clock& clock);

// A certificate of the receipt key of `keys` for the log request.origin, made by the agency.json in
// the folder; nullopt where none lies there, as in production none may.
[[nodiscard]] std::optional<std::string> make_receipt_certificate(const KeyRequest& request,
                                                                  const ServerKeys& keys,
                                                                  const Clock& clock);

// Signs with the receipt key of `keys` (which must outlive it) in the name of `origin`, until it is
// withdrawn: then every signature fails with storage_unavailable, so that nothing is received.
class KeyedReceiptSigner final : public ReceiptSigner {
 public:
  KeyedReceiptSigner(const ServerKeys& keys, std::string origin);

  [[nodiscard]] const std::string& origin() const override { return origin_; }
  [[nodiscard]] Result<std::string> sign_checkpoint(std::uint64_t tree_size,
                                                    const LogHash& root) const override;
  [[nodiscard]] Result<std::string> sign_receipt(const ReceiptBody& body,
                                                 const LogEntry& place) const override;

  // For good: the agency has revoked the key. Any thread.
  void withdraw() { is_withdrawn_ = true; }
  [[nodiscard]] bool is_withdrawn() const { return is_withdrawn_; }

 private:
  const ServerKeys& keys_;
  std::string origin_;
  std::atomic<bool> is_withdrawn_ = false;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_SERVER_KEYS_H_
