// The textual header of an age file: version line, recipient stanzas, MAC.

#ifndef LANDFALL_SHARED_SEALING_HEADER_H_
#define LANDFALL_SHARED_SEALING_HEADER_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/secret.h"
#include "shared/sealing/primitives.h"

namespace landfall {

inline constexpr std::size_t kFileKeyBytes = 16;
using FileKey = Secret<kFileKeyBytes>;

// Longer headers are refused: some thousand recipients, or over a hundred post-quantum ones.
inline constexpr std::size_t kMaxHeaderBytes = std::size_t{256} << 10;

// One wrapping of the file key. `arguments` has at least one item, the type; each is non-empty and
// of the bytes 33 to 126.
struct Stanza {
  std::vector<std::string> arguments;
  Bytes body;

  bool operator==(const Stanza&) const = default;
};

// `text` is the header as it stood, up to and including "---": what the MAC covers.
struct Header {
  std::vector<Stanza> stanzas;
  std::string text;
  Sha256Digest mac{};
};

// Reads a header from bytes that arrive in pieces, strictly: LF line ends, canonical unpadded
// base64, bodies wrapped at 64 columns and ended by a shorter line, at least one stanza.
class HeaderReader {
 public:
  enum class State { reading, complete, malformed };

  // Takes bytes off the front of `input` up to the end of the header, and no further.
  State take(ByteView& input);

  // True when everything so far was a header cut short, which the end of the file makes malformed.
  [[nodiscard]] bool is_reading() const { return state_ == State::reading; }

  // REQUIRES: take() returned complete.
  [[nodiscard]] const Header& header() const { return header_; }

 private:
  enum class Expects { version, stanza, body };

  void read_line(std::string_view line);
  void read_stanza_start(std::string_view line);
  void read_body_line(std::string_view line);
  void read_end(std::string_view line);

  State state_ = State::reading;
  Expects expects_ = Expects::version;
  std::string line_;
  Header header_;
};

// The header for `stanzas` as bytes, MAC line included.
// REQUIRES: every stanza as Stanza describes it.
[[nodiscard]] std::string write_header(const std::vector<Stanza>& stanzas, const FileKey& file_key);

// The MAC of a header's text up to and including "---" under `file_key`.
// Source: C2SP age.md, "Header MAC".
[[nodiscard]] Sha256Digest header_mac(std::string_view text, const FileKey& file_key);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_HEADER_H_
