#include "server/cli/served_index.h"

#include <string_view>
#include <vector>

#include "server/cli/files.h"
#include "server/cli/http_client.h"
#include "server/cli/receipt_keys.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxIndexBytes = std::size_t{1} << 20;

}  // namespace

Outcome<Index> fetch_index(const std::string& url, TrustedRoots& roots) {
  Outcome<Bytes> body = http_get(url + "/api/v1/packages", kMaxIndexBytes);
  if (!body.ok()) return body.failure();
  const std::string_view text = trimmed(text_of(body.value()));
  const std::string what = "the index of " + url + " is not genuine";
  Outcome<Index> index = believe_current_index(text, what, roots);
  if (index.ok()) return index;
  Outcome<Bytes> more = http_get(url + "/api/v1/packages/certificates", kMaxRootCertificatesBytes);
  if (!more.ok()) return index;
  const Result<std::vector<std::string>> certificates =
      parse_root_certificates(text_of(more.value()));
  if (!certificates.ok()) return index;
  roots.add(certificates.value());
  return believe_current_index(text, what, roots);
}

}  // namespace landfall
