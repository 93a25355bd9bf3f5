import { createHash, createPrivateKey, createPublicKey, hkdfSync, sign, verify } from 'node:crypto';
import {
  deriveKeys,
  openForm,
  verifyIndex,
  verifyPackage,
  verifyReceipt,
  writeAnswers,
} from '@landfall/bindings/index.ts';
import type { AnswersPart, ApplicantKeys, CoreModule } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtModule, codeOf, fixedBytes, utf8, valueOf } from './support/module.ts';
import { kSmallForm, smallPackage } from './support/small-package.ts';

const kId = '0193a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b';
const kDay = { as_of: '2026-11-21', time_zone: 'Asia/Taipei' };
const kSalt = Buffer.from(fixedBytes(32)).toString('base64url');

interface Setting {
  readonly module: CoreModule;
  readonly keys: ApplicantKeys;
  readonly answers: AnswersPart;
}

async function filledForm(): Promise<Setting> {
  const module = await builtModule();
  const keys = valueOf(deriveKeys(module, fixedBytes(32)));
  const form = valueOf(openForm(module, smallPackage(), kDay));
  valueOf(form.set('person/name', '王小明'));
  valueOf(form.set('person/minor', 'no'));
  const request = {
    submission_id: kId,
    kid: keys.kid,
    salt: kSalt,
    form: kSmallForm,
    ...kDay,
    attachments: [],
  };
  return { module, keys, answers: valueOf(writeAnswers(module, form.handle, request)) };
}

const manifestFor = (keys: ApplicantKeys, answers: AnswersPart) => ({
  aud: 'landfall.localhost/log',
  submission_id: kId,
  form: kSmallForm,
  engine: 'landfall/0.1.0',
  ...kDay,
  sealed_at: '2026-11-21T07:00:00Z',
  clock_offset_ms: null,
  sign_key: keys.sign_key,
  age_recipient: keys.age_recipient,
  parts: [{ role: 'answers', sha256: 'cd'.repeat(32), size: 500 }],
  verdict: 'complete',
  answers_commitment: answers.answers_commitment,
  fee_code: answers.fee_code,
});

/** The Ed25519 key that an applicant's root stands for, as PKCS #8 (RFC 8410 section 7). */
function signingKeyOf(root: Uint8Array): ReturnType<typeof createPrivateKey> {
  const seed = Buffer.from(hkdfSync('sha256', root, '', 'landfall/v1/sign', 32));
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

describe('a submission', () => {
  it('is signed byte for byte as OpenSSL signs it, with any key', async () => {
    const { module, answers } = await filledForm();
    let compared = 0;

    for (let i = 0; i < 500; i += 1) {
      const root = new Uint8Array(
        createHash('sha256')
          .update(`root ${String(i)}`)
          .digest(),
      );
      const keys = valueOf(deriveKeys(module, root));
      const jws = valueOf(keys.signManifest(manifestFor(keys, answers)));
      const input = Buffer.from(jws.slice(0, jws.lastIndexOf('.')));
      const wanted = sign(null, input, signingKeyOf(root)).toString('base64url');
      expect(jws.slice(jws.lastIndexOf('.') + 1), `root ${String(i)}`).toBe(wanted);
      keys.free();
      compared += 1;
    }

    expect(compared).toBe(500);
  });

  it('commits to its answers by the salt and their canonical form', async () => {
    const { answers } = await filledForm();
    const inside = JSON.parse(answers.plaintext) as {
      answers: unknown;
      verdict: { status: string };
    };
    const digest = createHash('sha256')
      .update(fixedBytes(32))
      .update('{"person":{"minor":"no","name":"王小明"}}')
      .digest('hex');

    expect(inside.answers).toEqual({ person: { minor: 'no', name: '王小明' } });
    expect(inside.verdict.status).toBe('complete');
    expect(answers.answers_commitment).toBe(digest);
    expect(answers.fee_code).toBe('BASE');
  });

  it('is signed so that another implementation verifies it', async () => {
    const { keys, answers } = await filledForm();

    const jws = valueOf(keys.signManifest(manifestFor(keys, answers)));

    const [header = '', payload = '', signature = ''] = jws.split('.');
    const key = createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: keys.sign_key },
      format: 'jwk',
    });
    expect(
      verify(null, Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')),
    ).toBe(true);
    expect(Buffer.from(header, 'base64url').toString()).toBe(
      `{"alg":"EdDSA","kid":"${keys.kid}","typ":"landfall-submission"}`,
    );
  });

  it('is not signed when a field is missing', async () => {
    const { keys, answers } = await filledForm();
    const { parts: _left_out, ...rest } = manifestFor(keys, answers);

    expect(codeOf(keys.signManifest(rest))).toBe('manifest_malformed');
  });

  it('is not written while the form is incomplete', async () => {
    const module = await builtModule();
    const form = valueOf(openForm(module, smallPackage(), kDay));
    const request = {
      submission_id: kId,
      kid: 'x',
      salt: kSalt,
      form: kSmallForm,
      ...kDay,
      attachments: [],
    };

    expect(codeOf(writeAnswers(module, form.handle, request))).toBe('form_incomplete');
  });
});

describe('what the agency signs', () => {
  it('is not believed when it is something else', async () => {
    const module = await builtModule();
    const keys = valueOf(deriveKeys(module, fixedBytes(32)));
    const trust = {
      root_key: keys.sign_key,
      aud: 'landfall.localhost/log',
      now: '2026-11-21T07:00:00Z',
    };

    expect(codeOf(verifyReceipt(module, 'a.b.c', trust))).toBe('receipt_malformed');
    expect(codeOf(verifyIndex(module, 'a.b.c', { ...trust, min_serial: 0 }))).toBe(
      'index_malformed',
    );
    expect(codeOf(verifyPackage(module, utf8('{}'), 'a.b.c', trust))).toBe(
      'package_signature_malformed',
    );
    expect(codeOf(verifyReceipt(module, 'a.b.c', { ...trust, root_key: 'short' }))).toBe(
      'public_key_invalid',
    );
  });
});
