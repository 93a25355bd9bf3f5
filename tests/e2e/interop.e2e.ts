/** Programs that are not ours and the portal and server that are: jose, age and tus-js-client take part. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { padmeLength } from '../server/cli/transcripts/applicant.mjs';
import { canonical } from '../server/cli/transcripts/documents.mjs';
import { Applicant } from './support/applicant';
import type { FileToAttach } from './support/applicant';
import { kVisitorWithDocuments } from './support/people';
import { newPhone } from './support/phone';
import { photo } from './support/pictures';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';
import {
  newStranger,
  post,
  readPart,
  request,
  sealedByStranger,
  sha256Hex,
  signed,
  upload,
} from './support/stranger';
import type { Payload, Sealed, Stranger } from './support/stranger';

const run = promisify(execFile);

let stack: Stack;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'landfall-interop-'));
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
  await rm(folder, { recursive: true, force: true });
});

const keyFile = (name: string): string => path.join(required('LANDFALL_DEV_KEYS'), name);
const landfall = async (...args: string[]): Promise<string> =>
  (await run(required('LANDFALL_PROGRAM'), args)).stdout;

/** The payload when jose finds `jws` signed by `x`, with a header of exactly alg, kid and typ. */
async function verifiedByJose(
  jws: string,
  x: string,
  typ: string,
): Promise<Record<string, unknown>> {
  const jwk = { kty: 'OKP', crv: 'Ed25519', x };
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(jwk, 'EdDSA'));
  expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: await calculateJwkThumbprint(jwk), typ });
  const said = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>;
  expect(canonical(said)).toBe(Buffer.from(payload).toString());
  return said;
}

function altered(jws: string, part: 0 | 1 | 2): string {
  const parts = jws.split('.');
  const text = parts[part] ?? '';
  const at = Math.floor(text.length / 2);
  parts[part] = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
  return parts.join('.');
}

/** What an applicant sends through the portal; a PDF is sealed as it is, so its bytes are known. */
async function sendByPortal(document: FileToAttach): Promise<string> {
  const phone = await newPhone();
  try {
    const applicant = new Applicant(() => phone.page());
    const page = await phone.open();
    await page.goto(`${stack.url}/`);
    await applicant.start();
    await applicant.fillForm({
      ...kVisitorWithDocuments,
      photo: await photo(),
      id_card: document,
      passport_page: document,
    });
    await applicant.submit();
    await page.getByText(applicant.t('receipt_genuine')).waitFor();
    await page.goto(`${stack.url}/`);
    return (await page.locator('.case-number').innerText()).trim();
  } finally {
    await phone.remove();
  }
}

async function receiptKey(): Promise<string> {
  return (JSON.parse(await readFile(keyFile('receipt.json'), 'utf8')) as { public: string }).public;
}

async function ageOpens(sha256: string): Promise<Buffer> {
  const stored = path.join(stack.dataDir, 'parts', sha256.slice(0, 2), sha256);
  const options = { encoding: 'buffer', maxBuffer: 1 << 26 } as const;
  return (await run('age', ['-d', '-i', keyFile('case-office.identity'), stored], options)).stdout;
}

test('jose verifies what the portal signed and the receipt it got; age opens each part: a file, then zeros', async () => {
  const document = {
    name: 'card.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from(`%PDF-1.7\n${'% a line\n'.repeat(1500)}%%EOF\n`),
  };
  const caseNumber = await sendByPortal(document);
  const show = (what: string): Promise<string> =>
    landfall('submissions', 'show', caseNumber, '--data', stack.dataDir, what);
  const manifest = (await show('--manifest')).trim();
  const receipt = (await show('--receipt')).trim();

  const payload = (await verifiedByJose(
    manifest,
    String(readPart(manifest, 1)['sign_key']),
    'landfall-submission',
  )) as Payload;
  const said = await verifiedByJose(receipt, await receiptKey(), 'landfall-receipt');
  expect(said['receipt_body']).toMatchObject({
    manifest_sha256: sha256Hex(manifest),
    case_number: caseNumber,
  });
  const root = (await readFile(keyFile('root.pub'), 'utf8')).trim();
  expect(await verifiedByJose(String(said['cert']), root, 'landfall-cert')).toMatchObject({
    role: 'receipt',
    key: await receiptKey(),
  });
  const short = await verifiedByJose(String(said['short']), await receiptKey(), 'landfall-receipt');
  expect(short).toMatchObject({ kind: 'short', case_number: caseNumber });
  expect(String(said['short']).length).toBeLessThanOrEqual(600);
  for (const part of [0, 1, 2] as const) {
    await expect(
      verifiedByJose(altered(manifest, part), payload.sign_key, 'landfall-submission'),
    ).rejects.toThrow();
    await expect(
      verifiedByJose(altered(receipt, part), await receiptKey(), 'landfall-receipt'),
    ).rejects.toThrow();
  }

  const plain = await Promise.all(payload.parts.map(({ sha256 }) => ageOpens(sha256)));
  expect(plain).toHaveLength(4);
  const answers = JSON.parse(plain[0]?.toString() ?? '') as {
    attachments: { slot: string; size: number; sha256: string; sealed_sha256: string }[];
  };
  expect(answers.attachments.map(({ sealed_sha256 }) => sealed_sha256)).toEqual(
    payload.parts.slice(1).map(({ sha256 }) => sha256),
  );
  for (const [index, { size, sha256 }] of answers.attachments.entries()) {
    const opened = plain[index + 1] ?? Buffer.alloc(0);
    expect(sha256Hex(opened.subarray(0, size))).toBe(sha256);
    expect(opened.subarray(size).every((byte) => byte === 0)).toBe(true);
    expect(opened.length).toBe(padmeLength(size));
  }
  const sizes = answers.attachments.map(({ size }) => size);
  expect(sizes.filter((size) => padmeLength(size) > size).length).toBeGreaterThan(0);
  const card = answers.attachments.findIndex(({ slot }) => slot.endsWith('/id_card'));
  expect(plain[card + 1]?.subarray(0, sizes[card]).equals(document.buffer)).toBe(true);
  const first = answers.attachments.findIndex(({ slot }) => slot.endsWith('/photo'));
  expect(plain[first + 1]?.subarray(0, 3).toString('hex')).toBe('ffd8ff');
});

