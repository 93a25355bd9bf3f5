/** An agency for tests: keys of its own, and every document it signs. Nothing here is used outside of tests. */

import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

export type Json =
  null | boolean | number | string | readonly Json[] | { readonly [member: string]: Json };

/** RFC 8785 for what the tests write: no fractions, no characters outside of the BMP in names. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map((item: Json) => canonical(item)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value as Record<string, Json>).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  return `{${members.map(([name, item]) => `${JSON.stringify(name)}:${canonical(item)}`).join(',')}}`;
}

export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export interface SigningKey {
  readonly key: KeyObject;
  /** base64url. */
  readonly public: string;
  readonly kid: string;
}

/** An Ed25519 key whose seed is 32 times the byte `seed`. */
export function signingKey(seed: number): SigningKey {
  const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
  const der = Buffer.concat([prefix, Buffer.alloc(32, seed)]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  const x = String(jwk['x']);
  const kid = createHash('sha256')
    .update(`{"crv":"Ed25519","kty":"OKP","x":"${x}"}`)
    .digest('base64url');
  return { key, public: x, kid };
}

/** A compact JWS as all our documents are. */
export function signDocument(type: string, payload: Json, by: SigningKey): string {
  const header = canonical({ alg: 'EdDSA', kid: by.kid, typ: type });
  const input = [header, canonical(payload)]
    .map((text) => Buffer.from(text).toString('base64url'))
    .join('.');
  return `${input}.${sign(null, Buffer.from(input), by.key).toString('base64url')}`;
}

export const kAudience = 'landfall.test/log';
export const kRoot = signingKey(1);
export const kReceiptKey = signingKey(2);
export const kDeskKey = signingKey(4);
export const kStranger = signingKey(9);

export const kAlways = {
  not_before: '2020-01-01T00:00:00Z',
  not_after: '2099-01-01T00:00:00Z',
};

export interface PublishedPackage {
  readonly digest: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Text files by digest. */
  readonly texts: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  readonly signature: string;
  readonly form_id: string;
  readonly version: string;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, 'utf8'));
}

/** Publishes a package whose texts are its own keys, in zh-Hant and en. */
export function publish(
  sources: {
    readonly form: Json;
    readonly documents: Json;
    readonly fees: Json;
    readonly migrations?: Json;
  },
  form_id: string,
  version: string,
): PublishedPackage {
  const texts = new Map<string, Uint8Array<ArrayBuffer>>();
  const references: Record<string, Json> = {};
  for (const locale of ['zh-Hant', 'en']) {
    const bytes = bytesOf(canonical({ 'form.title': `Title (${locale})` }));
    texts.set(sha256Hex(bytes), bytes);
    references[locale] = { digest: sha256Hex(bytes), size: bytes.length };
  }
  const text = canonical({
    format: 'landfall-package/1',
    ...sources,
    workflow: { routes: [], states: [] },
    texts: references,
  });
  const bytes = bytesOf(text);
  const digest = sha256Hex(bytes);
  const statement = {
    aud: kAudience,
    form_id,
    version,
    digest,
    development: true,
  };
  const signature = signDocument('landfall-package', statement, kRoot);
  return { digest, bytes, texts, signature, form_id, version };
}

/** What one root key certifies of another. */
export function signCertificate(
  by: SigningKey,
  of: SigningKey,
  role: string,
  not_before: string,
  not_after: string,
): string {
  const times = { not_before, not_after };
  return signDocument(
    'landfall-cert',
    { aud: kAudience, role, key: of.public, ...times, development: true },
    by,
  );
}

/** What a desk says of a submission; `by` is certified as a desk's by `root`. */
export function signMessage(
  manifest_sha256: string,
  counter: number,
  kind: string,
  { by = kDeskKey, root = kRoot, role = 'desk' } = {},
): string {
  const { not_before, not_after } = kAlways;
  const cert = signCertificate(root, by, role, not_before, not_after);
  const issued = '2026-11-22T08:00:00Z';
  return signDocument(
    'landfall-message',
    { aud: kAudience, cert, counter, issued, kind, manifest_sha256 },
    by,
  );
}

export interface IndexFacts {
  readonly serial: number;
  /** The log's name; kAudience when absent. */
  readonly aud?: string;
  readonly packages: readonly PublishedPackage[];
  readonly caseOffice: readonly string[];
  readonly expires?: string;
  readonly receiptKeys?: readonly SigningKey[];
  readonly revoked?: readonly string[];
}

export function signIndex(facts: IndexFacts, by: SigningKey = kRoot): string {
  const packages = facts.packages.map(({ form_id, version, digest, bytes, signature }) => ({
    form_id,
    version,
    digest,
    size: bytes.length,
    signature,
  }));
  return signDocument(
    'landfall-index',
    {
      aud: facts.aud ?? kAudience,
      serial: facts.serial,
      issued: '2026-01-01T00:00:00Z',
      expires: facts.expires ?? '2099-01-01T00:00:00Z',
      development: true,
      packages,
      recipients: {
        case_office: facts.caseOffice.map((recipient) => ({
          recipient,
          ...kAlways,
        })),
        helpdesk: [],
      },
      receipt_keys: (facts.receiptKeys ?? [kReceiptKey]).map((key) => ({
        key: key.public,
        ...kAlways,
      })),
      revoked: [...(facts.revoked ?? [])],
    },
    by,
  );
}

function sha256(...pieces: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(pieces)).digest();
}

/** The checkpoint of a log with one entry, as a signed note. */
function checkpoint(root: Buffer): string {
  const text = `${kAudience}\n1\n${root.toString('base64')}\n`;
  const raw = Buffer.from(kReceiptKey.public, 'base64url');
  const id = sha256(Buffer.from(`${kAudience}\n`), Buffer.from([1]), raw).subarray(0, 4);
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), kReceiptKey.key)]);
  return `${text}\n\u2014 ${kAudience} ${signature.toString('base64')}\n`;
}

/** A full receipt for the manifest with this digest; `by` another key makes a forgery. */
export function signReceipt(
  manifest_sha256: string,
  case_number: string,
  by: SigningKey = kReceiptKey,
  root: SigningKey = kRoot,
): string {
  const facts = {
    manifest_sha256,
    case_number,
    received_at: '2026-11-21T07:00:00Z',
    amount_due: { amount: 600, currency: 'TWD' },
  };
  const body = { ...facts, salt: Buffer.alloc(16, 7).toString('base64url') };
  const leaf = sha256(Buffer.from([0]), sha256(Buffer.from(canonical(body))));
  const certificate = {
    aud: kAudience,
    role: 'receipt',
    key: kReceiptKey.public,
    ...kAlways,
  };
  return signDocument(
    'landfall-receipt',
    {
      aud: kAudience,
      cert: signDocument('landfall-cert', { ...certificate, development: true }, root),
      log: {
        origin: kAudience,
        index: 0,
        tree_size: 1,
        proof: [],
        checkpoint: checkpoint(leaf),
      },
      receipt_body: body,
      short: signDocument('landfall-receipt', { aud: kAudience, kind: 'short', ...facts }, by),
    },
    by,
  );
}
