/** A server in the same process, with a network in front of it that can be as bad as networks are. */

import { createHash, randomUUID } from 'node:crypto';
import { kReceiptKey, kRoot, sha256Hex, signIndex, signReceipt } from './agency';
import type { PublishedPackage, SigningKey } from './agency';
import { answerRestoredLog, loggedReceipt } from './restored-log';
import type { TestLog } from './restored-log';
import { answerVault } from './vault-server';
import type { Vaults } from './vault-server';
import { readEntry, readTar } from '../../../web/src/offline/tar';

/** What the network makes of one request; null lets it through. */
export type Weather = (
  request: Request,
  toServer: () => Promise<Response>,
) => Promise<Response> | null;

interface StoredUpload {
  readonly sha256: string;
  readonly kid: string;
  readonly length: number;
  bytes: Buffer;
}

export interface Submission {
  readonly manifest: string;
  readonly case_number: string;
}

export interface TestServer {
  readonly fetch: typeof fetch;
  /** What the server itself says, without the network in between. */
  readonly answer: (request: Request) => Promise<Response>;
  /** Every request that got as far as the network, `METHOD path`. */
  readonly seen: string[];
  readonly uploads: Map<string, StoredUpload>;
  /** Whole parts by digest. */
  readonly parts: Map<string, Buffer>;
  /** What the desk said, of whichever submission is asked for. */
  messages: readonly string[];
  readonly submissions: Map<string, Submission>;
  readonly vaults: Vaults;
  weather: Weather;
  packages: readonly PublishedPackage[];
  serial: number;
  caseOffice: readonly string[];
  receiptKeys: readonly SigningKey[];
  /** The root key that signs the index and certifies the receipt key. */
  root: SigningKey;
  /** What is beside the index, once the root was replaced. */
  certificates: readonly string[];
  revoked: readonly string[];
  /** The receipt log; without one each receipt stands alone in a log of its own. */
  log: TestLog | null;
  /** Bytes the server takes of one request before the connection breaks; for tests of resuming. */
  breakAfter: number;
}

export const kClear: Weather = () => null;

/** No network at all. */
export const kOffline: Weather = () => Promise.reject(new TypeError('Failed to fetch'));

