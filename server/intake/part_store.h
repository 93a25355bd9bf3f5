// Where the bytes of sealed parts lie: what the use cases need of it, and no more.

#ifndef LANDFALL_SERVER_INTAKE_PART_STORE_H_
#define LANDFALL_SERVER_INTAKE_PART_STORE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/bytes.h"
#include "shared/base/result.h"

namespace landfall {

// The bytes of one unfinished upload. Not for two threads at once.
//
// Errors of every function: storage_full when there is no room, storage_unavailable otherwise.
class UploadFile {
 public:
  virtual ~UploadFile() = default;

  // How many bytes it holds; after open_upload() all of them are durable.
  [[nodiscard]] virtual std::uint64_t size_bytes() const = 0;

  // Adds `bytes` at the end. Not durable before sync().
  virtual Result<Done> append(ByteView bytes) = 0;

  // Returns once every appended byte would survive a power cut, if the file is found again.
  virtual Result<Done> sync() = 0;

  // Returns once the file would be found again: needed before an offset is acknowledged, but not
  // before publish(), which makes the new name durable.
  virtual Result<Done> sync_name() = 0;

  // Cuts the file to its first `size_bytes`.
  virtual Result<Done> truncate(std::uint64_t size_bytes) = 0;

  // Hands over all bytes from the start, in pieces.
  virtual Result<Done> read(const std::function<void(ByteView)>& receive) const = 0;
};

// Thread rule: any thread; two threads never work on one upload id or one digest at once (the
// use case's locks see to that).
class PartStore {
 public:
  virtual ~PartStore() = default;

  // Opens the upload `id` (32 hex digits), making an empty one when there is none. What a crash
  // left in it is made durable before this returns, so that size_bytes() may be acknowledged.
  virtual Result<std::unique_ptr<UploadFile>> open_upload(std::string_view id) = 0;

  // Makes the synced upload `id` also a part, under its content address; durable when it returns,
  // the name in the folder of parts included. The upload stays until it is discarded, so that a
  // crash before the part is recorded loses nothing that was acknowledged.
  virtual Result<Done> publish(std::string_view id, std::string_view sha256_hex) = 0;

  virtual Result<Done> discard_upload(std::string_view id) = 0;
  virtual Result<Done> remove_part(std::string_view sha256_hex) = 0;

  // Hands over all bytes of a part, in pieces. Errors: not_found.
  virtual Result<Done> read_part(std::string_view sha256_hex,
                                 const std::function<void(ByteView)>& receive) const = 0;

  // Ids of uploads and digests of parts that have a file; for clean-up.
  [[nodiscard]] virtual std::vector<std::string> list_uploads() const = 0;
  [[nodiscard]] virtual std::vector<std::string> list_parts() const = 0;

  // How many bytes the files of all uploads hold.
  [[nodiscard]] virtual std::uint64_t upload_bytes() const = 0;

  // Bytes that may still be written before the reserve is touched.
  [[nodiscard]] virtual std::uint64_t free_bytes() const = 0;
};

}  // namespace landfall

#endif  // LANDFALL_SERVER_INTAKE_PART_STORE_H_
