/** An applicant who runs none of our code: jose signs, Debian's age seals, tus-js-client uploads. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import path from 'node:path';
import { DefaultHttpStack, Upload } from 'tus-js-client';
import { makeApplicant, makeSubmission } from '../../server/cli/transcripts/applicant.mjs';
import { signDocument } from '../../server/cli/transcripts/documents.mjs';
import { required } from './stack';

/** The keys of an applicant, as JSON Web Keys have them. */
export interface Stranger {
  readonly public: string;
  readonly secret: string;
  readonly kid: string;
  readonly recipient: string;
}

export interface Payload extends Readonly<Record<string, unknown>> {
  readonly submission_id: string;
  readonly sign_key: string;
  readonly parts: readonly {
    readonly role: string;
    readonly sha256: string;
    readonly size: number;
  }[];
}

export interface Sealed {
  readonly id: string;
  /** The compact JWS. */
  readonly manifest: string;
  readonly payload: Payload;
  readonly parts: readonly Buffer[];
}

/** A connection for each request: one kept open may be closed by the server just as it is used again. */
export function request(url: string, init: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...init, headers: { ...init.headers, Connection: 'close' } });
}

export const sha256Hex = (bytes: string | Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** The JSON inside of a part of a JWS, unchecked. */
export function readPart(jws: string, index: 0 | 1): Record<string, unknown> {
  return JSON.parse(Buffer.from(jws.split('.')[index] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

/** New keys in `folder`. */
export function newStranger(folder: string, name: string): Stranger {
  const file = (one: string): string => path.join(folder, one);
  return makeApplicant({ file, read: (one: string) => readFileSync(file(one)) }, name) as Stranger;
}

/** A submission of answers and a photo for the first form that the server at `url` publishes. */
export async function sealedByStranger(url: string, stranger: Stranger): Promise<Sealed> {
  const index = readPart(await (await request(`${url}/api/v1/packages`)).text(), 1);
  const [published] = index['packages'] as { form_id: string; version: string; digest: string }[];
  if (published === undefined) throw new Error('the server publishes no form');
  const office = JSON.parse(
    readFileSync(path.join(required('LANDFALL_DEV_KEYS'), 'case-office.json'), 'utf8'),
  ) as { public: string };
  const made = await makeSubmission({
    applicant: stranger,
    caseOffice: office.public,
    form: { id: published.form_id, version: published.version, digest: published.digest },
    answers: { person: { surname_en: 'STRANGER' } },
    photos: [
      {
        slot: 'photo',
        file_name: 'photo.jpg',
        bytes: Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(300_000, 7)]),
      },
    ],
  });
  return { ...made, payload: readPart(made.manifest, 1) as unknown as Payload };
}

/** A manifest signed by jose; the payload may be text that no honest program would write. */
export function signed(
  payload: Payload | string,
  key: Stranger,
  header: object = {},
): Promise<string> {
  return signDocument('landfall-submission', payload, key, header) as Promise<string>;
}

/** Uploads a part in two chunks with tus-js-client as it comes from npm; `sha256` is what it claims to be. */
export function upload(
  url: string,
  bytes: Buffer,
  kid: string,
  sha256 = sha256Hex(bytes),
): Promise<void> {
  return new Promise((resolve, reject) => {
    new Upload(bytes, {
      endpoint: `${url}/api/v1/parts`,
      chunkSize: Math.ceil(bytes.length / 2),
      metadata: { kid, sha256 },
      retryDelays: null,
      httpStack: new DefaultHttpStack({ agent: new Agent() }),
      onSuccess: () => resolve(),
      onError: reject,
    }).start();
  });
}

export function post(url: string, manifest: string): Promise<Response> {
  return request(`${url}/api/v1/submissions`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/jose' },
    body: manifest,
  });
}
