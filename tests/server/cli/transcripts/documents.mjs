// Landfall's signed documents made a second time, in JavaScript with jose: what the program must
// take when they are right and refuse when they are not.

import { createHash, createPrivateKey, randomBytes, sign as signBytes } from 'node:crypto';

import { succeed } from './harness.mjs';
import { CompactSign, calculateJwkThumbprint, importJWK } from './jose.mjs';

export const kOrigin = 'landfall.localhost/log';

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const hex = (bytes) => Buffer.from(bytes).toString('hex');

/** RFC 8785: ECMAScript's own JSON with the members in order. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort();
  return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}

/** The JWK of a signing key that `landfall keygen` wrote. */
export function jwkOf(key) {
  return { kty: 'OKP', crv: 'Ed25519', x: key.public, d: key.secret };
}

/** Its public half, as jose imports it to verify with. */
export function publicJwkOf(key) {
  return { kty: 'OKP', crv: 'Ed25519', x: key.public };
}

/** Makes a key in `folder` and returns what its file says. */
export function makeKey(folder, role, name, more = []) {
  succeed(['keygen', role, '--development', '-o', folder.file(`${name}.json`), ...more]);
  return JSON.parse(folder.read(`${name}.json`));
}

/** A compact JWS by jose: header exactly {alg, kid, typ} unless `header` says otherwise. */
export async function signDocument(typ, payload, key, header = {}) {
  const jwk = jwkOf(key);
  const kid = await calculateJwkThumbprint(jwk);
  const text = typeof payload === 'string' ? payload : canonical(payload);
  return new CompactSign(Buffer.from(text))
    .setProtectedHeader({ alg: 'EdDSA', kid, typ, ...header })
    .sign(await importJWK(jwk, 'EdDSA'));
}

/** A checkpoint as a C2SP signed note. */
export function signCheckpoint(origin, size, root, key) {
  const text = `${origin}\n${size}\n${Buffer.from(root).toString('base64')}\n`;
  const publicBytes = Buffer.from(key.public, 'base64url');
  const id = sha256(Buffer.concat([Buffer.from(`${origin}\n\x01`), publicBytes])).subarray(0, 4);
  const secret = createPrivateKey({ key: jwkOf(key), format: 'jwk' });
  const signature = signBytes(null, Buffer.from(text), secret);
  return `${text}\n\u2014 ${origin} ${Buffer.concat([id, signature]).toString('base64')}\n`;
}

/** The RFC 6962 hash under which the log holds a receipt body. */
export function leafHash(body) {
  return sha256(Buffer.concat([Buffer.from([0]), sha256(canonical(body))]));
}

const nodeHash = (left, right) => sha256(Buffer.concat([Buffer.from([1]), left, right]));

export async function makeCertificate(agency, receiptKey, changes = {}) {
  return signDocument(
    'landfall-cert',
    {
      aud: kOrigin,
      role: 'receipt',
      key: receiptKey.public,
      not_before: '2026-01-01T00:00:00Z',
      not_after: '2027-12-31T00:00:00Z',
      development: true,
      ...changes,
    },
    agency,
  );
}

/**
 * A full receipt, second of two entries of its log.
 * @param {{agency: object, receipt: object}} keys
 * @param {{body?: object, cert?: string, log?: object, short?: object}} changes
 */
export async function makeReceipt(keys, changes = {}) {
  const body = {
    manifest_sha256: hex(sha256('a manifest')),
    case_number: '115110000013',
    received_at: '2026-11-21T07:00:00Z',
    amount_due: { amount: 600, currency: 'TWD' },
    salt: randomBytes(16).toString('base64url'),
    ...changes.body,
  };
  const sibling = sha256('another leaf');
  const root = nodeHash(sibling, leafHash(body));
  const { salt: _salt, ...facts } = body;
  const short = { aud: kOrigin, kind: 'short', ...facts, ...changes.short };
  return signDocument(
    'landfall-receipt',
    {
      aud: kOrigin,
      cert: changes.cert ?? (await makeCertificate(keys.agency, keys.receipt)),
      log: {
        origin: kOrigin,
        index: 1,
        tree_size: 2,
        proof: [hex(sibling)],
        checkpoint: signCheckpoint(kOrigin, 2, root, keys.receipt),
        ...changes.log,
      },
      receipt_body: body,
      short: await signDocument('landfall-receipt', short, keys.receipt),
    },
    keys.receipt,
  );
}

export async function makeIndex(agency, receiptKey, changes = {}) {
  return signDocument(
    'landfall-index',
    {
      aud: kOrigin,
      serial: 7,
      issued: '2026-11-21T00:00:00Z',
      expires: '2099-01-01T00:00:00Z',
      development: true,
      packages: [],
      recipients: { case_office: [], helpdesk: [] },
      receipt_keys: [
        {
          key: receiptKey.public,
          not_before: '2026-01-01T00:00:00Z',
          not_after: '2027-12-31T00:00:00Z',
        },
      ],
      revoked: [],
      ...changes,
    },
    agency,
  );
}
