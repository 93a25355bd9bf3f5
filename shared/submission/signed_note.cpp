#include "shared/submission/signed_note.h"

#include <algorithm>
#include <array>
#include <utility>

#include "shared/codec/base64.h"
#include "shared/codec/hex.h"
#include "shared/text/utf8.h"

namespace landfall {
namespace {

constexpr Error kMalformed{ErrorCode::note_malformed};
constexpr Error kKeyInvalid{ErrorCode::note_key_invalid};

constexpr std::string_view kSignatureMark = "\u2014 ";
constexpr std::uint8_t kEd25519Type = 0x01;
constexpr std::size_t kKeyIdBytes = 4;

std::array<std::uint8_t, kKeyIdBytes> bytes_of_id(std::uint32_t id) {
  return {static_cast<std::uint8_t>(id >> 24), static_cast<std::uint8_t>(id >> 16),
          static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
}

std::uint32_t id_of_bytes(ByteView bytes) {
  return static_cast<std::uint32_t>(bytes[0]) << 24 | static_cast<std::uint32_t>(bytes[1]) << 16 |
         static_cast<std::uint32_t>(bytes[2]) << 8 | static_cast<std::uint32_t>(bytes[3]);
}

constexpr std::array<std::string_view, 19> kUnicodeSpaces = {
    "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002",  "\u2003", "\u2004",
    "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",  "\u200a", "\u2028",
    "\u2029", "\u202f", "\u205f", "\u3000", "\xc2\x85"};

bool is_name(std::string_view name) {
  return !name.empty() && is_utf8(name) && std::none_of(name.begin(), name.end(), [](char c) {
    return (c >= 0 && c <= ' ') || c == '+';
  }) && std::none_of(kUnicodeSpaces.begin(), kUnicodeSpaces.end(), [name](std::string_view space) {
    return name.find(space) != std::string_view::npos;
  });
}

bool is_note_text(std::string_view text) {
  return is_utf8(text) && std::none_of(text.begin(), text.end(), [](char c) {
           return static_cast<unsigned char>(c) < ' ' && c != '\n';
         });
}

struct SignatureLine {
  std::string_view name;
  std::uint32_t key_id = 0;
  Bytes signature;
};

Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignatureMark)) return kMalformed;
  line.remove_prefix(kSignatureMark.size());
  const std::size_t space = line.find(' ');
  if (space == std::string_view::npos || !is_name(line.substr(0, space))) return kMalformed;
  Result<Bytes> bytes = parse_base64(line.substr(space + 1), Base64Padding::required);
  if (!bytes.ok() || bytes.value().size() <= kKeyIdBytes) return kMalformed;
  SignatureLine parsed{line.substr(0, space), id_of_bytes(bytes.value()), {}};
  parsed.signature.assign(bytes.value().begin() + kKeyIdBytes, bytes.value().end());
  return parsed;
}

// Sorts one signature into `verified` or `unknown`.
Result<Done> take_signature(const SignatureLine& line, std::span<const NoteKey> keys,
                            VerifiedNote& note) {
  const auto key = std::find_if(keys.begin(), keys.end(), [&](const NoteKey& known) {
    return known.name == line.name && note_key_id(known) == line.key_id;
  });
  if (key == keys.end()) {
    note.unknown.emplace_back(line.name);
    return Done{};
  }
  if (std::find(note.verified.begin(), note.verified.end(), *key) != note.verified.end()) {
    return Done{};
  }
  if (!ed25519_verify(bytes_of(note.text), line.signature, key->key)) {
    return Error{ErrorCode::note_signature_wrong};
  }
  note.verified.push_back(*key);
  return Done{};
}

}  // namespace

std::uint32_t note_key_id(const NoteKey& key) {
  Bytes bytes;
  append(bytes, bytes_of(key.name));
  bytes.push_back('\n');
  bytes.push_back(kEd25519Type);
  append(bytes, key.key);
  return id_of_bytes(sha256(bytes));
}

Result<NoteKey> parse_note_key(std::string_view text) {
  const std::size_t first = text.find('+');
  if (first == std::string_view::npos || !is_name(text.substr(0, first))) return kKeyInvalid;
  const std::size_t second = text.find('+', first + 1);
  if (second == std::string_view::npos) return kKeyInvalid;
  const Result<Bytes> id = parse_hex(text.substr(first + 1, second - first - 1));
  const Result<Bytes> bytes = parse_base64(text.substr(second + 1), Base64Padding::required);
  NoteKey key{std::string(text.substr(0, first)), {}};
  if (!id.ok() || id.value().size() != kKeyIdBytes || !bytes.ok() ||
      bytes.value().size() != 1 + key.key.size() || bytes.value().front() != kEd25519Type) {
    return kKeyInvalid;
  }
  std::copy(bytes.value().begin() + 1, bytes.value().end(), key.key.begin());
  if (id_of_bytes(id.value()) != note_key_id(key)) return kKeyInvalid;
  return key;
}

std::string format_note_key(const NoteKey& key) {
  Bytes bytes{kEd25519Type};
  append(bytes, key.key);
  std::string text = key.name;
  text.append("+").append(format_hex(bytes_of_id(note_key_id(key))));
  return text.append("+").append(format_base64(bytes, Base64Padding::required));
}

Result<std::string> sign_note(std::string_view text, std::string_view name, const SigningKey& key) {
  if (!text.ends_with('\n') || !is_note_text(text) || !is_name(name)) return kMalformed;
  const NoteKey note_key{std::string(name), key.public_key()};
  Bytes signature;
  append(signature, bytes_of_id(note_key_id(note_key)));
  append(signature, key.sign(bytes_of(text)));
  std::string note(text);
  note.append("\n").append(kSignatureMark).append(name).append(" ");
  return note.append(format_base64(signature, Base64Padding::required)).append("\n");
}

Result<VerifiedNote> verify_note(std::string_view text, std::span<const NoteKey> keys) {
  if (text.size() > kMaxNoteBytes || !text.ends_with('\n') || !is_note_text(text)) {
    return kMalformed;
  }
  // The last empty line ends the text: the signatures after it hold none.
  const std::size_t end = text.rfind("\n\n");
  if (end == std::string_view::npos) return kMalformed;
  VerifiedNote note;
  note.text = text.substr(0, end + 1);
  std::string_view lines = text.substr(end + 2);
  if (lines.empty()) return kMalformed;
  for (std::size_t count = 0; !lines.empty(); ++count) {
    if (count == kMaxNoteSignatures) return kMalformed;
    const std::size_t line_end = lines.find('\n');
    const Result<SignatureLine> line = parse_signature_line(lines.substr(0, line_end));
    if (!line.ok()) return line.error();
    const Result<Done> taken = take_signature(line.value(), keys, note);
    if (!taken.ok()) return taken.error();
    lines.remove_prefix(line_end + 1);
  }
  if (note.verified.empty()) return Error{ErrorCode::note_unsigned};
  return note;
}

}  // namespace landfall
