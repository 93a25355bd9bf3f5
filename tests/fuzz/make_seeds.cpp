// Writes the inputs that the harnesses of sealed and signed things begin with: made by our own
// code, because what is random is refused at the first byte.
//
//   fuzz_seeds FOLDER        FOLDER/HARNESS/NAME for each

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "shared/codec/canonical_json.h"
#include "shared/sealing/envelope.h"
#include "shared/sealing/seeded_entropy.h"
#include "shared/sealing/signed_document.h"
#include "shared/submission/bundle.h"
#include "shared/submission/checkpoint.h"
#include "shared/submission/signed_note.h"
#include "tests/shared/submission/sample_documents.h"

namespace {

using namespace landfall;  // NOLINT: a program of its own

std::filesystem::path folder;
int written = 0;

void write_seed(std::string_view harness, std::string_view name, std::string_view content) {
  const std::filesystem::path place = folder / harness;
  std::filesystem::create_directories(place);
  std::ofstream file(place / name, std::ios::binary);
  file.write(content.data(), static_cast<std::streamsize>(content.size()));
  if (file.good()) ++written;
}

// What stands in front of the input: the place of a change, or the size of a piece.
std::string with_byte(char byte, std::string_view rest) {
  return std::string(1, byte).append(rest);
}

void write_headers() {
  SeededEntropy entropy(Bytes(32, 1));
  const X25519Recipient recipient = generate_x25519_identity(entropy).recipient();
  const FileKey key;
  const Stanza mine = wrap_x25519(key, recipient, entropy).value();
  const Stanza scrypt = wrap_scrypt(key, Passphrase("p"), 1, entropy).value();
  const Stanza grease{{"example.com/gr3ase", "!~", "3"}, Bytes(100, 7)};
  const Stanza hybrid{{"mlkem768x25519", std::string(1480, 'A')}, Bytes(32, 1)};
  const Stanza full{{"t"}, Bytes(48, 9)};
  const std::vector<std::vector<Stanza>> headers = {
      {mine}, {scrypt}, {mine, mine}, {grease, mine, full}, {hybrid}, {scrypt, mine}};
  for (std::size_t i = 0; i < headers.size(); ++i) {
    write_seed("age_header", std::to_string(i), with_byte('\5', write_header(headers[i], key)));
  }
}

void write_armor() {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{47}, std::size_t{48},
                                 std::size_t{49}, std::size_t{200}}) {
    ArmorWriter writer;
    std::string text;
    writer.push(Bytes(size, 0x5a), text);
    writer.finish(text);
    write_seed("armor", std::to_string(size), with_byte('\x20', text));
    std::string windows = "\r\n \t\v\f\r\n";
    for (const char c : text) windows.append(c == '\n' ? "\r\n" : std::string(1, c));
    write_seed("armor", std::to_string(size) + "-crlf", with_byte('\3', windows + " \n"));
  }
}

std::string header_of(std::string_view type) {
  Secret<32> seed;
  seed.fill()[0] = 1;
  const std::string kid = SigningKey(seed).kid();
  return std::string(R"({"alg":"EdDSA","kid":")").append(kid).append(R"(","typ":")").append(type) +
         "\"}\n";
}

void write_tokens() {
  const std::string request = header_of(document_type::kRequest);
  write_seed("jws", "request", with_byte('\7', request + R"({"aud":"a","n":1})"));
  write_seed("jws", "not-canonical", with_byte('\7', request + R"({ "n":1.0,"aud":"a"})"));
  write_seed("jws", "twice", with_byte('\7', request + R"({"aud":"a","aud":"b"})"));
  write_seed("jws", "other-type",
             with_byte('\7', header_of("landfall-receipt") + R"({"aud":"a"})"));
  const std::vector<std::string_view> headers = {
      R"({"alg":"none"})",  R"({"alg":"EdDSA","crit":["b64"],"b64":false})",
      R"({"alg":"HS256"})", R"({"alg":"EdDSA","alg":"EdDSA"})",
      R"({"alg":"EdDSA"})", "[]"};
  for (std::size_t i = 0; i < headers.size(); ++i) {
    write_seed("jws", "header-" + std::to_string(i),
               with_byte('\0', std::string(headers[i]) + "\npayload"));
  }
}

void write_receipts() {
  const ReceiptBody body = sample_receipt_body();
  for (const std::uint64_t size : {std::uint64_t{1}, std::uint64_t{6}}) {
    const std::string receipt =
        sign_receipt(body, sample_log(body, size / 2, size), receipt_certificate(), receipt_key())
            .value();
    const Json payload = payload_of(document_type::kReceipt, receipt);
    write_seed("receipt", "full-" + std::to_string(size),
               with_byte('\3', write_canonical_json(payload).value()));
  }
  const std::string brief = sign_short_receipt(body, kAudience, receipt_key()).value();
  const Json payload = payload_of(document_type::kReceipt, brief);
  write_seed("receipt", "short", with_byte('\1', write_canonical_json(payload).value()));
}

void write_bundles() {
  // Three bytes of change, then files: kind of name (0 manifest, 1 wrong, 2 right), length,
  // content.
  const std::string head("\0\0\0", 3);
  const std::string manifest("\0\5eyJ.a", 7);
  const std::string part("\2\3abc", 5);
  const std::string wrong("\1\3abd", 5);
  write_seed("bundle", "one", head + manifest + part);
  write_seed("bundle", "empty-part", head + manifest + std::string("\2\0", 2) + part);
  write_seed("bundle", "twice", head + manifest + part + part);
  write_seed("bundle", "wrong-order", head + part + manifest);
  write_seed("bundle", "wrong-name", head + manifest + wrong);
  write_seed("bundle", "size-changed", std::string("\0\x3e\1", 3) + manifest + part);
  const Bytes large(5000, 1);
  const ByteView parts[] = {large};
  write_seed("bundle", "archive", text_of(write_bundle("eyJ.a", parts).value()));
}

void write_notes() {
  Checkpoint checkpoint;
  checkpoint.origin = "log.example";
  checkpoint.size = 20852163;
  checkpoint.root = leaf_hash({});
  const std::string plain = format_checkpoint(checkpoint);
  checkpoint.extensions = {"extension", "another"};
  const std::string longer = format_checkpoint(checkpoint);
  checkpoint.origin = "another.example";
  const std::string other = format_checkpoint(checkpoint);
  const std::string foreign = sign_checkpoint(checkpoint, sample_key(3)).value();
  const std::string line = foreign.substr(foreign.rfind("\u2014"));
  const std::string zero(1, '\0');
  write_seed("note", "checkpoint", with_byte('\1', plain));
  write_seed("note", "extensions", with_byte('\2', longer));
  write_seed("note", "of-another-log", with_byte('\3', other));
  write_seed("note", "witnessed", with_byte('\4', plain + zero + line));
  write_seed("note", "witnessed-twice", with_byte('\4', plain + zero + line + line));
  write_seed("note", "signed-lines-in-text", with_byte('\5', plain + "\n" + line));
  const NoteKey key{"log.example", sample_key(3).public_key()};
  write_seed("note", "key", with_byte('\0', format_note_key(key)));
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: %s FOLDER\n", arguments[0]);
    return 2;
  }
  folder = arguments[1];
  write_headers();
  write_armor();
  write_tokens();
  write_receipts();
  write_bundles();
  write_notes();
  std::printf("%d seeds\n", written);
  return written > 0 ? 0 : 1;
}
