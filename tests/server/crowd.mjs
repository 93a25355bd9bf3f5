// Many slow clients at once, a stop with one of them in hand, and a second server on the same data.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { ServerProcess, program } from './support/server-process.mjs';

const kHost = 'Host: landfall.localhost\r\n';
const kTus = `${kHost}Tus-Resumable: 1.0.0\r\n`;
const kChunk = 'Content-Type: application/offset+octet-stream\r\n';

/** `count` connections from `localAddress` that send `bytes` and then nothing. */
async function crowd(url, count, bytes, localAddress) {
  const sockets = [];
  for (let i = 0; i < count; i += 1) {
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined).on('data', () => undefined);
    if (bytes !== '') socket.on('connect', () => socket.write(bytes));
    sockets.push(socket);
    if (i % 100 === 99) await pause(50);
  }
  await pause(500);
  return sockets;
}

/** Milliseconds until /healthz says 200 to `localAddress`. */
function health(url, localAddress) {
  const started = Date.now();
  return new Promise((resolve, reject) => {
    get(`${url}/healthz`, { localAddress, agent: false, timeout: 4000 }, (answer) => {
      answer.resume();
      assert.equal(answer.statusCode, 200);
      resolve(Date.now() - started);
    })
      .on('timeout', () => reject(new Error('/healthz did not answer within 4 s')))
      .on('error', reject);
  });
}

async function stillServes(server, count, bytes, crowdAddress) {
  const sockets = await crowd(server.url, count, bytes, crowdAddress);
  try {
    assert.ok((await health(server.url, '127.0.0.2')) < 2000);
  } finally {
    for (const socket of sockets) socket.destroy();
  }
}

async function createUpload(url, length) {
  const answer = await fetch(`${url}/api/v1/parts`, {
    method: 'POST',
    headers: { 'Tus-Resumable': '1.0.0', 'Upload-Length': String(length) },
  });
  assert.equal(answer.status, 201);
  return answer.headers.get('location');
}

const kSlowBody = `POST /api/v1/parts HTTP/1.1\r\n${kTus}${kChunk}Upload-Length: 1000\r\nContent-Length: 1000\r\n\r\nx`;

const kCases = {
  'twelve hundred idle connections take no thread': (server) =>
    stillServes(server, 1200, '', '127.0.0.1'),
  'three hundred unfinished headers take no thread': (server) =>
    stillServes(server, 300, `GET /healthz HTTP/1.1\r\n${kHost}X: `, '127.0.0.1'),
  'three hundred slow bodies of one address leave threads for the others': (server) =>
    stillServes(server, 300, kSlowBody, '127.0.0.3'),
  'a full share gives up a waiting connection for a new one': (server) =>
    crowd(server.url, 100, '', '127.0.0.4').then(async (sockets) => {
      assert.ok((await health(server.url, '127.0.0.4')) < 2000);
      for (const socket of sockets) socket.destroy();
    }),
  'a wrong checksum has a status line of its own': async (server) => {
    const place = await createUpload(server.url, 3);
    const line = await new Promise((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () =>
        socket.write(
          `PATCH ${place} HTTP/1.1\r\n${kTus}${kChunk}Upload-Offset: 0\r\n` +
            `Upload-Checksum: sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=\r\nContent-Length: 3\r\n\r\nabc`,
        ),
      );
      socket.on('data', (bytes) => {
        resolve(bytes.toString('latin1').split('\r\n')[0]);
        socket.destroy();
      });
    });
    assert.equal(line, 'HTTP/1.1 460 Checksum Mismatch');
  },
  'a second server on the same data folder ends with 3 and says why': (server) => {
    const second = spawnSync(
      program(),
      ['serve', '--listen', '0', '--data', server.data, '--keys', server.keys],
      { encoding: 'utf8', timeout: 10_000 },
    );
    assert.equal(second.status, 3);
    assert.match(second.stderr, /another landfall serve is running on it/);
  },
  'a stop waits for a trickling body no longer than it was told, and keeps what came': async (
    server,
  ) => {
    const place = await createUpload(server.url, 1000);
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    socket.write(
      `PATCH ${place} HTTP/1.1\r\n${kTus}${kChunk}Upload-Offset: 0\r\nContent-Length: 1000\r\n\r\n`,
    );
    const trickle = setInterval(() => socket.write('x'), 100);
    await pause(1000);
    const started = Date.now();
    assert.equal(await server.end('SIGTERM'), 0);
    const took = Date.now() - started;
    clearInterval(trickle);
    socket.destroy();
    assert.ok(took > 1500 && took < 6000, `it took ${took} ms`);
    await server.start({ config: kConfig });
    const head = await fetch(server.url + place, {
      method: 'HEAD',
      headers: { 'Tus-Resumable': '1.0.0' },
    });
    assert.ok(Number(head.headers.get('upload-offset')) >= 5);
  },
};

// The crowd comes from 127.0.0.3 and .4; only 127.0.0.1 is as a proxy would be.
const kConfig = { trusted_proxies: ['127.0.0.1'], drain_seconds: 2 };

const server = await ServerProcess.prepare();
const failures = [];
try {
  await server.start({ config: kConfig });
  for (const [name, run] of Object.entries(kCases)) {
    try {
      await run(server);
    } catch (problem) {
      failures.push(`${name}: ${problem.message}`);
    }
  }
} finally {
  await server.remove();
}
for (const failure of failures) console.error(failure);
const count = Object.keys(kCases).length;
console.log(`crowd: ${count} cases, ${count - failures.length} pass`);
process.exitCode = failures.length === 0 && count > 0 ? 0 : 1;