function problem(status: number, code: string, more: object = {}): Response {
  const body = JSON.stringify({
    type: `urn:landfall:problem:${code}`,
    status,
    code,
    ...more,
  });
  return new Response(body, {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

function metadata(header: string): Map<string, string> {
  return new Map(
    header.split(',').map((pair): [string, string] => {
      const [name = '', value = ''] = pair.trim().split(' ');
      return [name, Buffer.from(value, 'base64').toString()];
    }),
  );
}

function take(server: TestServer, upload: StoredUpload, bytes: Buffer): void {
  const taken = bytes.subarray(0, server.breakAfter);
  upload.bytes = Buffer.concat([upload.bytes, taken]);
  if (taken.length < bytes.length) throw new TypeError('connection reset');
}

function finish(server: TestServer, location: string, upload: StoredUpload): Response | null {
  if (upload.bytes.length < upload.length) return null;
  const digest = createHash('sha256').update(upload.bytes).digest('hex');
  if (digest === upload.sha256) {
    server.parts.set(digest, upload.bytes);
    return null;
  }
  server.uploads.delete(location);
  return problem(460, 'part_digest_wrong');
}

async function create(server: TestServer, request: Request): Promise<Response> {
  const facts = metadata(request.headers.get('upload-metadata') ?? '');
  const location = `/api/v1/parts/${randomUUID()}`;
  const upload: StoredUpload = {
    sha256: facts.get('sha256') ?? '',
    kid: facts.get('kid') ?? '',
    length: Number(request.headers.get('upload-length')),
    bytes: Buffer.alloc(0),
  };
  server.uploads.set(location, upload);
  take(server, upload, Buffer.from(await request.arrayBuffer()));
  const refused = finish(server, location, upload);
  if (refused !== null) return refused;
  const headers = { location, 'upload-offset': String(upload.bytes.length) };
  return new Response(null, { status: 201, headers });
}

async function patch(server: TestServer, request: Request, path: string): Promise<Response> {
  const upload = server.uploads.get(path);
  if (upload === undefined) return problem(404, 'not_found');
  if (Number(request.headers.get('upload-offset')) !== upload.bytes.length) {
    return problem(409, 'upload_offset_wrong');
  }
  take(server, upload, Buffer.from(await request.arrayBuffer()));
  const refused = finish(server, path, upload);
  if (refused !== null) return refused;
  const headers = { 'upload-offset': String(upload.bytes.length) };
  return new Response(null, { status: 204, headers });
}

function head(server: TestServer, path: string): Response {
  const upload = server.uploads.get(path);
  if (upload === undefined) return new Response(null, { status: 404 });
  const headers = {
    'upload-offset': String(upload.bytes.length),
    'upload-length': String(upload.length),
  };
  return new Response(null, { status: 200, headers });
}

interface Manifest {
  readonly submission_id: string;
  readonly parts: readonly { readonly sha256: string }[];
}

/** The payload of a manifest; the signature is the business of the server's own tests. */
export function readManifest(jws: string): Manifest {
  const payload = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString();
  return JSON.parse(payload) as Manifest;
}

function receiptFor(server: TestServer, digest: string, case_number: string): string {
  const { log, root } = server;
  return log === null
    ? signReceipt(digest, case_number, kReceiptKey, root)
    : loggedReceipt(log, digest, case_number);
}

async function submit(server: TestServer, request: Request): Promise<Response> {
  const manifest = await request.text();
  const { submission_id, parts } = readManifest(manifest);
  const missing = parts.filter(({ sha256 }) => !server.parts.has(sha256)).map((p) => p.sha256);
  if (missing.length > 0) return problem(409, 'parts_missing', { missing });
  const known = server.submissions.get(submission_id);
  if (known !== undefined && known.manifest !== manifest)
    return problem(409, 'submission_conflict');
  const case_number = known?.case_number ?? String(115_000_000_000 + server.submissions.size);
  server.submissions.set(submission_id, { manifest, case_number });
  return new Response(receiptFor(server, sha256Hex(manifest), case_number), {
    status: known === undefined ? 201 : 200,
    headers: { 'content-type': 'application/jose' },
  });
}

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 10_000) {
    yield await Promise.resolve(bytes.subarray(at, at + 10_000));
  }
}

async function submitBundle(server: TestServer, request: Request): Promise<Response> {
  let manifest = '';
  try {
    for await (const entry of readTar(inPieces(new Uint8Array(await request.arrayBuffer())))) {
      const bytes = Buffer.from(await readEntry(entry, 1 << 24));
      if (entry.name === 'manifest.jws') manifest = bytes.toString();
      else server.parts.set(entry.name.replace('parts/', ''), bytes);
    }
  } catch {
    return problem(400, 'tar_malformed');
  }
  return submit(server, new Request(request.url, { method: 'POST', body: manifest }));
}

function receipt(server: TestServer, url: URL): Response {
  const known = server.submissions.get(url.pathname.split('/').at(-2) ?? '');
  const digest = url.searchParams.get('digest');
  if (known === undefined || sha256Hex(known.manifest) !== digest) return problem(404, 'not_found');
  return new Response(receiptFor(server, digest, known.case_number), {
    headers: { 'content-type': 'application/jose' },
  });
}

function messages(server: TestServer, url: URL): Response {
  const known = server.submissions.get(url.pathname.split('/').at(-2) ?? '');
  const digest = url.searchParams.get('digest');
  if (known === undefined || sha256Hex(known.manifest) !== digest) return problem(404, 'not_found');
  return new Response(JSON.stringify({ messages: server.messages }), {
    headers: { 'content-type': 'application/json' },
  });
}

function content(server: TestServer, digest: string): Response {
  for (const published of server.packages) {
    const bytes = published.digest === digest ? published.bytes : published.texts.get(digest);
    if (bytes !== undefined) {
      return new Response(bytes, {
        headers: { 'content-type': 'application/json' },
      });
    }
  }
  return problem(404, 'not_found');
}

async function answer(server: TestServer, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const key = `${request.method} ${pathname}`;
  if (key === 'GET /api/v1/packages') {
    const { serial, packages, caseOffice, receiptKeys, revoked } = server;
    const facts = { serial, packages, caseOffice, receiptKeys, revoked };
    const aud = server.log === null ? {} : { aud: server.log.origin };
    const jws = signIndex({ ...facts, ...aud }, server.root);
    const link = { link: '</api/v1/packages/certificates>; rel="describedby"' };
    const headers = {
      'content-type': 'application/jose',
      date: new Date().toUTCString(),
      ...(server.certificates.length === 0 ? {} : link),
    };
    return new Response(jws, { headers });
  }
  if (key === 'GET /api/v1/packages/certificates' && server.certificates.length > 0) {
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return new Response(`${server.certificates.join('\n')}\n`, { headers });
  }
  if (key.startsWith('GET /api/v1/packages/'))
    return content(server, pathname.split('/').at(-1) ?? '');
  if (key === 'POST /api/v1/submissions') return submit(server, request);
  if (key === 'POST /api/v1/bundles') return submitBundle(server, request);
  if (pathname.endsWith('/receipt')) return receipt(server, new URL(request.url));
  if (pathname.endsWith('/messages')) return messages(server, new URL(request.url));
  if (key === 'POST /api/v1/parts') return create(server, request);
  if (pathname.startsWith('/api/v1/vaults/')) {
    return answerVault(server.vaults, request, pathname.split('/').at(-1) ?? '', problem);
  }
  if (server.log !== null && pathname.startsWith('/api/v1/log/')) {
    return answerRestoredLog(request, server.log) ?? problem(404, 'not_found');
  }
  if (request.method === 'PATCH') return patch(server, request, pathname);
  if (request.method === 'HEAD') return head(server, pathname);
  return problem(404, 'not_found');
}

export function startServer(packages: readonly PublishedPackage[]): TestServer {
  const server: TestServer = {
    seen: [],
    uploads: new Map(),
    parts: new Map(),
    submissions: new Map(),
    messages: [],
    vaults: new Map(),
    weather: kClear,
    packages,
    serial: 1,
    caseOffice: [],
    receiptKeys: [kReceiptKey],
    root: kRoot,
    certificates: [],
    revoked: [],
    log: null,
    breakAfter: Number.POSITIVE_INFINITY,
    answer: (request) => answer(server, request),
    fetch: async (input, init) => {
      const request = new Request(input, {
        ...init,
        duplex: 'half',
      } as RequestInit);
      request.signal.throwIfAborted();
      server.seen.push(`${request.method} ${new URL(request.url).pathname}`);
      return server.weather(request, () => answer(server, request)) ?? answer(server, request);
    },
  };
  return server;
}
