#include "server/cli/compression.h"

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <array>
#include <cstddef>
#include <memory>
#include <utility>

namespace landfall {
namespace {

constexpr int kGzipWindowBits = 15 + 16;
constexpr std::size_t kPlainPieceBytes = std::size_t{64} << 10;

struct FreeDecoder {
  void operator()(BrotliDecoderState* state) const { BrotliDecoderDestroyInstance(state); }
};

}  // namespace

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

std::optional<Bytes> from_brotli(ByteView bytes, std::size_t max_bytes) {
  const std::unique_ptr<BrotliDecoderState, FreeDecoder> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr));
  if (!state) return std::nullopt;
  std::size_t left = bytes.size();
  const std::uint8_t* next = bytes.data();
  Bytes plain;
  std::array<std::uint8_t, kPlainPieceBytes> piece{};
  for (;;) {
    std::size_t room = piece.size();
    std::uint8_t* to = piece.data();
    const BrotliDecoderResult result =
        BrotliDecoderDecompressStream(state.get(), &left, &next, &room, &to, nullptr);
    plain.insert(plain.end(), piece.data(), to);
    if (plain.size() > max_bytes) return std::nullopt;
    if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) continue;
    const bool is_whole = result == BROTLI_DECODER_RESULT_SUCCESS && left == 0;
    return is_whole ? std::optional(std::move(plain)) : std::nullopt;
  }
}

std::optional<Bytes> from_gzip(ByteView bytes, std::size_t max_bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindowBits) != Z_OK) return std::nullopt;
  stream.next_in = const_cast<Bytef*>(bytes.data());  // zlib's older interface; it only reads
  stream.avail_in = static_cast<uInt>(bytes.size());
  Bytes plain;
  std::array<std::uint8_t, kPlainPieceBytes> piece{};
  int status = Z_OK;
  while (status == Z_OK && plain.size() <= max_bytes) {
    stream.next_out = piece.data();
    stream.avail_out = static_cast<uInt>(piece.size());
    status = inflate(&stream, Z_NO_FLUSH);
    plain.insert(plain.end(), piece.data(), stream.next_out);
  }
  const bool is_whole = status == Z_STREAM_END && stream.avail_in == 0 && plain.size() <= max_bytes;
  inflateEnd(&stream);
  return is_whole ? std::optional(std::move(plain)) : std::nullopt;
}

}  // namespace landfall
