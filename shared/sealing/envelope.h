// Envelopes: whole age files, sealed and opened in pieces with constant memory, or at once.

#ifndef LANDFALL_SHARED_SEALING_ENVELOPE_H_
#define LANDFALL_SHARED_SEALING_ENVELOPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/entropy.h"
#include "shared/base/result.h"
#include "shared/sealing/armor.h"
#include "shared/sealing/header.h"
#include "shared/sealing/scrypt.h"
#include "shared/sealing/stream.h"
#include "shared/sealing/x25519.h"

namespace landfall {

// Where an envelope turned out unreadable: for test vectors and the operator's own files. Whoever
// answers a stranger says envelope_unreadable and no more.
enum class EnvelopeFault { none, armor, header, no_match, mac, payload, out_of_memory };

enum class EnvelopeFormat { binary, armored };

// The work factor for passphrases that we choose ourselves.
inline constexpr unsigned kScryptWorkFactor = 15;

// Seals one file. What push() and finish() return stays valid until the next call.
class Sealer {
 public:
  // Starts a file that any of `recipients` can open.
  //
  // Errors:
  //   recipient_invalid   no recipients, or one whose point is of low order
  //   too_large           more recipients than a header holds
  [[nodiscard]] static Result<Sealer> to_recipients(std::span<const X25519Recipient> recipients,
                                                    EnvelopeFormat format, Entropy& entropy);

  // Starts a file that `passphrase` opens.
  //
  // Errors: those of scrypt().
  [[nodiscard]] static Result<Sealer> with_passphrase(const Passphrase& passphrase,
                                                      unsigned work_factor, EnvelopeFormat format,
                                                      Entropy& entropy);

  // The next bytes of the file; the header comes with the first.
  [[nodiscard]] ByteView push(ByteView plaintext);

  // The last bytes of the file. Nothing may be called afterwards.
  [[nodiscard]] ByteView finish();

 private:
  Sealer(std::string head, AeadKey key, EnvelopeFormat format);
  static Sealer start(const std::vector<Stanza>& stanzas, const FileKey& file_key,
                      EnvelopeFormat format, Entropy& entropy);
  void begin(std::size_t plaintext_bytes);
  ByteView emit(bool last);

  std::string head_;  // header and payload nonce, until they are handed out
  StreamSealer stream_;
  OutputBuffer out_;
  std::optional<ArmorWriter> armor_;
  std::string armored_;
};

// Everything that may open a file. Move-only.
struct Identities {
  std::vector<X25519Identity> x25519;
  std::vector<Passphrase> passphrases;
};

// `detect` takes both formats, by the first bytes.
enum class ArmorPolicy { detect, required, forbidden };

// Opens one file. What push() and finish() return stays valid until the next call.
class Opener {
 public:
  explicit Opener(Identities identities, ArmorPolicy armor = ArmorPolicy::detect);

  // The plaintext of all chunks that `sealed` completes and that are genuine. A fault behind them
  // is the error of the next call, so that nothing verified is lost; without any, of this one.
  //
  // Errors (offset 0):
  //   envelope_unreadable   not age, not for these identities, changed or cut short; fault() says
  //   out_of_memory         a passphrase file's memory could not be had
  [[nodiscard]] Result<ByteView> push(ByteView sealed);

  // The plaintext of the last chunk. Only when this succeeds was the file whole.
  //
  // Errors: as push().
  [[nodiscard]] Result<ByteView> finish();

  // What was wrong, once a call has failed.
  [[nodiscard]] EnvelopeFault fault() const { return fault_; }

 private:
  void take_armored(ByteView text);
  void take_binary(ByteView bytes);
  void unlock();
  [[nodiscard]] EnvelopeFault find_file_key(FileKey& file_key) const;
  void fail(EnvelopeFault fault);
  [[nodiscard]] Error error() const;

  Identities identities_;
  bool format_known_ = false;
  std::optional<ArmorReader> armor_;
  Bytes unarmored_;
  HeaderReader header_;
  std::optional<FileKey> file_key_;
  PayloadNonce nonce_{};
  std::size_t nonce_size_ = 0;
  std::optional<StreamOpener> stream_;
  OutputBuffer out_;
  EnvelopeFault fault_ = EnvelopeFault::none;
};

// Seals `plaintext` to `recipients` at once, in binary.
//
// Errors: those of Sealer::to_recipients.
[[nodiscard]] Result<Bytes> seal(ByteView plaintext, std::span<const X25519Recipient> recipients,
                                 Entropy& entropy);

// Opens a whole file of either format at once; all of the plaintext or none of it.
//
// Errors:
//   too_large   the plaintext is longer than `max_bytes`
//   and those of Opener::push
[[nodiscard]] Result<Bytes> open(ByteView sealed, Identities identities, std::size_t max_bytes);

// The size of the binary file that seals `plaintext_bytes` to `recipients` X25519 recipients.
[[nodiscard]] std::uint64_t sealed_size(std::uint64_t plaintext_bytes, std::size_t recipients);

}  // namespace landfall

#endif  // LANDFALL_SHARED_SEALING_ENVELOPE_H_