interface Kept {
  readonly checkpoint: string;
  readonly cases: string;
  readonly files: readonly string[];
}

/** All that the server keeps of submissions. */
async function kept(): Promise<Kept> {
  const folders = ['parts', 'uploads'].map((name) =>
    readdir(path.join(stack.dataDir, name), { recursive: true }),
  );
  const files = (await Promise.all(folders)).flat().sort();
  return {
    checkpoint: await (await request(`${stack.url}/api/v1/log/checkpoint`)).text(),
    cases: await landfall('submissions', 'list', '--data', stack.dataDir),
    files,
  };
}

let strangers = 0;

async function strangerWithParts(): Promise<{ stranger: Stranger; sealed: Sealed }> {
  strangers += 1;
  const stranger = newStranger(folder, `stranger-${strangers}`);
  const sealed = await sealedByStranger(stack.url, stranger);
  for (const part of sealed.parts) await upload(stack.url, part, stranger.kid);
  return { stranger, sealed };
}

async function receiptOf(sealed: Sealed, manifest: string): Promise<Response> {
  return request(
    `${stack.url}/api/v1/submissions/${sealed.id}/receipt?digest=${sha256Hex(manifest)}`,
  );
}

test('what jose signed, age sealed and tus-js-client brought is receipted, and the case office opens it', async () => {
  const { sealed } = await strangerWithParts();
  const before = await kept();

  const answer = await post(stack.url, sealed.manifest);

  const receipt = await answer.text();
  expect([answer.status, receipt.split('.').length]).toEqual([201, 3]);
  expect(answer.headers.get('content-type')).toBe('application/jose');
  const said = await verifiedByJose(receipt, await receiptKey(), 'landfall-receipt');
  expect(said['receipt_body']).toMatchObject({ manifest_sha256: sha256Hex(sealed.manifest) });
  expect((await kept()).checkpoint).not.toBe(before.checkpoint);
  expect(await (await receiptOf(sealed, sealed.manifest)).text()).toBe(receipt);
  const again = await post(stack.url, sealed.manifest);
  expect([again.status, await again.text()]).toEqual([200, receipt]);
  const out = path.join(folder, 'opened');
  const args = [
    'submissions',
    'open',
    sealed.id,
    '--data',
    stack.dataDir,
    '--packages',
    required('LANDFALL_PACKAGES'),
    '--identity',
    keyFile('case-office.identity'),
    '-o',
    out,
  ];
  // These answers are incomplete, and the case office is told: that is exit code 1, not a failure to open.
  const opened = await landfall(...args).catch((error: { code: number; stdout: string }) => {
    expect(error.code).toBe(1);
    return error.stdout;
  });
  expect(opened).toContain('STRANGER');
  expect((await readFile(path.join(out, 'photo-1.jpg'))).length).toBe(300_004);
});

interface Attempt {
  readonly sealed: Sealed;
  readonly stranger: Stranger;
  readonly other: Stranger;
}

interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly manifest: (attempt: Attempt) => string | Promise<string>;
}

const encoded = (value: object): string => Buffer.from(canonical(value)).toString('base64url');

/** The same manifest under another header and without a signature. */
function unsigned({ sealed, stranger }: Attempt, header: object): string {
  const [, payload = ''] = sealed.manifest.split('.');
  return `${encoded({ kid: stranger.kid, typ: 'landfall-submission', ...header })}.${payload}.`;
}

function changedPart(
  payload: Payload,
  change: (part: Payload['parts'][number]) => Payload['parts'][number],
): Payload {
  return {
    ...payload,
    parts: payload.parts.map((part, index) => (index === 1 ? change(part) : part)),
  };
}

