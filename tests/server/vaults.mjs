// Backups of vaults over real sockets: large ones in little memory, races, breaks, framing.
//
// LANDFALL_PROGRAM names the program.

import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { exchange } from './support/raw-http.mjs';
import { kOrigin, ServerProcess } from './support/server-process.mjs';
import { sha256Hex, signDocument } from './support/signing.mjs';
import { backupFiles, newVault, nextVersion, putVersion } from './support/vaults.mjs';

const kLargest = 64 << 20;
const kMostMoreKib = 16 * 1024;

const peakKib = (server) =>
  Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))[1]);
const pathOf = (server, vault) => `${server.url}/api/v1/vaults/${vault.id}`;
const codeOf = async (response) => (await response.json()).code;

async function largeOne(server) {
  const vault = newVault();
  const small = newVault();
  await putVersion(server.url, small, nextVersion(small, 10), null);
  const before = peakKib(server);
  const version = nextVersion(vault, kLargest);
  const put = await putVersion(server.url, vault, version, null);
  assert.equal(put.status, 201);
  assert.equal(put.headers.get('ETag'), `"${version.sha256}"`);

  const head = await fetch(pathOf(server, vault), { method: 'HEAD' });
  assert.equal(head.headers.get('Content-Length'), String(kLargest));
  assert.equal((await head.arrayBuffer()).byteLength, 0);
  const got = await fetch(pathOf(server, vault));
  assert.equal(got.status, 200);
  assert.equal(sha256Hex(Buffer.from(await got.arrayBuffer())), version.sha256);
  const known = await fetch(pathOf(server, vault), {
    headers: { 'If-None-Match': `"${version.sha256}"` },
  });
  assert.equal(known.status, 304);
  assert.equal(known.headers.get('Vault-Statement'), version.statement);

  const tooLarge =
    `PUT /api/v1/vaults/${small.id} HTTP/1.1\r\nHost: x\r\nIf-Match: "${small.sent[0].sha256}"\r\n` +
    `Content-Type: application/octet-stream\r\nVault-Statement: ${nextVersion(small, 10).statement}\r\n` +
    `Content-Length: ${kLargest + 1}\r\n\r\n`;
  const { answers } = await exchange(server.url, [tooLarge]);
  assert.equal(answers[0]?.status, 413);
  const more = peakKib(server) - before;
  assert.ok(more <= kMostMoreKib, `${more} KiB more for ${kLargest} bytes`);
  return `${kLargest} bytes both ways with ${more} KiB more`;
}

async function race(server) {
  let rounds = 0;
  for (; rounds < 10; rounds += 1) {
    const vault = newVault();
    const first = nextVersion(vault, 1000);
    assert.equal((await putVersion(server.url, vault, first, null)).status, 201);
    vault.counter = 1;
    const versions = Array.from({ length: 6 }, () => {
      vault.counter = 1;
      return nextVersion(vault, 100_000);
    });
    const answers = await Promise.all(
      versions.map((version) => putVersion(server.url, vault, version, first)),
    );
    const winners = versions.filter((_, at) => answers[at].status === 204);
    assert.equal(winners.length, 1);
    for (const answer of answers.filter(({ status }) => status !== 204)) {
      assert.equal(answer.status, 412);
      assert.equal(answer.headers.get('ETag'), `"${winners[0].sha256}"`);
      assert.equal(await codeOf(answer), 'vault_changed');
    }
    const kept = Buffer.from(await (await fetch(pathOf(server, vault))).arrayBuffer());
    assert.equal(sha256Hex(kept), winners[0].sha256);
  }
  return `${rounds} races of 6, one winner each`;
}

async function creationRace(server) {
  const vaults = Array.from({ length: 6 }, newVault);
  for (const vault of vaults) vault.id = vaults[0].id;
  const answers = await Promise.all(
    vaults.map((vault) => putVersion(server.url, vault, nextVersion(vault, 50_000), null)),
  );
  const statuses = answers.map(({ status }) => status).sort();
  assert.deepEqual(statuses, [201, 403, 403, 403, 403, 403]);
  return 'of six keys that take one id at once, one has it';
}

async function deletion(server) {
  const vault = newVault();
  const version = nextVersion(vault, 5000);
  await putVersion(server.url, vault, version, null);
  const statement = signDocument(
    'landfall-backup',
    { aud: kOrigin, vault: vault.id, counter: 2, deleted: true, sign_key: vault.key.public },
    vault.key,
  );
  const gone = await fetch(pathOf(server, vault), {
    method: 'DELETE',
    headers: { 'If-Match': `"${version.sha256}"`, 'Vault-Statement': statement },
  });
  assert.equal(gone.status, 204);
  assert.equal((await fetch(pathOf(server, vault))).status, 404);
  const again = await putVersion(server.url, vault, version, null);
  assert.equal(again.status, 409);
  assert.equal(await codeOf(again), 'vault_counter_used');
  return 'a deleted backup is gone, and its old statement does not bring it back';
}

async function chunkedAndBroken(server) {
  const vault = newVault();
  const version = nextVersion(vault, 6);
  const head = (framing) =>
    `PUT /api/v1/vaults/${vault.id} HTTP/1.1\r\nHost: x\r\nIf-None-Match: *\r\n` +
    `Content-Type: application/vnd.age\r\nVault-Statement: ${version.statement}\r\n${framing}\r\n\r\n`;
  const filesBefore = backupFiles(server.data).length;
  const half = [head('Content-Length: 6'), version.bytes.subarray(0, 3)];
  await exchange(server.url, half, { waitMs: 300 });
  await new Promise((resolve) => {
    setTimeout(resolve, 300);
  });
  assert.equal((await fetch(pathOf(server, vault))).status, 404);
  assert.equal(backupFiles(server.data).length, filesBefore);

  const chunks = Buffer.concat([Buffer.from('6\r\n'), version.bytes, Buffer.from('\r\n0\r\n\r\n')]);
  const whole = [head('Transfer-Encoding: chunked'), chunks];
  const { answers } = await exchange(server.url, whole);
  assert.equal(answers[0]?.status, 201);
  assert.equal((await fetch(pathOf(server, vault))).status, 200);
  return 'a body in chunks is kept, half of one is not';
}

async function preflight(server) {
  const asked = await fetch(pathOf(server, newVault()), {
    method: 'OPTIONS',
    headers: {
      Origin: 'https://portal.example',
      'Access-Control-Request-Method': 'PUT',
      'Access-Control-Request-Headers': 'if-match,vault-statement',
    },
  });
  assert.equal(asked.status, 204);
  assert.match(asked.headers.get('Access-Control-Allow-Methods'), /\bPUT\b/);
  assert.match(asked.headers.get('Access-Control-Allow-Headers'), /If-Match.*Vault-Statement/);
  return 'a page of another origin may put';
}

const kTests = [largeOne, race, creationRace, deletion, chunkedAndBroken, preflight];
const server = await ServerProcess.prepare();
let passed = 0;
try {
  await server.start();
  for (const test of kTests) {
    try {
      console.log(`vaults: ${await test(server)}`);
      passed += 1;
    } catch (problem) {
      console.error(`vaults: ${test.name}: ${problem.stack}`);
    }
  }
} finally {
  await server.remove();
}
console.log(`vaults: ${passed} of ${kTests.length} passed`);
process.exitCode = passed === kTests.length ? 0 : 1;
