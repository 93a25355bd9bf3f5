#include "server/cli/identities.h"

#include <optional>
#include <utility>

#include "server/cli/files.h"
#include "server/cli/terminal.h"
#include "shared/sealing/armor.h"

namespace landfall {
namespace {

constexpr std::size_t kMaxIdentityFileBytes = std::size_t{1} << 20;
constexpr std::string_view kAgeVersionLine = "age-encryption.org/v1\n";

void wipe_text(std::string& text) {
  wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
}

bool is_sealed(const std::string& text) {
  return text.starts_with(kAgeVersionLine) || looks_armored(bytes_of(text));
}

// Only opening roles have an age identity.
std::optional<X25519Identity> identity_of(const KeyDocument& key) {
  switch (key.role) {
    case KeyRole::sealing:
    case KeyRole::helpdesk:
      return X25519Identity(X25519Scalar(key.secret.view()));
    case KeyRole::applicant:
      return derive_applicant_keys(Secret<kRootBytes>(key.secret.view())).age;
    default:
      return std::nullopt;
  }
}

Outcome<Done> add_key_document(const std::string& path, const std::string& text, Identities& to) {
  Result<KeyDocument> key = parse_key_document(text);
  if (!key.ok()) return failure_of(key.error(), path);
  std::optional<X25519Identity> identity = identity_of(key.value());
  if (!identity) {
    return Failure{kExitCouldNot, path + ": a key for signing; it opens nothing"};
  }
  to.x25519.push_back(*std::move(identity));
  return Done{};
}

Outcome<Done> add_lines(const std::string& path, const std::string& text, Identities& to) {
  std::size_t found = 0;
  for (std::string& line : meaningful_lines(text)) {
    Result<X25519Identity> identity = parse_x25519_identity(line);
    wipe_text(line);
    if (!identity.ok()) return failure_of(identity.error(), path);
    to.x25519.push_back(std::move(identity).value());
    ++found;
  }
  if (found == 0) return Failure{kExitCouldNot, path + ": holds no identity"};
  return Done{};
}

Outcome<Done> add_file(const std::string& path, const std::string& text, Identities& to) {
  return trimmed(text).starts_with('{') ? add_key_document(path, text, to)
                                        : add_lines(path, text, to);
}

Outcome<std::string> unseal(const std::string& path, const std::string& text,
                            const std::string& passphrase_path) {
  Outcome<Passphrase> passphrase = obtain_passphrase(passphrase_path, false);
  if (!passphrase.ok()) return passphrase.failure();
  Identities keys;
  keys.passphrases.push_back(std::move(passphrase.value()));
  Result<Bytes> plaintext = open(bytes_of(text), std::move(keys), kMaxIdentityFileBytes);
  if (!plaintext.ok()) return failure_of(plaintext.error(), path);
  std::string opened(text_of(plaintext.value()));
  wipe(plaintext.value());
  return opened;
}

}  // namespace

Outcome<std::vector<X25519Recipient>> load_recipients(std::span<const std::string> texts,
                                                      std::span<const std::string> paths) {
  std::vector<X25519Recipient> recipients;
  for (const std::string& text : texts) {
    Result<X25519Recipient> recipient = parse_x25519_recipient(text);
    if (!recipient.ok()) {
      return failure_of(recipient.error(), "recipient " + text, kExitUsage);
    }
    recipients.push_back(recipient.value());
  }
  for (const std::string& path : paths) {
    Outcome<std::string> text = load_text(path);
    if (!text.ok()) return text.failure();
    for (const std::string& line : meaningful_lines(text.value())) {
      Result<X25519Recipient> recipient = parse_x25519_recipient(line);
      if (!recipient.ok()) return failure_of(recipient.error(), path);
      recipients.push_back(recipient.value());
    }
  }
  return recipients;
}

Outcome<Identities> load_identities(std::span<const std::string> paths,
                                    const std::string& passphrase_path) {
  Identities identities;
  for (const std::string& path : paths) {
    Outcome<std::string> text = load_text(path, kMaxIdentityFileBytes);
    if (!text.ok()) return text.failure();
    if (is_sealed(text.value())) {
      Outcome<std::string> opened = unseal(path, text.value(), passphrase_path);
      if (!opened.ok()) return opened.failure();
      text.value() = std::move(opened.value());
    }
    Outcome<Done> added = add_file(path, text.value(), identities);
    wipe_text(text.value());
    if (!added.ok()) return added.failure();
  }
  return identities;
}

Outcome<KeyDocument> load_key_document(const std::string& path) {
  Outcome<std::string> text = load_text(path, kMaxIdentityFileBytes);
  if (!text.ok()) return text.failure();
  Result<KeyDocument> key = parse_key_document(text.value());
  wipe_text(text.value());
  if (!key.ok()) return failure_of(key.error(), path);
  return std::move(key).value();
}

Outcome<Passphrase> obtain_passphrase(const std::string& path, bool twice) {
  Outcome<std::string> text =
      path.empty() ? ask_passphrase("Passphrase", twice) : load_passphrase(path);
  if (!text.ok()) return text.failure();
  Passphrase passphrase(text.value());
  wipe_text(text.value());
  return passphrase;
}

}  // namespace landfall