const kRefusals: Readonly<Record<string, Refusal>> = {
  'alg none and no signature': {
    status: 400,
    code: 'jws_algorithm_refused',
    manifest: (attempt) => unsigned(attempt, { alg: 'none' }),
  },
  'alg none with the signature kept': {
    status: 400,
    code: 'jws_algorithm_refused',
    manifest: (attempt) =>
      unsigned(attempt, { alg: 'none' }) + attempt.sealed.manifest.split('.')[2],
  },
  'another document type': {
    status: 400,
    code: 'jws_type_wrong',
    manifest: ({ sealed, stranger }) =>
      signed(sealed.payload, stranger, { typ: 'landfall-receipt' }),
  },
  'a member more in the header': {
    status: 400,
    code: 'jws_malformed',
    manifest: ({ sealed, stranger }) => signed(sealed.payload, stranger, { cty: 'json' }),
  },
  'another key than it names': {
    status: 401,
    code: 'manifest_key_wrong',
    manifest: ({ sealed, other }) => signed(sealed.payload, other),
  },
  'a signature by another key under its own name': {
    status: 401,
    code: 'manifest_signature_wrong',
    manifest: ({ sealed, stranger, other }) => signed(sealed.payload, other, { kid: stranger.kid }),
  },
  'another payload than was signed': {
    status: 401,
    code: 'manifest_signature_wrong',
    manifest: ({ sealed }) => {
      const [header, , signature] = sealed.manifest.split('.');
      return `${header}.${encoded({ ...sealed.payload, verdict: 'with_warnings' })}.${signature}`;
    },
  },
  'a member that stands twice': {
    status: 400,
    code: 'json_duplicate_member',
    manifest: ({ sealed, stranger }) => {
      const text = canonical(sealed.payload) as string;
      return signed(
        text.replace('{', `{"age_recipient":${JSON.stringify(sealed.payload['age_recipient'])},`),
        stranger,
      );
    },
  },
  'a payload with spaces': {
    status: 400,
    code: 'json_not_canonical',
    manifest: ({ sealed, stranger }) =>
      signed(JSON.stringify(JSON.parse(canonical(sealed.payload) as string), null, 1), stranger),
  },
  'a part of another digest': {
    status: 409,
    code: 'parts_missing',
    manifest: ({ sealed, stranger }) =>
      signed(
        changedPart(sealed.payload, (part) => ({ ...part, sha256: sha256Hex(part.sha256) })),
        stranger,
      ),
  },
  'a part of another size': {
    status: 422,
    code: 'part_size_mismatch',
    manifest: ({ sealed, stranger }) =>
      signed(
        changedPart(sealed.payload, (part) => ({ ...part, size: part.size + 1 })),
        stranger,
      ),
  },
  "parts that another key's upload brought": {
    status: 409,
    code: 'parts_missing',
    manifest: ({ sealed, other }) =>
      signed({ ...sealed.payload, sign_key: other.public, age_recipient: other.recipient }, other),
  },
};

test.each(Object.entries(kRefusals))(
  'a submission with %s is refused, and nothing of it is kept',
  async (_, { status, code, manifest }) => {
    const { sealed, stranger } = await strangerWithParts();
    const other = newStranger(folder, `other-${strangers}`);
    const wrong = await manifest({ sealed, stranger, other });
    expect(wrong).not.toBe(sealed.manifest);
    const before = await kept();

    const answer = await post(stack.url, wrong);

    const problem = (await answer.json()) as Record<string, unknown>;
    expect(problem).toMatchObject({ status, code, type: `urn:landfall:problem:${code}` });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    if (code === 'parts_missing')
      expect(problem['missing']).toEqual(
        expect.arrayContaining([(readPart(wrong, 1) as Payload).parts[1]?.sha256]),
      );
    expect(await kept()).toEqual(before);
    expect((await receiptOf(sealed, wrong)).status).toBe(404);
    // Nothing stands in the way of the right one.
    expect((await post(stack.url, sealed.manifest)).status).toBe(201);
    expect((await kept()).checkpoint).not.toBe(before.checkpoint);
  },
);

test('a part whose bytes are not what they were said to be is refused and dropped', async () => {
  const stranger = newStranger(folder, 'mistaken');
  const { parts } = await sealedByStranger(stack.url, stranger);
  const [bytes = Buffer.alloc(0)] = parts;
  const before = await kept();

  const refused = upload(stack.url, bytes, stranger.kid, sha256Hex('something else'));

  await expect(refused).rejects.toThrow(/upload_digest_mismatch/);
  expect(await kept()).toEqual(before);
});

test('the same id with another body by the same key is refused, and the first one stays', async () => {
  const { sealed, stranger } = await strangerWithParts();
  expect((await post(stack.url, sealed.manifest)).status).toBe(201);
  const before = await kept();

  const answer = await post(
    stack.url,
    await signed({ ...sealed.payload, verdict: 'with_warnings' }, stranger),
  );

  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
    409,
    'submission_conflict',
  ]);
  expect(await kept()).toEqual(before);
});
