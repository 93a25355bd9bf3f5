// What signs the links of a restored log: the receipt key, certified for both of its names.

#ifndef LANDFALL_SERVER_APP_LINK_SIGNER_H_
#define LANDFALL_SERVER_APP_LINK_SIGNER_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/app/server_keys.h"
#include "server/intake/clock.h"
#include "server/intake/continue_log.h"

namespace landfall {

// Signs with the receipt key of `keys`, whose certificate is for the log's new name. The one for
// the former name is looked for among `certificates`, then in the newest receipt of the restored
// log, then made where `request.folder` may make it (as load_server_keys() does in development).
class KeyedLinkSigner final : public LogLinkSigner {
 public:
  // `keys` and `clock` must outlive it; `roots` are those of server_roots().
  KeyedLinkSigner(const ServerKeys& keys, std::vector<AgencyRoot> roots, KeyRequest request,
                  const Clock& clock, std::vector<std::string> certificates);

  [[nodiscard]] std::span<const AgencyRoot> roots() const override { return roots_; }
  [[nodiscard]] Result<std::string> sign_link(const LogLink& link, const Checkpoint& first,
                                              std::string_view newest_receipt) const override;

 private:
  [[nodiscard]] bool is_for(std::string_view certificate, const LogLink& link) const;

  const ServerKeys& keys_;
  std::vector<AgencyRoot> roots_;
  KeyRequest request_;
  const Clock& clock_;
  std::vector<std::string> certificates_;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_APP_LINK_SIGNER_H_
