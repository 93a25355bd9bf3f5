#include "shared/sealing/header.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace landfall {
namespace {

FileKey test_file_key() {
  FileKey key;
  key.fill()[0] = 1;
  return key;
}

HeaderReader::State read_all(HeaderReader& reader, std::string_view text) {
  ByteView input = bytes_of(text);
  return reader.take(input);
}

bool is_refused(std::string_view text) {
  HeaderReader reader;
  return read_all(reader, text) == HeaderReader::State::malformed;
}

constexpr std::string_view kMac = "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n";

std::string with_stanza(std::string_view stanza) {
  std::string text = "age-encryption.org/v1\n";
  return text.append(stanza).append(kMac);
}

TEST_CASE("a header is read back as it was written, however it is cut") {
  const std::vector<Stanza> stanzas = {{{"X25519", "share"}, Bytes(32, 7)},
                                       {{"example.com/grease", "!~", "3"}, Bytes(48, 8)},
                                       {{"empty"}, {}},
                                       {{"long"}, Bytes(1000, 9)}};
  const std::string text = write_header(stanzas, test_file_key());

  HeaderReader whole;
  HeaderReader bytewise;
  ByteView input = bytes_of(text);
  const HeaderReader::State state = whole.take(input);
  for (const char& c : text) read_all(bytewise, std::string_view(&c, 1));

  CHECK(state == HeaderReader::State::complete);
  CHECK(input.empty());
  CHECK(whole.header().stanzas == stanzas);
  CHECK(bytewise.header().stanzas == stanzas);
  CHECK(whole.header().mac == header_mac(whole.header().text, test_file_key()));
  CHECK(text.starts_with(whole.header().text));
}

TEST_CASE("what follows the header is left in the input") {
  const std::string text = write_header({{{"t"}, {}}}, test_file_key()) + "payload";
  HeaderReader reader;
  ByteView input = bytes_of(text);

  const HeaderReader::State state = reader.take(input);

  CHECK(state == HeaderReader::State::complete);
  CHECK(text_of(input) == "payload");
}

TEST_CASE("another version is refused before its line ends") {
  CHECK(is_refused("age-encryption.org/v2"));
  CHECK(is_refused("PK\x03\x04"));
  CHECK_FALSE(is_refused("age-encryption.org/v1"));
  CHECK(is_refused("age-encryption.org/v1\r\n"));
}

TEST_CASE("a header without stanzas is refused") { CHECK(is_refused(with_stanza(""))); }

TEST_CASE("arguments are one space apart, printable and never empty") {
  CHECK_FALSE(is_refused(with_stanza("-> a b c\n\n")));
  CHECK(is_refused(with_stanza("-> a  b\n\n")));
  CHECK(is_refused(with_stanza("-> a \n\n")));
  CHECK(is_refused(with_stanza("->  a\n\n")));
  CHECK(is_refused(with_stanza("-> \n\n")));
  CHECK(is_refused(with_stanza("->\n\n")));
  CHECK(is_refused(with_stanza("->a\n\n")));
  CHECK(is_refused(with_stanza("-> a\tb\n\n")));
  CHECK(is_refused(with_stanza("-> \xc3\xa9\n\n")));
  CHECK(is_refused(with_stanza("-- a\n\n")));
}

TEST_CASE("a body ends in a short line, which may be empty") {
  const std::string full(64, 'A');
  CHECK_FALSE(is_refused(with_stanza("-> a\n" + full + "\n\n")));
  CHECK_FALSE(is_refused(with_stanza("-> a\n" + full + "\nAAAA\n")));
  CHECK(is_refused(with_stanza("-> a\n" + full + "\n")));
  CHECK(is_refused(with_stanza("-> a\n" + full + "A\n\n")));
  CHECK(is_refused(with_stanza("-> a\nAAAA\nAAAA\n")));
  CHECK(is_refused(with_stanza("-> a\n")));
}

TEST_CASE("base64 in a body is canonical, unpadded and of the standard alphabet") {
  CHECK_FALSE(is_refused(with_stanza("-> a\nQQ\n")));
  CHECK(is_refused(with_stanza("-> a\nQR\n")));
  CHECK(is_refused(with_stanza("-> a\nQQ==\n")));
  CHECK(is_refused(with_stanza("-> a\nA-_A\n")));
  CHECK(is_refused(with_stanza("-> a\nA\n")));
  CHECK(is_refused(with_stanza("-> a\nAAAA\r\n")));
}

TEST_CASE("the closing line is three dashes, a space and 32 bytes") {
  const std::string start = "age-encryption.org/v1\n-> a\n\n";
  CHECK_FALSE(is_refused(start + std::string(kMac)));
  CHECK(is_refused(start + "---\n"));
  CHECK(is_refused(start + "--- \n"));
  CHECK(is_refused(start + "---AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"));
  CHECK(is_refused(start + "---  AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n"));
  CHECK(is_refused(start + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA \n"));
  CHECK(is_refused(start + "--- AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAB\n"));
  CHECK(is_refused(start + "--- AAAA\n"));
}

TEST_CASE("a header that never ends is refused at its limit") {
  HeaderReader reader;
  const std::string stanza = "-> a\n" + std::string(60, 'A') + "\n";
  HeaderReader::State state = read_all(reader, "age-encryption.org/v1\n");
  std::size_t read = 0;
  while (state == HeaderReader::State::reading && read < 2 * kMaxHeaderBytes) {
    state = read_all(reader, stanza);
    read += stanza.size();
  }

  CHECK(state == HeaderReader::State::malformed);
  CHECK(read <= kMaxHeaderBytes + stanza.size());
}

}  // namespace
}  // namespace landfall
