// A road to the server as a cheap phone has it: so many bits a second in all, so long a round trip.
// What passed is kept, file by file, as it was on the wire.

import http from 'node:http';

/** Bytes of a request line and the usual headers of request and answer, which the road carries, too. */
const kHeaderBytes = 700;
const kPiece = 1_400;

/** Lets pieces pass one after another at `bitsPerSecond`; `Infinity` lets everything pass. */
function shaper(bitsPerSecond) {
  let free = 0;
  return async (bytes) => {
    if (bitsPerSecond === Infinity) return;
    const now = performance.now();
    free = Math.max(free, now) + (bytes * 8_000) / bitsPerSecond;
    await sleep(free - now);
  };
}

function sleep(ms) {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * A proxy in front of `upstream` ("http://host:port"). `road.files` lists {path, bytes, at} of every
 * answer; `road.set({bitsPerSecond, roundTripMs})` changes the weather.
 */
export async function slowRoad(upstream) {
  const files = [];
  let weather = { pass: shaper(Infinity), roundTripMs: 0 };

  const carry = async (answer, response, entry) => {
    const { pass } = weather;
    await pass(kHeaderBytes);
    response.writeHead(answer.statusCode, answer.headers);
    for await (const chunk of answer) {
      for (let at = 0; at < chunk.length; at += kPiece) {
        const piece = chunk.subarray(at, at + kPiece);
        await pass(piece.length);
        entry.bytes += piece.length;
        response.write(piece);
      }
    }
    entry.at = performance.now();
    response.end();
  };

  const server = http.createServer((request, response) => {
    const fresh = request.socket.seen !== true;
    request.socket.seen = true;
    const wait = weather.roundTripMs * (fresh ? 2 : 1);
    const entry = { path: request.url, bytes: 0, at: 0 };
    files.push(entry);
    const asked = http.request(
      upstream + request.url,
      { method: request.method, headers: request.headers },
      (answer) =>
        void sleep(wait)
          .then(() => carry(answer, response, entry))
          .catch(() => response.destroy()),
    );
    asked.on('error', () => response.destroy());
    request.pipe(asked);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${server.address().port}`,
    files,
    set: ({ bitsPerSecond, roundTripMs }) => {
      weather = { pass: shaper(bitsPerSecond), roundTripMs };
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
