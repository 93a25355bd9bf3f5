// What a stranger may send to the socket: each is refused, briefly, and the server goes on.

import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { exchange } from './support/raw-http.mjs';
import { ServerProcess } from './support/server-process.mjs';

const kHost = 'Host: landfall.localhost\r\n';
const kGet = `GET /healthz HTTP/1.1\r\n${kHost}\r\n`;
const kPostManifest = `POST /api/v1/submissions HTTP/1.1\r\n${kHost}Content-Type: application/jose\r\n`;

/** One answer of `status`, a problem document of at most 1 KiB, and the connection closed. */
async function refused(url, chunks, status, waitMs = 3000) {
  const { answers, closed } = await exchange(url, chunks, { waitMs });
  assert.equal(answers.length, 1, `${answers.map((answer) => answer.status)}`);
  assert.equal(answers[0].status, status, answers[0].body);
  assert.ok(closed, 'the connection stayed open');
  if (answers[0].body !== '') {
    const problem = JSON.parse(answers[0].body);
    assert.equal(problem.status, status);
    assert.ok(answers[0].body.length <= 1024);
    assert.equal(answers[0].headers.get('x-content-type-options'), 'nosniff');
  }
}

const kCases = {
  'a request line that is none': ({ url }) => refused(url, ['NONSENSE\r\n\r\n'], 400),
  'a method nobody knows': ({ url }) =>
    refused(url, [`BREW /healthz HTTP/1.1\r\n${kHost}\r\n`], 400),
  TRACE: ({ url }) => refused(url, [`TRACE /healthz HTTP/1.1\r\n${kHost}\r\n`], 405),
  'a target of 10 KiB': ({ url }) =>
    refused(url, [`GET /${'a'.repeat(10_240)} HTTP/1.1\r\n${kHost}\r\n`], 414),
  'a target of 100 KiB': ({ url }) =>
    refused(url, [`GET /${'a'.repeat(102_400)} HTTP/1.1\r\n${kHost}\r\n`], 414),
  'a header of 20 KiB': ({ url }) =>
    refused(url, [`GET /healthz HTTP/1.1\r\n${kHost}X: ${'a'.repeat(20_480)}\r\n\r\n`], 400),
  'a thousand headers': ({ url }) =>
    refused(url, [`GET /healthz HTTP/1.1\r\n${kHost}${'X: y\r\n'.repeat(1000)}\r\n`], 400),
  'two hosts': ({ url }) => refused(url, [`GET /healthz HTTP/1.1\r\n${kHost}${kHost}\r\n`], 400),
  'a GET with a body': ({ url }) =>
    refused(url, [`GET /healthz HTTP/1.1\r\n${kHost}Content-Length: 3\r\n\r\nabc`], 400),
  'a body with an encoding': ({ url }) => {
    const body = gzipSync(Buffer.alloc(1 << 20));
    return refused(
      url,
      [`${kPostManifest}Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n`, body],
      415,
    );
  },
  multipart: ({ url }) =>
    refused(
      url,
      [
        `POST /api/v1/submissions HTTP/1.1\r\n${kHost}Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5\r\n\r\n--x--`,
      ],
      415,
    ),
  'a manifest announced with a gigabyte': ({ url }) =>
    refused(url, [`${kPostManifest}Content-Length: 1073741824\r\n\r\n[[[[`], 413),
  'a manifest in endless chunks': ({ url }) =>
    refused(
      url,
      [
        `${kPostManifest}Transfer-Encoding: chunked\r\n\r\n`,
        ...Array.from({ length: 40 }, () => `2000\r\n${'['.repeat(0x2000)}\r\n`),
      ],
      413,
    ),
  'chunks whose size is no plain hexadecimal number': async ({ url }) => {
    for (const size of ['-2', '+2', '0x2', ' 2', '2 ', '2\n', '', 'g', 'fffffffff']) {
      await refused(
        url,
        [`${kPostManifest}Transfer-Encoding: chunked\r\n\r\n${size}\r\nab\r\n0\r\n\r\n${kGet}`],
        400,
      );
    }
  },
  'chunks, an extension and a trailer, and a request after them': async ({ url }) => {
    const body = '3;name=value\r\na.b\r\n0\r\nX-Trailer: 1\r\n\r\n';
    const { answers } = await exchange(url, [
      `POST /nothing HTTP/1.1\r\n${kHost}Transfer-Encoding: chunked\r\n\r\n${body}`,
      kGet,
    ]);
    assert.equal(answers[0].status, 404);
  },
  'a second request hidden in a refused body': async ({ url }) => {
    const { answers } = await exchange(url, [
      `POST /nothing HTTP/1.1\r\n${kHost}Content-Length: ${kGet.length}\r\n\r\n${kGet}`,
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      [404],
    );
  },
  'a range': async ({ url }) => {
    const { answers } = await exchange(url, [
      `GET /openapi.json HTTP/1.1\r\n${kHost}Range: bytes=0-1,1-2,2-3,0-\r\nConnection: close\r\n\r\n`,
    ]);
    assert.equal(answers[0].status, 200);
    assert.ok(JSON.parse(answers[0].body));
  },
  'no exception text, and no other detail, in a refusal': async ({ url }) => {
    const { answers } = await exchange(url, [`${kPostManifest}Content-Length: 3\r\n\r\na.b`]);
    assert.deepEqual(
      Object.keys(JSON.parse(answers[0].body))
        .filter((key) => key !== 'offset')
        .sort(),
      ['code', 'status', 'title', 'type'],
    );
    assert.equal(
      [...answers[0].headers.keys()].some((name) => name.includes('exception')),
      false,
    );
  },
  'kept-alive requests, one after another': async ({ url }) => {
    const first = await exchange(url, [kGet], { waitMs: 300 });
    assert.equal(first.closed, false);
    const { pathname } = new URL('/healthz', url);
    for (let i = 0; i < 20; i += 1) assert.equal((await fetch(new URL(pathname, url))).status, 200);
  },
  'a client that sends its headers byte by byte': ({ url }) =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      const started = Date.now();
      const timer = setInterval(() => socket.write('X'), 500);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        clearInterval(timer);
        if (Date.now() - started < 20_000) resolve();
        else reject(new Error('a slow client was waited for longer than 20 s'));
      });
      setTimeout(() => socket.destroy(), 25_000).unref();
    }),
  'fifty idle connections while others are served': async ({ url }) => {
    const idle = Array.from({ length: 50 }, () =>
      connect(Number(new URL(url).port), '127.0.0.1').on('error', () => undefined),
    );
    await new Promise((resolve) => {
      setTimeout(resolve, 200);
    });
    const started = Date.now();
    assert.equal((await fetch(`${url}/healthz`)).status, 200);
    assert.ok(Date.now() - started < 1000);
    for (const socket of idle) socket.destroy();
  },
};

const server = await ServerProcess.prepare();
let passed = 0;
const failures = [];
try {
  await server.start();
  for (const [name, run] of Object.entries(kCases)) {
    try {
      await run(server);
      assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
      passed += 1;
    } catch (problem) {
      failures.push(`${name}: ${problem.message}`);
    }
  }
  if ((await server.end('SIGTERM')) !== 0) failures.push('the server did not stop in order');
  for (const line of server.log.split('\n').filter(Boolean)) {
    const { route, method } = JSON.parse(line);
    if (!/^(none|file|\/[a-z0-9/{}.]*)$/.test(route) || !/^([A-Z]+|other)$/.test(method))
      failures.push(`a log line repeats the request: ${line}`);
  }
} finally {
  await server.remove();
}
for (const failure of failures) console.error(failure);
console.log(`hostile: ${Object.keys(kCases).length} cases, ${passed} pass`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
