#include "server/cli/compression.h"

#include <brotli/encode.h>
#include <zlib.h>

#include <cstddef>

namespace landfall {

Bytes brotli_of(ByteView bytes) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  Bytes out(size);
  const BROTLI_BOOL done =
      BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS, BROTLI_MODE_TEXT,
                            bytes.size(), bytes.data(), &size, out.data());
  out.resize(done == BROTLI_TRUE ? size : 0);
  return out;
}

Bytes gzip_of(ByteView bytes) {
  constexpr int kGzipWindowBits = 15 + 16;
  constexpr int kMemoryLevel = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindowBits, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return {};
  }
  Bytes out(deflateBound(&stream, static_cast<uLong>(bytes.size())));
  stream.next_in = const_cast<Bytef*>(bytes.data());  // zlib's older interface; it only reads
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = out.data();
  stream.avail_out = static_cast<uInt>(out.size());
  const int status = deflate(&stream, Z_FINISH);
  out.resize(status == Z_STREAM_END ? stream.total_out : 0);
  deflateEnd(&stream);
  return out;
}

}  // namespace landfall
