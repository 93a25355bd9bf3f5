// Applicants of a test: they make submissions, send them until they have a receipt, and remember.

import { randomBytes } from 'node:crypto';
import { kOrigin } from './server-process.mjs';
import { sha256Hex, signDocument, signingKey } from './signing.mjs';

const kRecipient = 'age1xmwwc06ly3ee5rytxm9mflaz2u56jjj36s0mypdrwsvlul66mv4q47ryef';

function uuidV7() {
  const hex = Date.now().toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  const variant = '89ab'[parseInt(hex[16], 16) % 4];
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A submission of two random parts under a new key. */
export function newSubmission(form) {
  const key = signingKey(randomBytes(32));
  const parts = [randomBytes(2000 + randomBytes(1)[0] * 16), randomBytes(40_000)];
  const id = uuidV7();
  const manifest = signDocument(
    'landfall-submission',
    {
      aud: kOrigin,
      submission_id: id,
      form,
      engine: 'landfall/0.1.0',
      as_of: '2026-11-21',
      time_zone: 'Asia/Taipei',
      sealed_at: '2026-11-21T08:00:00Z',
      clock_offset_ms: 0,
      sign_key: key.public,
      age_recipient: kRecipient,
      parts: parts.map((bytes, index) => ({
        role: index === 0 ? 'answers' : 'attachment',
        sha256: sha256Hex(bytes),
        size: bytes.length,
      })),
      verdict: 'complete',
      answers_commitment: '0'.repeat(64),
      fee_code: 'single',
    },
    key,
  );
  return { id, kid: key.kid, parts, manifest, digest: sha256Hex(manifest), receipts: new Set() };
}

const base64 = (text) => Buffer.from(text).toString('base64');

async function uploadPart(url, submission, bytes) {
  const response = await fetch(`${url}/api/v1/parts`, {
    method: 'POST',
    headers: {
      'Tus-Resumable': '1.0.0',
      'Upload-Length': String(bytes.length),
      'Upload-Metadata': `kid ${base64(submission.kid)},sha256 ${base64(sha256Hex(bytes))}`,
      'Content-Type': 'application/offset+octet-stream',
    },
    body: bytes,
    signal: AbortSignal.timeout(10_000),
  });
  if (response.status !== 201) throw new Error(`part: ${response.status} ${await response.text()}`);
}

/** One try: uploads what the server lacks and posts the manifest. Throws when the network fails. */
async function tryOnce(url, submission) {
  const post = () =>
    fetch(`${url}/api/v1/submissions`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/jose' },
      body: submission.manifest,
      signal: AbortSignal.timeout(10_000),
    });
  let response = await post();
  if (response.status === 409) {
    const problem = await response.json();
    if (problem.code !== 'parts_missing') throw new Error(`refused: ${problem.code}`);
    for (const bytes of submission.parts) {
      if (problem.missing.includes(sha256Hex(bytes))) await uploadPart(url, submission, bytes);
    }
    response = await post();
  }
  const body = await response.text();
  if (response.status !== 200 && response.status !== 201)
    throw new Error(`${response.status} ${body}`);
  submission.receipts.add(body);
}

/** Sends `submission` until it has a receipt or `isOver()`. True when it has one. */
export async function sendUntilReceived(server, submission, isOver) {
  while (!isOver()) {
    try {
      await tryOnce(server.url, submission);
      return true;
    } catch {
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }
  return false;
}
