#include "shared/sealing/stream.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "tests/shared/sealing/age_files.h"

namespace landfall {
namespace {

AeadKey test_key() {
  AeadKey key;
  key.fill()[0] = 1;
  return key;
}

// One chunk as its maker says it is, right or wrong.
struct Chunk {
  std::size_t size = 0;
  bool last = false;
};

// A payload of chunks that are all genuine, each under the next counter.
Bytes payload_of(const std::vector<Chunk>& chunks) {
  const AeadKey key = test_key();
  ChunkCounter counter;
  Bytes payload;
  for (const Chunk& chunk : chunks) {
    Bytes sealed(chunk.size + kAeadTagBytes);
    aead_seal(sealed, test_bytes(chunk.size), {}, counter.nonce(chunk.last), key);
    counter.advance();
    append(payload, sealed);
  }
  return payload;
}

struct Outcome {
  bool whole = false;
  std::size_t released = 0;
  bool operator==(const Outcome&) const = default;
};

Outcome open_payload(ByteView payload, std::size_t piece_bytes) {
  StreamOpener opener(test_key());
  OutputBuffer out;
  Outcome outcome{true, 0};
  while (!payload.empty() && outcome.whole) {
    const ByteView piece = payload.first(std::min(piece_bytes, payload.size()));
    payload = payload.subspan(piece.size());
    out.start(StreamOpener::bound(piece.size()));
    outcome.whole = opener.push(piece, out);
    outcome.released += out.written().size();
  }
  out.start(StreamOpener::bound(0));
  outcome.whole = opener.finish(out) && outcome.whole;
  outcome.released += out.written().size();
  return outcome;
}

// What comes of `payload` in one piece, as long as any other cut gives the same.
Outcome outcome_of(const Bytes& payload) {
  const Outcome whole = open_payload(payload, payload.size() + 1);
  for (const std::size_t piece_bytes : {std::size_t{1000}, kChunkBytes, kSealedChunkBytes}) {
    CHECK(open_payload(payload, piece_bytes) == whole);
  }
  return whole;
}

constexpr Outcome refused_after(std::size_t chunks) { return {false, chunks * kChunkBytes}; }

TEST_CASE("a payload ends in a chunk that says so, full or not, and empty only when it is alone") {
  CHECK(outcome_of(payload_of({{0, true}})) == Outcome{true, 0});
  CHECK(outcome_of(payload_of({{1, true}})) == Outcome{true, 1});
  CHECK(outcome_of(payload_of({{kChunkBytes, true}})) == Outcome{true, kChunkBytes});
  CHECK(outcome_of(payload_of({{kChunkBytes, false}, {1, true}})) ==
        Outcome{true, kChunkBytes + 1});
  CHECK(outcome_of(payload_of({{kChunkBytes, false}, {kChunkBytes, true}})) ==
        Outcome{true, 2 * kChunkBytes});
}

TEST_CASE("an empty last chunk after a full one is refused") {
  CHECK(outcome_of(payload_of({{kChunkBytes, false}, {0, true}})) == refused_after(1));
}

TEST_CASE("a payload without a last chunk is refused") {
  CHECK(outcome_of({}) == refused_after(0));
  CHECK(outcome_of(payload_of({{0, false}})) == refused_after(0));
  CHECK(outcome_of(payload_of({{20, false}})) == refused_after(0));
  CHECK(outcome_of(payload_of({{kChunkBytes, false}})) == refused_after(1));
  CHECK(outcome_of(payload_of({{kChunkBytes, false}, {kChunkBytes, false}})) == refused_after(2));
}

TEST_CASE("only the last chunk may be shorter than the others") {
  CHECK(outcome_of(payload_of({{20, false}, {20, true}})) == refused_after(0));
  CHECK(outcome_of(payload_of({{kChunkBytes, false}, {20, false}, {20, true}})) ==
        refused_after(1));
}

TEST_CASE("nothing follows a last chunk, not even a genuine one") {
  CHECK(outcome_of(payload_of({{0, true}, {20, true}})) == refused_after(0));
  CHECK(outcome_of(payload_of({{kChunkBytes, true}, {20, true}})) == refused_after(1));
  CHECK(outcome_of(payload_of({{kChunkBytes, true}, {kChunkBytes, true}})) == refused_after(1));
  CHECK(outcome_of(payload_of({{kChunkBytes, true}, {0, true}})) == refused_after(1));
}

TEST_CASE("nothing is released past a bad chunk, though all that follow are genuine") {
  const Bytes payload = payload_of({{kChunkBytes, false},
                                    {kChunkBytes, false},
                                    {kChunkBytes, false},
                                    {kChunkBytes, false},
                                    {20, true}});
  int refused = 0;
  for (std::size_t bad = 0; bad < 5; ++bad) {
    Bytes changed = payload;
    changed[bad * kSealedChunkBytes + 7] ^= 1;
    if (outcome_of(changed) == refused_after(bad)) ++refused;
  }
  CHECK(refused == 5);
}

TEST_CASE("a payload cut anywhere is refused, and gives what was whole before the cut") {
  const Bytes payload = payload_of({{kChunkBytes, false}, {40, true}});
  std::size_t refused = 0;
  for (std::size_t size = kSealedChunkBytes - 30; size < payload.size(); ++size) {
    const std::size_t whole_chunks = size < kSealedChunkBytes ? 0 : 1;
    const Bytes cut(payload.begin(), payload.begin() + static_cast<std::ptrdiff_t>(size));
    if (open_payload(cut, 1000) == refused_after(whole_chunks)) ++refused;
  }
  CHECK(refused == 30 + 40 + kAeadTagBytes);
}

}  // namespace
}  // namespace landfall
