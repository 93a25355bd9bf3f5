// The rules of shared/vectors/tus-protocol, by id: each sends its requests and says what was wrong.
//
// A rule's function gets {url, endpoint} and throws when the server breaks the rule; it returns
// kNotOffered when the rule is about an extension the server does not announce.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { breakOff, exchange } from './raw-http.mjs';

export const kNotOffered = Symbol('not offered');

const kVersion = { 'Tus-Resumable': '1.0.0' };
const kChunk = { 'Content-Type': 'application/offset+octet-stream' };
const kHello = 'hello world';
const kHelloSha1 = 'sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=';
const base64 = (text) => Buffer.from(text).toString('base64');

async function send(url, method, headers = {}, body = undefined) {
  const response = await fetch(url, { method, headers, body, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, text, header: (name) => response.headers.get(name) };
}

async function create({ endpoint }, length, headers = {}, body = undefined) {
  const made = await send(
    endpoint,
    'POST',
    { ...kVersion, 'Upload-Length': String(length), ...headers },
    body,
  );
  assert.equal(made.status, 201, made.text);
  return new URL(made.header('Location'), endpoint).href;
}

const patch = (upload, offset, body, headers = {}) =>
  send(
    upload,
    'PATCH',
    { ...kVersion, ...kChunk, 'Upload-Offset': String(offset), ...headers },
    body,
  );

async function offsetOf(upload) {
  const head = await send(upload, 'HEAD', kVersion);
  assert.equal(head.status, 200);
  return Number(head.header('Upload-Offset'));
}

async function extensions({ endpoint }) {
  const options = await send(endpoint, 'OPTIONS');
  return (options.header('Tus-Extension') ?? '').split(',').filter(Boolean);
}

const announces = (name) => async (server) => assert.ok((await extensions(server)).includes(name));
const onlyIfOffered = (name, rule) => async (server) =>
  (await extensions(server)).includes(name) ? rule(server) : kNotOffered;
const notOfferedHere = (name) =>
  onlyIfOffered(name, () =>
    assert.fail(`${name} is announced, but this runner has no check for it`),
  );

const checksumRules = {
  'chk-02': async (server) => {
    const upload = await create(server, 11);
    const answer = await patch(upload, 0, kHello, { 'Upload-Checksum': kHelloSha1 });
    assert.equal(answer.status, 204);
    assert.equal(await offsetOf(upload), 11);
  },
  'chk-05': async (server) => {
    const upload = await create(server, 11);
    for (const checksum of ['sha1', 'sha1 !!not-base64!!', 'sha1=', ' ']) {
      const answer = await patch(upload, 0, kHello, { 'Upload-Checksum': checksum });
      assert.equal(answer.status, 400, checksum);
      assert.equal(await offsetOf(upload), 0);
    }
  },
  'chk-06': async (server) => {
    const options = await send(server.endpoint, 'OPTIONS');
    const offered = options.header('Tus-Checksum-Algorithm').split(',');
    assert.ok(offered.includes('sha256'));
    for (const algorithm of offered) {
      const upload = await create(server, 11);
      const digest = createHash(algorithm).update(kHello).digest('base64');
      const wrong = createHash(algorithm).update('another').digest('base64');
      assert.equal(
        (await patch(upload, 0, kHello, { 'Upload-Checksum': `${algorithm} ${wrong}` })).status,
        460,
      );
      assert.equal(
        (await patch(upload, 0, kHello, { 'Upload-Checksum': `${algorithm} ${digest}` })).status,
        204,
      );
    }
  },
  'chk-07': notOfferedHere('checksum-trailer'),
  'chk-09': async (server) => {
    const upload = await create(server, 11);
    assert.equal(
      (await patch(upload, 0, 'hello_world', { 'Upload-Checksum': kHelloSha1 })).status,
      460,
    );
    assert.equal((await patch(upload, 0, kHello, { 'Upload-Checksum': kHelloSha1 })).status, 204);
  },
};

const optionsRules = {
  'core-01': async ({ endpoint }) => {
    const options = await send(endpoint, 'OPTIONS');
    assert.ok([200, 204].includes(options.status));
    assert.ok(options.header('Tus-Version').split(',').includes('1.0.0'));
  },
  'core-03': async (server) => {
    const known = ['creation', 'creation-with-upload', 'checksum', 'expiration', 'termination'];
    assert.deepEqual((await extensions(server)).sort(), known.sort());
  },
  'core-05': async ({ endpoint }) => {
    const options = await send(endpoint, 'OPTIONS');
    assert.match(options.header('Tus-Version'), /^\d+\.\d+\.\d+(,\d+\.\d+\.\d+)*$/);
  },
  'core-06': async (server) => {
    const upload = await create(server, 3);
    const missing = upload.replace(/[0-9a-f]{32}$/, '0'.repeat(32));
    for (const [target, method] of [
      [server.endpoint, 'POST'],
      [upload, 'HEAD'],
      [upload, 'PATCH'],
      [missing, 'HEAD'],
      [missing, 'PATCH'],
      [missing, 'DELETE'],
      [upload, 'DELETE'],
    ]) {
      assert.equal(
        (await send(target, method, kVersion)).header('Tus-Resumable'),
        '1.0.0',
        `${method} ${target}`,
      );
    }
    assert.equal((await send(server.endpoint, 'POST', {})).header('Tus-Resumable'), '1.0.0');
  },
  'cre-01': announces('creation'),
  'cwu-01': async (server) => {
    const offered = await extensions(server);
    assert.ok(!offered.includes('creation-with-upload') || offered.includes('creation'));
  },
  'exp-04': announces('expiration'),
  'ter-05': announces('termination'),
  'htp-02': async ({ endpoint }) => {
    const answer = await send(endpoint, 'OPTIONS', {
      Origin: 'https://portal.example',
      'Access-Control-Request-Method': 'PATCH',
      'Access-Control-Request-Headers': 'tus-resumable',
    });
    const methods = answer.header('Access-Control-Allow-Methods');
    for (const method of ['POST', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'])
      assert.ok(methods.includes(method), method);
    const exposed = answer.header('Access-Control-Expose-Headers');
    for (const name of [
      'Upload-Offset',
      'Location',
      'Upload-Length',
      'Tus-Resumable',
      'Tus-Version',
    ])
      assert.ok(exposed.includes(name), name);
  },
};

const headAndPatchRules = {
  'core-12': async (server) => {
    const upload = await create(server, 11, kChunk, kHello);
    const head = await send(upload, 'HEAD', kVersion);
    assert.equal(head.header('Upload-Offset'), head.header('Upload-Length'));
  },
  'core-13': async (server) => {
    const head = await send(await create(server, 11), 'HEAD', kVersion);
    assert.equal(head.header('Upload-Length'), '11');
  },
  'core-17': async (server) => {
    const upload = await create(server, 11);
    // As bytes: fetch would add a type of its own.
    assert.equal(
      (await send(upload, 'PATCH', { ...kVersion, 'Upload-Offset': '0' }, Buffer.from(kHello)))
        .status,
      415,
    );
    assert.equal(await offsetOf(upload), 0);
  },
  'core-18': async (server) => {
    const upload = await create(server, 22);
    await patch(upload, 0, kHello);
    assert.equal((await patch(upload, 5, kHello)).status, 409);
    assert.equal(await offsetOf(upload), 11);
  },
  'core-19': async (server) => {
    const upload = await create(server, 22);
    assert.equal((await patch(upload, 5, kHello)).status, 409);
    assert.equal(await offsetOf(upload), 0);
  },
  'core-22': async (server) => {
    const upload = (await create(server, 1)).replace(/[0-9a-f]{32}$/, 'f'.repeat(32));
    assert.ok([404, 410, 403].includes((await patch(upload, 0, 'x')).status));
  },
  'core-24': async (server) => {
    const bytes = randomBytes(400_000);
    const upload = await create(server, bytes.length);
    const { pathname, host } = new URL(upload);
    const head = `PATCH ${pathname} HTTP/1.1\r\nHost: ${host}\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\nContent-Length: ${bytes.length}\r\n\r\n`;
    await breakOff(server.url, head, bytes.subarray(0, 250_000));
    let offset = 0;
    for (let attempt = 0; attempt < 50 && offset === 0; attempt += 1) {
      offset = await offsetOf(upload);
      await new Promise((resolve) => {
        setTimeout(resolve, 50);
      });
    }
    assert.ok(offset > 0 && offset <= 250_000, `offset ${offset}`);
    assert.equal((await patch(upload, offset, bytes.subarray(offset))).status, 204);
    assert.equal(await offsetOf(upload), bytes.length);
  },
  'core-25': async (server) => {
    const bytes = randomBytes(150_000);
    const upload = await create(server, bytes.length, {
      'Upload-Metadata': `sha256 ${base64(createHash('sha256').update(bytes).digest('hex'))}`,
    });
    let offset = 0;
    for (const size of [1, 2, 3, 1000, 65_536, 7, bytes.length]) {
      const answer = await patch(upload, offset, bytes.subarray(offset, offset + size));
      assert.equal(answer.status, 204);
      offset = Number(answer.header('Upload-Offset'));
    }
    assert.equal(offset, bytes.length);
  },
  'core-28': async (server) => {
    const upload = await create(server, 11);
    const head = await send(upload, 'POST', { ...kVersion, 'X-HTTP-Method-Override': 'HEAD' });
    assert.equal(head.header('Upload-Offset'), '0');
    const remove = await send(upload, 'POST', { ...kVersion, 'X-HTTP-Method-Override': 'DELETE' });
    assert.equal(remove.status, 204);
    assert.ok([404, 410].includes((await send(upload, 'HEAD', kVersion)).status));
  },
  'core-29': async (server) => {
    const upload = await create(server, 11, kChunk, kHello);
    const answer = await patch(upload, 11, '');
    assert.ok(answer.status === 204 || (answer.status >= 400 && answer.status < 500));
    assert.equal(await offsetOf(upload), 11);
  },
  'core-30': async (server) => {
    for (let round = 0; round < 5; round += 1) {
      const one = Buffer.alloc(200_000, 'a');
      const two = Buffer.alloc(200_000, 'b');
      const upload = await create(server, one.length * 2);
      const answers = await Promise.all([patch(upload, 0, one), patch(upload, 0, two)]);
      const statuses = answers.map(({ status }) => status).sort();
      assert.equal(statuses[0], 204);
      assert.ok([409, 423].includes(statuses[1]), String(statuses));
      assert.equal(await offsetOf(upload), one.length);
    }
  },
  'core-32': async ({ endpoint }) => {
    const made = await send(endpoint, 'POST', { ...kVersion, 'Upload-Length': '9007199254740993' });
    if (made.status === 413) return;
    assert.equal(made.status, 201);
    const head = await send(new URL(made.header('Location'), endpoint).href, 'HEAD', kVersion);
    assert.equal(head.header('Upload-Length'), '9007199254740993');
  },
};

const creationRules = {
  'cre-02': async (server) => assert.equal(await offsetOf(await create(server, 100)), 0),
  'cre-04': async ({ endpoint }) =>
    assert.equal(
      (await send(endpoint, 'POST', { ...kVersion, 'Upload-Defer-Length': '2' })).status,
      400,
    ),
  'cre-09': async (server) => {
    const metadata = `is_confidential,empty ,filename ${base64('簽名照.jpg')}`;
    const upload = await create(server, 1, { 'Upload-Metadata': metadata });
    assert.equal((await send(upload, 'HEAD', kVersion)).header('Upload-Metadata'), metadata);
  },
  'cre-11': async ({ endpoint }) => {
    for (const value of ['a\r\nX-Evil: 1', '\0', '../../etc/passwd', 'x'.repeat(10_240)]) {
      const made = await send(endpoint, 'POST', {
        ...kVersion,
        'Upload-Length': '1',
        'Upload-Metadata': `name ${base64(value)}`,
      });
      assert.ok([201, 400, 413, 431].includes(made.status), String(made.status));
      assert.equal(made.header('X-Evil'), null);
    }
  },
  'cre-12': notOfferedHere('creation-defer-length'),
  'cre-13': notOfferedHere('creation-defer-length'),
  'cre-16': async ({ endpoint }) => {
    const made = await send(endpoint, 'POST', {
      ...kVersion,
      'Upload-Length': '5',
      'Upload-Defer-Length': '1',
    });
    assert.ok(made.status >= 400 && made.status < 500);
  },
  // There are no accounts: who knows an upload's 128-bit id may use it, who guesses finds nothing.
  'cre-17': async (server) => {
    const upload = await create(server, 5);
    const id = upload.slice(-32);
    assert.match(id, /^[0-9a-f]{32}$/);
    const guess = upload.slice(0, -32) + id.slice(0, 31) + (id[31] === '0' ? '1' : '0');
    assert.equal((await send(guess, 'HEAD', kVersion)).status, 404);
    assert.notEqual((await create(server, 5)).slice(-32, -24), id.slice(0, 8));
  },
  'cwu-03': async (server) => {
    const made = await send(
      server.endpoint,
      'POST',
      { ...kVersion, ...kChunk, 'Upload-Length': '11' },
      kHello,
    );
    assert.equal(made.status, 201);
    assert.equal(made.header('Upload-Offset'), '11');
  },
  'cwu-05': async ({ url, endpoint }) => {
    const { pathname, host } = new URL(endpoint);
    const head = `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nTus-Resumable: 1.0.0\r\nUpload-Length: 5\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n`;
    const { answers } = await exchange(url, [head], { waitMs: 500 });
    assert.ok(answers.length > 0);
    assert.ok(answers[0].status === 100 || answers[0].status >= 400);
  },
  'exp-02': async ({ endpoint }) => {
    const made = await send(endpoint, 'POST', { ...kVersion, 'Upload-Length': '5' });
    assert.ok(Date.parse(made.header('Upload-Expires')) > Date.now());
  },
};

const terminationAndHttpRules = {
  'ter-01': async (server) => {
    const answer = await send(await create(server, 5), 'DELETE', kVersion);
    assert.equal(answer.status, 204);
    assert.equal(answer.header('Tus-Resumable'), '1.0.0');
  },
  'ter-06': async (server) => {
    const upload = await create(server, 5);
    assert.ok([400, 412].includes((await send(upload, 'DELETE')).status));
    assert.equal(await offsetOf(upload), 0);
  },
  'htp-04': async (server) => {
    const upload = await create(server, 5);
    const { pathname, host } = new URL(upload);
    const start = `PATCH ${pathname} HTTP/1.1\r\nHost: ${host}\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: 0\r\n`;
    const smuggled = 'GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const framing of [
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345',
      'Content-Length: 5\r\nContent-Length: 5\r\n\r\n12345',
      'Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      'Content-Length: +5\r\n\r\n12345',
    ]) {
      const { answers, closed } = await exchange(server.url, [start + framing + smuggled]);
      assert.equal(answers.length, 1, `${framing}: ${answers.map(({ status }) => status)}`);
      assert.equal(answers[0].status, 400, framing);
      assert.ok(closed, framing);
    }
    assert.equal(await offsetOf(upload), 0);
  },
};

const concatenationRules = Object.fromEntries(
  ['con-04', 'con-06', 'con-08', 'con-10', 'con-11', 'con-12'].map((id) => [
    id,
    notOfferedHere('concatenation'),
  ]),
);

export const kRules = {
  ...checksumRules,
  ...optionsRules,
  ...headAndPatchRules,
  ...creationRules,
  ...terminationAndHttpRules,
  ...concatenationRules,
};

/**
 * Runs the rules of a rules.json against the server at `url`.
 *
 * @returns {Promise<{id: string, outcome: 'pass'|'fail'|'not offered'|'unknown', detail: string}[]>}
 */
export async function runTusRules(url, rules) {
  const server = { url, endpoint: `${url}/api/v1/parts` };
  const results = [];
  for (const { id } of rules) {
    if (!Object.hasOwn(kRules, id)) {
      results.push({ id, outcome: 'unknown', detail: 'no check for this rule' });
      continue;
    }
    try {
      const outcome = await kRules[id](server);
      results.push({ id, outcome: outcome === kNotOffered ? 'not offered' : 'pass', detail: '' });
    } catch (problem) {
      results.push({ id, outcome: 'fail', detail: problem.message });
    }
  }
  return results;
}
