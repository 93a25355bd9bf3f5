// HTTP as bytes over a socket, for requests that no client library would send.

import { connect } from 'node:net';

/** Splits one answer off `bytes`; null while it is not complete. HEAD answers have no body. */
export function parseAnswer(bytes, isHead = false) {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [statusLine, ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  const status = Number(statusLine.split(' ')[1]);
  const hasBody = !isHead && status >= 200 && status !== 204 && status !== 304;
  const length = hasBody ? Number(headers.get('content-length') ?? 0) : 0;
  if (bytes.length < end + 4 + length) return null;
  const body = bytes.subarray(end + 4, end + 4 + length).toString();
  return { status, headers, body, rest: bytes.subarray(end + 4 + length) };
}

/**
 * Sends `chunks` one after another and collects what comes back until the server closes or `waitMs`
 * pass without an answer being complete.
 *
 * @returns {Promise<{answers: object[], closed: boolean}>}
 */
export function exchange(url, chunks, { waitMs = 1500, isHead = false } = {}) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let bytes = Buffer.alloc(0);
    let closed = false;
    const finish = () => {
      socket.destroy();
      const answers = [];
      for (
        let answer = parseAnswer(bytes, isHead);
        answer !== null;
        answer = parseAnswer(answer.rest, isHead)
      )
        answers.push(answer);
      resolve({ answers, closed });
    };
    const timer = setTimeout(finish, waitMs);
    socket.on('data', (piece) => {
      bytes = Buffer.concat([bytes, piece]);
    });
    socket.on('error', () => {
      closed = true;
    });
    socket.on('close', () => {
      closed = true;
      clearTimeout(timer);
      finish();
    });
    for (const chunk of chunks) socket.write(chunk);
  });
}

/** Sends `head` and `part` of a body, then breaks the connection off. */
export function breakOff(url, head, part) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(head);
      socket.write(part, () =>
        setTimeout(() => {
          socket.resetAndDestroy();
          resolve();
        }, 100),
      );
    });
    socket.on('error', resolve);
  });
}
