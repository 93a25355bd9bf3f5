import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JudgingTrust } from '@landfall/bindings/index.ts';
import { describe, expect, it } from 'vitest';
import { builtTrust, codeOf, fixedBytes, utf8, valueOf } from './support/module.ts';

const kOrigin = 'landfall.localhost/log';
const kNow = '2026-11-22T00:00:00Z';

interface Key {
  readonly secret: KeyObject;
  readonly x: string;
}

function makeKey(): Key {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { secret: privateKey, x: publicKey.export({ format: 'jwk' }).x ?? '' };
}

const sha256 = (...parts: readonly (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

type Payload = Readonly<Record<string, unknown>>;

/** ECMAScript's own JSON with the members in order: RFC 8785 for what is signed here. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, of]) => `${JSON.stringify(name)}:${canonical(of)}`).join(',')}}`;
}

function signed(typ: string, payload: Payload, key: Key): string {
  const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${key.x}"}`).toString('base64url');
  const parts = [canonical({ alg: 'EdDSA', kid, typ }), canonical(payload)];
  const input = parts.map((part) => Buffer.from(part).toString('base64url')).join('.');
  return `${input}.${sign(null, Buffer.from(input), key.secret).toString('base64url')}`;
}

const kTimes = { not_before: '2026-01-01T00:00:00Z', not_after: '2027-12-31T00:00:00Z' };

const leafOf = (entry: string): Buffer => sha256(Buffer.of(0), sha256(entry));
const node = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.of(1), left, right);

/** The log of the leaves a, b and, grown, c: roots and the proof between them. */
function smallLog(a: Buffer, b: Buffer, c: Buffer) {
  const two = node(a, b);
  return { two, three: node(two, c), proof: [c.toString('hex')] };
}

function checkpointBy(key: Key, size: number, root: Buffer, origin = kOrigin): string {
  const text = `${origin}\n${String(size)}\n${root.toString('base64')}\n`;
  const id = sha256(`${origin}\n\x01`, Buffer.from(key.x, 'base64url')).subarray(0, 4);
  const signature = Buffer.concat([id, sign(null, Buffer.from(text), key.secret)]);
  return `${text}\n— ${origin} ${signature.toString('base64')}\n`;
}

function receiptBy(agency: Key, key: Key, sibling: Buffer): { text: string; leaf: Buffer } {
  const facts = {
    manifest_sha256: 'ab'.repeat(32),
    case_number: '115110000013',
    received_at: '2026-11-21T07:00:00Z',
    amount_due: { amount: 600, currency: 'TWD' },
  };
  const receipt_body = { ...facts, salt: Buffer.from(fixedBytes(16)).toString('base64url') };
  const leaf = leafOf(canonical(receipt_body));
  const certified = { aud: kOrigin, role: 'receipt', key: key.x, ...kTimes, development: true };
  const text = signed(
    'landfall-receipt',
    {
      aud: kOrigin,
      cert: signed('landfall-cert', certified, agency),
      log: {
        origin: kOrigin,
        index: 1,
        tree_size: 2,
        proof: [sibling.toString('hex')],
        checkpoint: checkpointBy(key, 2, node(sibling, leaf)),
      },
      receipt_body,
      short: signed('landfall-receipt', { aud: kOrigin, kind: 'short', ...facts }, key),
    },
    key,
  );
  return { text, leaf };
}

function setting() {
  const [agency, key] = [makeKey(), makeKey()];
  const form = '{"form":{}}';
  const digest = sha256(form).toString('hex');
  const statement = { aud: kOrigin, form_id: 'tac', version: '1', digest, development: true };
  const index = (more: Payload = {}): string =>
    signed(
      'landfall-index',
      {
        aud: kOrigin,
        serial: 7,
        issued: '2026-11-21T00:00:00Z',
        expires: '2099-01-01T00:00:00Z',
        development: true,
        packages: [
          {
            form_id: 'tac',
            version: '1',
            digest,
            size: form.length,
            signature: signed('landfall-package', statement, agency),
          },
        ],
        recipients: { case_office: [], helpdesk: [] },
        receipt_keys: [{ key: key.x, ...kTimes }],
        revoked: [],
        ...more,
      },
      agency,
    );
  const trust: JudgingTrust = { root_key: agency.x, now: kNow, index: index() };
  return { agency, key, form, index, trust };
}

const kSibling = sha256('a sibling');
const kNext = sha256('the next leaf');

describe('judging', () => {
  it('recognises what it is given and says what held, step by step', async () => {
    const module = await builtTrust();
    const { agency, key, form, trust, index } = setting();
    const build = {
      aud: kOrigin,
      issued: kNow,
      development: true,
      files: [{ path: 'index.html', size: 3, sha256: 'ab'.repeat(32) }],
    };
    const contents = {
      receipt: receiptBy(agency, key, kSibling).text,
      checkpoint: checkpointBy(key, 2, node(kSibling, kNext)),
      package: form,
      index: index(),
      build: signed('landfall-build', build, agency),
    };
    let judged = 0;

    for (const [kind, content] of Object.entries(contents)) {
      const verdict = valueOf(module.judge(utf8(content), trust));
      expect(verdict.kind).toBe(kind);
      expect(verdict.genuine, `${kind} ${String(verdict.code)}`).toBe(true);
      const unlike = verdict.steps.filter(({ state }) => state !== 'held').map(({ name }) => name);
      expect(unlike, kind).toEqual(kind === 'build' ? ['files'] : []);
      judged += 1;
    }
    expect(judged).toBe(5);
  });

  it('names the step that failed and the reason, and believes no index of another agency', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${key.x}"}`).toString('base64url');
    const { text } = receiptBy(agency, key, kSibling);

    const revoked = module.judge(utf8(text), { ...trust, index: index({ revoked: [kid] }) });
    const foreign = module.judge(utf8(receiptBy(makeKey(), key, kSibling).text), trust);

    expect(valueOf(revoked)).toMatchObject({ genuine: false, code: 'receipt_key_revoked' });
    expect(valueOf(foreign)).toMatchObject({ code: 'receipt_certificate_wrong', facts: {} });
    expect(valueOf(foreign).steps[1]).toEqual({ name: 'certified', state: 'failed' });
    const strange = { ...trust, index: setting().trust.index ?? '' };
    expect(codeOf(module.judge(utf8(text), strange))).toBe('index_not_genuine');
    expect(codeOf(module.judge(utf8(text), { ...trust, root_key: 'x' }))).not.toBe('accepted');
  });

  it('refuses what is empty, cut short, foreign, binary or wrongly encoded, and lives on', async () => {
    const module = await builtTrust();
    const { agency, key, trust } = setting();
    const { text } = receiptBy(agency, key, kSibling);
    const wrong = [
      new Uint8Array(),
      utf8(text.slice(0, -100)),
      utf8(text.slice(0, 300)),
      new Uint8Array(Buffer.from(text, 'utf16le')),
      fixedBytes(100_000),
      new Uint8Array(600),
      utf8('{"not":"a package"}'),
      utf8('x.y.z'),
    ];

    const found = wrong.map((content) => valueOf(module.judge(content, trust)));

    expect(found.filter(({ genuine }) => genuine)).toEqual([]);
    expect(found.filter(({ code }) => code === undefined)).toEqual([]);
    expect(found).toHaveLength(8);
    expect(valueOf(module.judge(utf8(text), trust)).genuine).toBe(true);
  });
});

describe('comparing heads of the log', () => {
  it('tells a log that grew from one that was rewritten, and asks for the proof it needs', async () => {
    const module = await builtTrust();
    const { agency, key, trust } = setting();
    const { text, leaf } = receiptBy(agency, key, kSibling);
    const { two, three, proof } = smallLog(kSibling, leaf, kNext);
    const old = checkpointBy(key, 2, two);
    const now = checkpointBy(key, 3, three);
    const forked = checkpointBy(key, 2, node(kSibling, kNext));
    const relation = (one: string, other: string, more: object = {}): string =>
      valueOf(module.compare(one, other, { ...trust, ...more })).relation;

    expect(relation(old, now)).toBe('unproven');
    expect(relation(old, now, { proof })).toBe('grown');
    expect(relation(text, now, { proof })).toBe('grown');
    expect(relation(old, text)).toBe('same');
    expect(relation(forked, old)).toBe('rewritten');
    expect(relation(now, forked, { proof })).toBe('rewritten');
  });

  it('believes nobody it has no reason to', async () => {
    const module = await builtTrust();
    const { agency, key, trust } = setting();
    const { two, three, proof } = smallLog(kSibling, kNext, kSibling);
    const now = checkpointBy(key, 3, three);
    const strange = checkpointBy(makeKey(), 2, two);
    const { index: _index, ...bare } = trust;

    expect(codeOf(module.compare(strange, now, { ...trust, proof }))).toBe(
      'checkpoint_signature_wrong',
    );
    expect(codeOf(module.compare(now, strange, { ...trust, believes_first: true }))).toBe(
      'checkpoint_signature_wrong',
    );
    const kept = valueOf(module.compare(strange, now, { ...trust, proof, believes_first: true }));
    expect(kept.relation).toBe('grown');
    expect(codeOf(module.compare(now, now, bare))).toBe('receipt_key_unknown');
    const receipt = receiptBy(makeKey(), key, kSibling).text;
    expect(codeOf(module.compare(receipt, now, trust))).toBe('receipt_certificate_wrong');
    expect(codeOf(module.compare(now, now, { ...trust, proof: ['no hash'] }))).toBe('json_shape');
    expect(agency.x).toBe(trust.root_key);
  });
});

describe("a receipt's place", () => {
  it('is proven in the log that grew from its own, and not in another', async () => {
    const module = await builtTrust();
    const { agency, key, trust } = setting();
    const { text, leaf } = receiptBy(agency, key, kSibling);
    const { three, proof } = smallLog(kSibling, leaf, kNext);
    const inclusion = [kSibling.toString('hex'), ...proof];
    const place = (checkpoint: string, more: object = {}): string =>
      valueOf(module.place(text, checkpoint, { ...trust, ...more })).place;

    expect(place(checkpointBy(key, 3, three), { proof: inclusion })).toBe('held');
    expect(place(checkpointBy(key, 3, three))).toBe('unproven');
    expect(place(checkpointBy(key, 3, node(kNext, kNext)), { proof: inclusion })).toBe('absent');
    expect(place(checkpointBy(key, 1, kSibling))).toBe('too_short');
  });
});

const kNew = 'landfall.localhost/log-2';

interface LinkFacts {
  readonly former?: string;
  readonly origin?: string;
  readonly size?: number;
  readonly root?: Buffer;
  readonly linked_at?: string;
}

/** The agency's word that the log of `former` goes on under another name, with its first `size` entries. */
function linkBy(agency: Key, key: Key, facts: LinkFacts = {}): string {
  const { former = kOrigin, origin = kNew, size = 2, root = kNext } = facts;
  const certificate = (aud: string): string =>
    signed(
      'landfall-cert',
      { aud, role: 'receipt', key: key.x, ...kTimes, development: true },
      agency,
    );
  return signed(
    'landfall-link',
    {
      aud: origin,
      cert: certificate(origin),
      checkpoint: checkpointBy(key, size, root, origin),
      former: {
        cert: certificate(former),
        origin: former,
        root: root.toString('hex'),
        tree_size: size,
      },
      linked_at: facts.linked_at ?? '2026-11-21T12:00:00Z',
    },
    key,
  );
}

describe('links of a log that was restored', () => {
  it('say which entries are held, which were lost, and what nobody knows', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const today = { ...trust, index: index({ aud: kNew }) };
    const link = linkBy(agency, key);
    const entries = [
      { origin: kOrigin, index: 1 },
      { origin: kOrigin, index: 2 },
      { origin: kNew, index: 9 },
      { origin: 'elsewhere', index: 0 },
    ];

    const found = valueOf(module.links({ ...today, links: [link], entries }));

    expect(found.current).toBe(kNew);
    expect(found.links).toEqual([link]);
    expect(found.entries.map(({ standing }) => standing)).toEqual([
      'held',
      'lost',
      'held',
      'foreign',
    ]);
    expect(found.entries.map(({ continued }) => continued)).toEqual([2, 2, undefined, undefined]);
    const kept = valueOf(module.links({ ...today, links: [], kept_links: [link], entries }));
    expect(kept).toEqual(found);
  });

  it('contradict each other when a former log went on in two ways, or continues itself', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const today = { ...trust, index: index({ aud: kNew }), entries: [] };
    const link = linkBy(agency, key);
    const again = linkBy(agency, key, { linked_at: '2026-11-21T13:00:00Z' });
    const shorter = linkBy(agency, key, { size: 1 });
    const back = linkBy(agency, key, { former: kNew, origin: kOrigin });

    const follow = (kept_links: readonly string[], links: readonly string[]) =>
      valueOf(module.links({ ...today, kept_links, links }));

    expect(follow([link], [again])).toMatchObject({ links: [link], entries: [] });
    expect(follow([link], [again])).not.toHaveProperty('contradiction');
    expect(follow([link], [shorter]).contradiction).toEqual([link, shorter]);
    expect(follow([], [link, shorter]).contradiction).toEqual([link, shorter]);
    expect(follow([link], [back]).contradiction).toEqual([link, back]);
  });

  it('are believed only by a key that the agency certified and did not revoke', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const today = { ...trust, index: index({ aud: kNew }), entries: [] };
    const kid = sha256(`{"crv":"Ed25519","kty":"OKP","x":"${key.x}"}`).toString('base64url');
    const link = linkBy(agency, key);
    const revoked = { ...today, index: index({ aud: kNew, revoked: [kid] }) };

    expect(codeOf(module.links({ ...today, links: [linkBy(makeKey(), key)] }))).toBe(
      'receipt_certificate_wrong',
    );
    expect(codeOf(module.links({ ...revoked, links: [link] }))).toBe('receipt_key_revoked');
    const dropped = valueOf(module.links({ ...revoked, links: [], kept_links: [link] }));
    expect(dropped.links).toEqual([]);
    const { index: _index, ...bare } = today;
    expect(codeOf(module.links({ ...bare, links: [link] }))).toBe('receipt_key_unknown');
    const wrong = { ...today, links: [link], entries: [{ origin: kOrigin, index: -1 }] };
    expect(codeOf(module.links(wrong))).toBe('json_shape');
  });

  it('let a head of the former log be held against the one of today, as far as it goes on', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const { two, three, proof } = smallLog(kSibling, kNext, kSibling);
    const now = checkpointBy(key, 3, three, kNew);
    const relation = (before: string, size: number, more: object = {}): string => {
      const links = [linkBy(agency, key, { size, root: size === 2 ? two : kNext })];
      const today = { ...trust, index: index({ aud: kNew }), links, proof, believes_first: true };
      return valueOf(module.compare(before, now, { ...today, ...more })).relation;
    };

    expect(relation(checkpointBy(key, 2, two), 2)).toBe('grown');
    expect(relation(checkpointBy(key, 2, node(kNext, kNext)), 2)).toBe('rewritten');
    expect(relation(checkpointBy(key, 2, two), 1)).toBe('other_log');
    expect(relation(checkpointBy(key, 2, two, 'elsewhere'), 2)).toBe('other_log');
    expect(relation(checkpointBy(key, 2, two), 2, { links: undefined })).toBe('other_log');
  });

  it('let a receipt be found at its place in the log of today, as far as it goes on', async () => {
    const module = await builtTrust();
    const { agency, key, index, trust } = setting();
    const { text, leaf } = receiptBy(agency, key, kSibling);
    const { two, three, proof } = smallLog(kSibling, leaf, kNext);
    const now = checkpointBy(key, 3, three, kNew);
    const place = (size: number, root: Buffer, more: object = {}): string => {
      const links = [linkBy(agency, key, { size, root })];
      const inclusion = [kSibling.toString('hex'), ...proof];
      const today = { ...trust, index: index({ aud: kNew }), links, proof: inclusion };
      return valueOf(module.place(text, now, { ...today, ...more })).place;
    };

    expect(place(2, two)).toBe('held');
    expect(place(2, two, { proof: undefined })).toBe('unproven');
    expect(place(2, two, { proof })).toBe('absent');
    expect(place(1, kSibling)).toBe('other_log');
    expect(place(2, two, { links: undefined })).toBe('other_log');
  });
});
