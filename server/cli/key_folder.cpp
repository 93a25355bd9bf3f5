#include "server/cli/key_folder.h"

#include <utility>

#include "server/cli/files.h"
#include "server/cli/identities.h"
#include "server/cli/root_rotation.h"

namespace landfall {
namespace {

// The public text of the key `name`, from NAME.pub or NAME.json.
Outcome<std::string> public_text(const std::string& folder, const std::string& name, KeyRole role,
                                 bool development) {
  const std::string public_path = folder + "/" + name + ".pub";
  if (file_exists(public_path)) {
    Outcome<std::string> text = load_text(public_path);
    if (!text.ok()) return text.failure();
    return std::string(trimmed(text.value()));
  }
  const std::string path = folder + "/" + name + ".json";
  Outcome<KeyDocument> key = load_key_document(path);
  if (!key.ok()) return key.failure();
  if (key.value().role != role) return Failure{kExitCouldNot, path + ": a key for another role"};
  if (key.value().development != development) {
    return Failure{kExitCouldNot, path + ": development and production keys do not mix"};
  }
  if (role == KeyRole::receipt) {
    const SigningKey sign{Secret<kEd25519SeedBytes>(key.value().secret.view())};
    return format_public_key(sign.public_key());
  }
  const X25519Identity identity{X25519Scalar(key.value().secret.view())};
  return format_x25519_recipient(identity.recipient());
}

Outcome<std::string> recipient_text(const std::string& folder, const std::string& name,
                                    KeyRole role, bool development) {
  Outcome<std::string> text = public_text(folder, name, role, development);
  if (!text.ok()) return text;
  Result<X25519Recipient> recipient = parse_x25519_recipient(text.value());
  if (!recipient.ok()) return failure_of(recipient.error(), folder + "/" + name);
  return text;
}

bool has_key(const std::string& folder, const std::string& name) {
  return file_exists(folder + "/" + name + ".json") || file_exists(folder + "/" + name + ".pub");
}

}  // namespace

Outcome<AgencySigner> load_agency_signer(const std::string& folder) {
  const std::string path = folder + "/agency.json";
  Outcome<KeyDocument> root = load_key_document(path);
  if (!root.ok()) return root.failure();
  if (root.value().role != KeyRole::agency) {
    return Failure{kExitCouldNot, path + ": not an agency key"};
  }
  return AgencySigner{SigningKey(Secret<kEd25519SeedBytes>(root.value().secret.view())),
                      root.value().development};
}

Outcome<AgencyKeys> load_agency_keys(const std::string& folder) {
  Outcome<AgencySigner> root = load_agency_signer(folder);
  if (!root.ok()) return root.failure();
  const bool development = root.value().development;
  Outcome<std::string> receipt = public_text(folder, "receipt", KeyRole::receipt, development);
  if (!receipt.ok()) return receipt.failure();
  Result<Ed25519PublicKey> receipt_key = parse_public_key(receipt.value());
  if (!receipt_key.ok()) return failure_of(receipt_key.error(), folder + "/receipt");
  Outcome<std::string> case_office =
      recipient_text(folder, "case-office", KeyRole::sealing, development);
  if (!case_office.ok()) return case_office.failure();
  Outcome<std::vector<std::string>> certificates =
      load_root_certificates(root_certificates_beside(folder + "/agency.json"));
  if (!certificates.ok()) return certificates.failure();
  AgencyKeys keys{std::move(root.value().key), development,  receipt_key.value(),
                  case_office.value(),         std::nullopt, std::move(certificates.value())};
  if (!has_key(folder, "helpdesk")) return keys;
  Outcome<std::string> helpdesk =
      recipient_text(folder, "helpdesk", KeyRole::helpdesk, development);
  if (!helpdesk.ok()) return helpdesk.failure();
  keys.helpdesk = helpdesk.value();
  return keys;
}

}  // namespace landfall
