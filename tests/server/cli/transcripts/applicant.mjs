// An applicant's side made a second time, in JavaScript with jose and the age program.

import { createPrivateKey, createPublicKey, hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { canonical, hex, kOrigin, sha256, signDocument } from './documents.mjs';
import { command, expect, succeed } from './harness.mjs';

/** The keys that an applicant key file stands for. */
export function applicantKeys(key) {
  const seed = Buffer.from(
    hkdfSync('sha256', Buffer.from(key.secret, 'base64url'), '', 'landfall/v1/sign', 32),
  );
  // PKCS #8 around an Ed25519 seed (RFC 8410 section 7).
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const secret = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const { x } = createPublicKey(secret).export({ format: 'jwk' });
  return { public: x, secret: seed.toString('base64url'), kid: key.kid };
}

export function makeApplicant(folder, name) {
  succeed(['keygen', 'applicant', '-o', folder.file(`${name}.json`)]);
  const key = JSON.parse(folder.read(`${name}.json`));
  return { ...applicantKeys(key), stated: key.public, recipient: key.age_recipient };
}

function uuidV7() {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Date.now(), 0, 6);
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The Padmé length (Nikitin et al. 2019, section 4). */
export function padmeLength(length) {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const mask = 2 ** Math.max(0, exponent - kept) - 1;
  return Math.ceil(length / (mask + 1)) * (mask + 1);
}

function padded(bytes, filler) {
  return Buffer.concat([bytes, Buffer.alloc(padmeLength(bytes.length) - bytes.length, filler)]);
}

function sealWithAge(plaintext, recipients) {
  const got = command(
    'age',
    recipients.flatMap((recipient) => ['-r', recipient]),
    { input: plaintext },
  );
  expect(got.code === 0, 'age to seal', got);
  return got.stdout;
}

/**
 * A signed submission with its sealed parts.
 * @param {{applicant: object, caseOffice: string, form: {id: string, version: string, digest: string},
 *   answers: object, aud?: string, photos?: {slot: string, file_name: string, bytes: Buffer}[], verdict?: object}} what
 * @returns {Promise<{manifest: string, parts: Buffer[], id: string}>}
 */
export async function makeSubmission(what) {
  const id = uuidV7();
  const salt = randomBytes(32);
  const recipients = [what.caseOffice, what.applicant.recipient];
  const photos = (what.photos ?? []).map((photo) => ({
    ...photo,
    sealed: sealWithAge(padded(photo.bytes, 0), recipients),
  }));
  const common = {
    submission_id: id,
    form: what.form,
    as_of: '2026-11-21',
    time_zone: 'Asia/Taipei',
  };
  const inside = {
    ...common,
    kid: what.applicant.kid,
    salt: salt.toString('base64url'),
    answers: what.answers,
    verdict: what.verdict ?? { status: 'complete', findings: [] },
    attachments: photos.map((photo) => ({
      slot: photo.slot,
      file_name: photo.file_name,
      media_type: 'image/jpeg',
      size: photo.bytes.length,
      sha256: hex(sha256(photo.bytes)),
      sealed_sha256: hex(sha256(photo.sealed)),
    })),
  };
  const answers = sealWithAge(padded(Buffer.from(canonical(inside)), ' '), recipients);
  const parts = [answers, ...photos.map((photo) => photo.sealed)];
  const manifest = manifestOf(what.applicant, {
    ...common,
    aud: what.aud ?? kOrigin,
    parts,
    verdict: inside.verdict.status,
    answers_commitment: hex(sha256(Buffer.concat([salt, Buffer.from(canonical(what.answers))]))),
  });
  return { manifest: await manifest, parts, id };
}

/** The signed manifest over sealed parts, whoever sealed them. */
export function manifestOf(applicant, facts) {
  const payload = {
    aud: kOrigin,
    engine: 'landfall/0.1.0',
    sealed_at: `${new Date().toISOString().slice(0, 19)}Z`,
    clock_offset_ms: null,
    sign_key: applicant.public,
    age_recipient: applicant.recipient,
    fee_code: '',
    ...facts,
    parts: facts.parts.map((bytes, index) => ({
      role: index === 0 ? 'answers' : 'attachment',
      sha256: hex(sha256(bytes)),
      size: bytes.length,
    })),
  };
  return signDocument('landfall-submission', payload, applicant);
}

/** The hand-carried bundle, packed by the tar program. */
export function makeBundle(folder, submission) {
  const root = folder.file(`bundle-${randomBytes(4).toString('hex')}`);
  mkdirSync(path.join(root, 'parts'), { recursive: true });
  writeFileSync(path.join(root, 'manifest.jws'), submission.manifest);
  const names = submission.parts.map((bytes) => {
    const name = `parts/${hex(sha256(bytes))}`;
    writeFileSync(path.join(root, name), bytes);
    return name;
  });
  const args = ['--format=ustar', '-cf', '-', '-C', root, 'manifest.jws', ...names];
  const got = command('tar', args);
  expect(got.code === 0, 'tar to pack', got);
  return got.stdout;
}
