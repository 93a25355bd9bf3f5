#include "server/app/server_keys.h"

#include <fstream>
#include <iterator>
#include <optional>
#include <utility>

#include "shared/sealing/key_document.h"
#include "shared/submission/certificate.h"
#include "shared/submission/checkpoint.h"

namespace landfall {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;

// The file's text without the line end; nullopt when it cannot be read.
std::optional<std::string> load_line(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return text;
}

std::variant<KeyDocument, KeysUnusable> load_key(const std::string& path, KeyRole role) {
  const std::optional<std::string> text = load_line(path);
  if (!text) return KeysUnusable{path + " cannot be read"};
  Result<KeyDocument> key = parse_key_document(*text);
  if (!key.ok() || key.value().role != role) {
    return KeysUnusable{path + " is not a key for the role " + std::string(key_role_name(role))};
  }
  return std::move(key).value();
}

// What the folder says about the agency: its public key, and its secret one where that is allowed.
struct Agency {
  Ed25519PublicKey root{};
  std::optional<SigningKey> secret;
  bool development = false;
};

std::variant<Agency, KeysUnusable> load_agency(const KeyRequest& request) {
  Agency agency;
  const std::string secret_path = request.folder + "/agency.json";
  if (load_line(secret_path)) {
    if (request.is_production) {
      return KeysUnusable{secret_path +
                          ": the agency's secret key must not lie on a server; leave root.pub "
                          "and receipt.cert"};
    }
    std::variant<KeyDocument, KeysUnusable> key = load_key(secret_path, KeyRole::agency);
    if (auto* problem = std::get_if<KeysUnusable>(&key)) return std::move(*problem);
    const KeyDocument& document = std::get<KeyDocument>(key);
    agency.secret.emplace(Secret<kEd25519SeedBytes>(document.secret.view()));
    agency.root = agency.secret->public_key();
    agency.development = document.development;
  }
  const std::string public_path = request.folder + "/root.pub";
  const std::optional<std::string> text = load_line(public_path);
  if (!text) {
    if (agency.secret) return agency;
    return KeysUnusable{public_path + " cannot be read"};
  }
  const Result<Ed25519PublicKey> root = parse_public_key(*text);
  if (!root.ok()) return KeysUnusable{public_path + " is not a public key"};
  if (agency.secret && agency.root != root.value()) {
    return KeysUnusable{public_path + " and agency.json are of different agencies"};
  }
  agency.root = root.value();
  return agency;
}

std::string certify(const Agency& agency, const SigningKey& receipt, const KeyRequest& request,
                    Instant now) {
  constexpr std::int64_t kValidDays = 400;
  const Certificate certificate{request.origin,
                                CertificateRole::receipt,
                                receipt.public_key(),
                                format_instant({now.unix_seconds - kDaySeconds}),
                                format_instant({now.unix_seconds + kValidDays * kDaySeconds}),
                                agency.development};
  Result<std::string> text = sign_certificate(certificate, *agency.secret);
  return text.ok() ? std::move(text).value() : std::string();
}

}  // namespace

std::variant<ServerKeys, KeysUnusable> load_server_keys(const KeyRequest& request,
                                                        const Clock& clock) {
  std::variant<Agency, KeysUnusable> loaded = load_agency(request);
  if (auto* problem = std::get_if<KeysUnusable>(&loaded)) return std::move(*problem);
  const Agency& agency = std::get<Agency>(loaded);
  const std::string receipt_path = request.folder + "/receipt.json";
  std::variant<KeyDocument, KeysUnusable> document = load_key(receipt_path, KeyRole::receipt);
  if (auto* problem = std::get_if<KeysUnusable>(&document)) return std::move(*problem);
  const KeyDocument& receipt = std::get<KeyDocument>(document);
  ServerKeys keys{agency.root,
                  SigningKey(Secret<kEd25519SeedBytes>(receipt.secret.view())),
                  {},
                  receipt.development || agency.development};
  if (request.is_production && keys.development) {
    return KeysUnusable{receipt_path +
                        ": a development key, known to everybody, is refused with --production"};
  }
  const std::string path = request.folder + "/receipt.cert";
  const std::optional<std::string> text = load_line(path);
  if (!text && !agency.secret) return KeysUnusable{path + " cannot be read"};
  keys.certificate = text ? *text : certify(agency, keys.receipt, request, clock.now());
  const Result<Certificate> certificate =
      verify_certificate(keys.certificate, keys.root, request.origin);
  if (!certificate.ok() || certificate.value().role != CertificateRole::receipt ||
      certificate.value().key != keys.receipt.public_key()) {
    return KeysUnusable{path + " is not the agency's certificate of receipt.json for " +
                        request.origin};
  }
  if (!is_valid_at(certificate.value(), format_instant(clock.now()))) {
    return KeysUnusable{path + " is not valid now"};
  }
  if (request.is_production && certificate.value().development) {
    return KeysUnusable{path + ": a development certificate is refused with --production"};
  }
  return keys;
}

std::optional<std::string> make_receipt_certificate(const KeyRequest& request,
                                                    const ServerKeys& keys, const Clock& clock) {
  const std::variant<Agency, KeysUnusable> loaded = load_agency(request);
  const auto* agency = std::get_if<Agency>(&loaded);
  if (agency == nullptr || !agency->secret) return std::nullopt;
  return certify(*agency, keys.receipt, request, clock.now());
}

KeyedReceiptSigner::KeyedReceiptSigner(const ServerKeys& keys, std::string origin)
    : keys_(keys), origin_(std::move(origin)) {}

Result<std::string> KeyedReceiptSigner::sign_checkpoint(std::uint64_t tree_size,
                                                        const LogHash& root) const {
  if (is_withdrawn_) return Error{ErrorCode::storage_unavailable};
  return landfall::sign_checkpoint({origin_, tree_size, root, {}}, keys_.receipt);
}

Result<std::string> KeyedReceiptSigner::sign_receipt(const ReceiptBody& body,
                                                     const LogEntry& place) const {
  if (is_withdrawn_) return Error{ErrorCode::storage_unavailable};
  return landfall::sign_receipt(body, place, keys_.certificate, keys_.receipt);
}

}  // namespace landfall
