// Landfall documents signed and read with Node's own crypto: a second implementation of the formats.

import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

const kSeedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const kPublicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

export const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
export const sha256Hex = (bytes) => sha256(bytes).toString('hex');

/** Canonical JSON for what these tests sign: ASCII names, whole numbers, plain text. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(',')}}`;
}

/** An Ed25519 key from its 32-byte seed. */
export function signingKey(seed) {
  const secret = createPrivateKey({
    key: Buffer.concat([kSeedPrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const raw = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(-32);
  const x = raw.toString('base64url');
  const kid = sha256(Buffer.from(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)).toString('base64url');
  return { secret, public: x, kid };
}

export function signDocument(type, payload, key) {
  const part = (value) => Buffer.from(canonical(value)).toString('base64url');
  const input = `${part({ alg: 'EdDSA', kid: key.kid, typ: type })}.${part(payload)}`;
  return `${input}.${sign(null, Buffer.from(input), key.secret).toString('base64url')}`;
}

/** The payload of a document, or null when `publicKey` (base64url) did not sign it. */
export function readDocument(text, publicKey) {
  const [header, payload, signature] = text.split('.');
  const der = Buffer.concat([kPublicPrefix, Buffer.from(publicKey, 'base64url')]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  const input = Buffer.from(`${header}.${payload}`);
  if (!verify(null, input, key, Buffer.from(signature, 'base64url'))) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString());
}

/** The RFC 6962 root that `proof` gives for `leaf` at `index` in a tree of `size`; null if it does not fit. */
export function rootFromProof(index, size, leaf, proof) {
  let hash = leaf;
  let position = index;
  let last = size - 1;
  for (const sibling of proof) {
    if (last === 0) return null;
    if (position % 2 === 1 || position === last) {
      hash = sha256(Buffer.concat([Buffer.from([1]), sibling, hash]));
      while (position % 2 === 0 && position !== 0) {
        position = Math.floor(position / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = sha256(Buffer.concat([Buffer.from([1]), hash, sibling]));
    }
    position = Math.floor(position / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

/** The log's leaf hash of a receipt body. */
export function receiptLeaf(body) {
  return sha256(Buffer.concat([Buffer.from([0]), sha256(Buffer.from(canonical(body)))]));
}
