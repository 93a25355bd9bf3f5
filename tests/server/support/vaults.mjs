// Devices of a test that keep a vault's backup on the server, and what must be true of it later.

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { kOrigin } from './server-process.mjs';
import { sha256Hex, signDocument, signingKey } from './signing.mjs';

/** A vault of a new key. `acknowledged` is what the server last said it keeps. */
export function newVault() {
  const key = signingKey(randomBytes(32));
  return { id: randomBytes(32).toString('hex'), key, counter: 0, acknowledged: null, sent: [] };
}

/** The next version of `vault`: random bytes, with the statement that goes with them. */
export function nextVersion(vault, size) {
  vault.counter += 1;
  const bytes = randomBytes(size);
  const sha256 = sha256Hex(bytes);
  const statement = signDocument(
    'landfall-backup',
    {
      aud: kOrigin,
      vault: vault.id,
      counter: vault.counter,
      sha256,
      size,
      sign_key: vault.key.public,
    },
    vault.key,
  );
  const version = { bytes, sha256, statement };
  vault.sent.push(version);
  return version;
}

/** One PUT of `version` in place of `held` (null: the first). Throws when the network fails. */
export function putVersion(url, vault, version, held) {
  return fetch(`${url}/api/v1/vaults/${vault.id}`, {
    method: 'PUT',
    headers: {
      'Content-Type': 'application/octet-stream',
      'Vault-Statement': version.statement,
      ...(held === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${held.sha256}"` }),
    },
    body: version.bytes,
    signal: AbortSignal.timeout(10_000),
  });
}

/** Puts `version` until the server has it, across restarts, or `isOver()`. */
export async function putUntilKept(server, vault, version, isOver = () => false) {
  while (!isOver()) {
    try {
      const response = await putVersion(server.url, vault, version, vault.acknowledged);
      if (response.status === 201 || response.status === 204) {
        vault.acknowledged = version;
        return;
      }
      if (response.status < 500) throw new Error(`${response.status} ${await response.text()}`);
    } catch (problem) {
      if (/^4\d\d /.test(problem.message)) throw problem;
    }
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

/**
 * What is wrong with `vault` on the server: it must hold what was acknowledged, or a version sent
 * after it, whole, with the statement that was sent with it.
 */
export async function checkVault(server, vault, violations) {
  const say = (what) => violations.push(`${vault.id.slice(0, 8)}: ${what}`);
  // Now, because a device may go on while this reads.
  const { acknowledged } = vault;
  const response = await fetch(`${server.url}/api/v1/vaults/${vault.id}`);
  if (response.status === 404) {
    if (acknowledged !== null) say('nothing is kept of what was acknowledged');
    return;
  }
  if (response.status !== 200) return say(`answered ${response.status}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const found = vault.sent.findIndex(({ sha256 }) => sha256 === sha256Hex(bytes));
  if (found < 0) return say(`${bytes.length} bytes that nobody sent`);
  const { sha256, statement } = vault.sent[found];
  if (response.headers.get('ETag') !== `"${sha256}"`) say('the ETag is that of another version');
  if (response.headers.get('Vault-Statement') !== statement) say('the statement is another');
  if (found < vault.sent.indexOf(acknowledged)) say('older than what was acknowledged');
}

/** How many files lie in the folder of backups. */
export function backupFiles(data) {
  const folder = path.join(data, 'vaults');
  return existsSync(folder) ? readdirSync(folder) : [];
}
