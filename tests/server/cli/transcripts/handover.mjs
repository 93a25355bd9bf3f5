// The agency's root key handed over: certificates both ways, the index continued, old and new
// verifiers.

import { copyFileSync, existsSync, mkdirSync, readdirSync } from 'node:fs';

import { kOrigin, makeCertificate, makeKey, makeReceipt } from './documents.mjs';
import { equal, expect, kCouldNot, kNo, kUsage, kYes, landfall, scenario } from './harness.mjs';
import { compactVerify, importJWK } from './jose.mjs';
import { makeForm } from './packages.mjs';

const kDay = 86_400_000;

const linesOf = (folder, name) => folder.read(name).toString().split('\n').filter(Boolean);

/** What a certificate says, believed only from `key`. */
async function certificateBy(key, text) {
  const publicKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.public }, 'EdDSA');
  const { payload } = await compactVerify(text, publicKey);
  return JSON.parse(new TextDecoder().decode(payload));
}

/** The keys of an agency in keys/, with a receipt and a case office key. */
export function makeAgency(folder) {
  mkdirSync(folder.file('keys'), { recursive: true });
  const agency = makeKey(folder, 'agency', 'keys/agency', ['--public', folder.file('old.pub')]);
  makeKey(folder, 'receipt', 'keys/receipt');
  makeKey(folder, 'sealing', 'keys/case-office');
  return agency;
}

/** Hands over to a new root in next/, which has the other keys as well. */
export function handOver(folder, more = [], from = 'keys', to = 'next') {
  mkdirSync(folder.file(to), { recursive: true });
  const key = makeKey(folder, 'agency', `${to}/agency`, [
    '--certified-by',
    folder.file(`${from}/agency.json`),
    '--public',
    folder.file(`${to}.pub`),
    ...more,
  ]);
  for (const name of ['receipt.json', 'case-office.json'])
    copyFileSync(folder.file(`${from}/${name}`), folder.file(`${to}/${name}`));
  return key;
}

export const sign = (folder, keys, more = [], out = 'out') =>
  landfall([
    'package',
    'sign',
    makeForm(folder),
    '--keys',
    folder.file(keys),
    '--out',
    folder.file(out),
    ...more,
  ]);

export const indexOf = (folder) =>
  JSON.parse(Buffer.from(folder.read('out/index.jws').toString().split('.')[1], 'base64url'));

scenario('an old root certifies the new one, and the new one the old', async (folder) => {
  const old = makeAgency(folder);
  const fresh = handOver(folder, ['--days', '1000', '--overlap', '30']);
  const [forwards, backwards, ...rest] = linesOf(folder, 'next/agency.certs');
  equal(rest.length, 0, 'further certificates');
  const successor = await certificateBy(old, forwards);
  equal(successor.role, 'agency', 'role');
  equal(successor.key, fresh.public, 'key');
  equal(successor.aud, kOrigin, 'aud');
  equal(successor.development, true, 'development');
  const days = (at) => (Date.parse(at) - Date.now()) / kDay;
  expect(Math.abs(days(successor.not_before) + 1) < 0.1, 'from yesterday', successor);
  expect(Math.abs(days(successor.not_after) - 1000) < 0.1, 'for 1000 days', successor);
  const former = await certificateBy(fresh, backwards);
  equal(former.role, 'former', 'role');
  equal(former.key, old.public, 'key');
  expect(Math.abs(days(former.not_after) - 30) < 0.1, 'for 30 days more', former);
});

scenario('a second handover keeps the certificates of the first', (folder) => {
  makeAgency(folder);
  handOver(folder);
  handOver(folder, [], 'next', 'third');
  const first = linesOf(folder, 'next/agency.certs');
  const both = linesOf(folder, 'third/agency.certs');
  equal(both.length, 4, 'certificates');
  equal(both.slice(0, 2).join(), first.join(), 'those of the first');
});

const kWrongHandovers = [
  [
    'by a receipt key',
    ['agency', '--development'],
    'keys/receipt.json',
    kUsage,
    /not an agency key/,
  ],
  [
    'of a receipt key',
    ['receipt', '--development'],
    'keys/agency.json',
    kUsage,
    /roles agency and desk/,
  ],
  ['to a production key', ['agency'], 'keys/agency.json', kUsage, /do not mix/],
  ['by a key that is not there', ['agency'], 'keys/none.json', kCouldNot, /none\.json/],
  ['to nowhere', ['agency', '--development'], 'keys/agency.json', kUsage, /--certificates/, []],
];
for (const [what, role, by, code, wanted, out] of kWrongHandovers) {
  scenario(`no handover ${what}`, (folder) => {
    makeAgency(folder);
    const where = out ?? ['-o', folder.file('x.json')];
    const got = landfall(['keygen', ...role, '--certified-by', folder.file(by), ...where]);
    equal(got.code, code, 'exit code');
    expect(wanted.test(got.errors), wanted, got);
    expect(!existsSync(folder.file('x.json')), 'no key', 'a file');
  });
}

scenario('certificates of another handover are not replaced', (folder) => {
  makeAgency(folder);
  folder.write('agency.certs', 'precious\n');
  const args = ['keygen', 'agency', '--development', '--certified-by'];
  const got = landfall([...args, folder.file('keys/agency.json'), '-o', folder.file('x.json')]);
  equal(got.code, kCouldNot, 'exit code');
  equal(folder.read('agency.certs').toString(), 'precious\n', 'content');
  expect(!existsSync(folder.file('x.json')), 'no key', 'a file');
});

scenario('options of a handover without one are wrong usage', (folder) => {
  const got = landfall(['keygen', 'agency', '--overlap', '3', '-o', folder.file('x.json')]);
  equal(got.code, kUsage, 'exit code');
  expect(/--overlap is for --certified-by/.test(got.errors), 'the reason', got);
});

scenario(
  'the new root continues the index of the old one, and publishes the certificates',
  (folder) => {
    makeAgency(folder);
    const kid = 'A'.repeat(43);
    equal(sign(folder, 'keys', ['--serial', '4000000000', '--revoke', kid]).code, 0, 'exit code');
    expect(!existsSync(folder.file('out/agency.certs')), 'no certificates yet', 'a file');
    const before = indexOf(folder);
    handOver(folder);
    equal(sign(folder, 'next').code, 0, 'exit code');
    const after = indexOf(folder);
    equal(after.serial, 4000000001, 'serial');
    equal(after.revoked.join(), kid, 'revoked');
    equal(after.receipt_keys[0].not_before, before.receipt_keys[0].not_before, 'since when');
    equal(linesOf(folder, 'out/agency.certs').length, 2, 'certificates');
  },
);

scenario('a root key revokes an earlier one, and not itself', (folder) => {
  const old = makeAgency(folder);
  sign(folder, 'keys');
  const fresh = handOver(folder);
  const itself = sign(folder, 'next', ['--revoke', fresh.kid]);
  equal(itself.code, kUsage, 'exit code');
  expect(/only another root/.test(itself.errors), 'the reason', itself);
  equal(sign(folder, 'next', ['--revoke', old.kid]).code, 0, 'exit code');
  equal(indexOf(folder).revoked.join(), old.kid, 'revoked');
});

/** `landfall verify` of a text by the root in NAME.pub, with further arguments. */
const verify = (folder, text, name, more = []) =>
  landfall([
    'verify',
    folder.write('document', text),
    '--trust',
    folder.file(`${name}.pub`),
    ...more.map((each) => (each.includes('/') ? folder.file(each) : each)),
  ]);

/** An agency that handed over and published: keys, and receipts under either root. */
async function rotated(folder, more = []) {
  const old = makeAgency(folder);
  equal(sign(folder, 'keys').code, 0, 'exit code');
  copyFileSync(folder.file('out/index.jws'), folder.file('old-index.jws'));
  const fresh = handOver(folder);
  equal(
    sign(
      folder,
      'next',
      more.map((each) => (each === 'OLD' ? old.kid : each)),
    ).code,
    0,
    'code',
  );
  const receipt = JSON.parse(folder.read('keys/receipt.json'));
  const body = (days) => ({
    received_at: new Date(Date.now() + days * kDay).toISOString().replace(/\.\d+Z/, 'Z'),
  });
  const cert = (agency) =>
    makeCertificate(agency, receipt, {
      not_before: '2000-01-01T00:00:00Z',
      not_after: '2100-01-01T00:00:00Z',
    });
  const receiptBy = async (agency, days) =>
    makeReceipt({ agency, receipt }, { body: body(days), cert: await cert(agency) });
  return { old, fresh, receipt, receiptBy };
}

const kPublished = ['--index', 'out/index.jws'];

scenario(
  'who knows only the old root believes index and receipt of the new one',
  async (folder) => {
    const { old, fresh, receiptBy } = await rotated(folder);
    const index = verify(folder, folder.read('out/index.jws'), 'old', [
      '--certificates',
      'out/agency.certs',
    ]);
    equal(index.code, kYes, 'exit code');
    const words = `signed by the agency's newer root ${fresh.kid}, which the root ${old.kid} certified`;
    expect(index.text.includes(words), words, index);
    equal(verify(folder, folder.read('out/index.jws'), 'old').code, kNo, 'without certificates');
    const text = await receiptBy(fresh, 0);
    equal(verify(folder, text, 'old').code, kNo, 'without certificates');
    const got = verify(folder, text, 'old', kPublished);
    equal(got.code, kYes, 'exit code');
    expect(got.text.includes("certified by the agency's newer root"), 'the root in words', got);
    const facts = JSON.parse(verify(folder, text, 'old', [...kPublished, '--json']).text);
    equal(facts.root.standing, 'successor', 'standing');
    equal(facts.root.kid, fresh.kid, 'kid');
    equal(facts.root.certified_by, old.kid, 'certified_by');
  },
);

scenario(
  'who knows only the new root believes what the old one signed in its time',
  async (folder) => {
    const { old, receiptBy } = await rotated(folder);
    const got = verify(folder, await receiptBy(old, -3), 'next', kPublished);
    equal(got.code, kYes, 'exit code');
    const words = `certified by the agency's former root ${old.kid}, which has been replaced`;
    expect(got.text.includes(words), words, got);
    equal(
      verify(folder, await receiptBy(old, 89), 'next', kPublished).code,
      kYes,
      'in the overlap',
    );
    const late = verify(folder, await receiptBy(old, 91), 'next', kPublished);
    equal(late.code, kNo, 'after it');
    expect(/receipt_certificate_wrong/.test(late.text), 'the reason', late);
  },
);

scenario('both roots given by hand are both believed', async (folder) => {
  const { old, fresh, receiptBy } = await rotated(folder);
  for (const agency of [old, fresh]) {
    const more = ['--trust', folder.file('next.pub')];
    const file = folder.write('receipt.jws', await receiptBy(agency, 0));
    const got = landfall(['verify', file, '--trust', folder.file('old.pub'), ...more]);
    equal(got.code, kYes, 'exit code');
    expect(/certified by the agency root/.test(got.text), 'the root in words', got);
  }
});

scenario('a package of either root is genuine for who knows the other one', async (folder) => {
  await rotated(folder);
  const name = readdirSync(folder.file('out')).find((each) => {
    if (!each.endsWith('.json')) return false;
    return folder.read(`out/${each}`).includes('"form"');
  });
  for (const root of ['old', 'next']) {
    const got = landfall([
      'verify',
      folder.file(`out/${name}`),
      '--trust',
      folder.file(`${root}.pub`),
    ]);
    equal(got.code, kYes, `exit code with ${root}`);
  }
  const folderOfOld = folder.file('then');
  mkdirSync(folderOfOld);
  copyFileSync(folder.file(`out/${name}`), folder.file(`then/${name}`));
  copyFileSync(folder.file('old-index.jws'), folder.file('then/index.jws'));
  const args = ['verify', folder.file(`then/${name}`), '--trust', folder.file('next.pub')];
  equal(landfall(args).code, kNo, 'exit code without certificates');
  const got = landfall([...args, '--index', folder.file('out/index.jws')]);
  equal(got.code, kYes, 'exit code with the index of now');
  expect(/former root/.test(got.text), 'the root in words', got);
});

scenario(
  'after the handover no index by the old root is one, whatever its serial',
  async (folder) => {
    await rotated(folder);
    sign(folder, 'keys', ['--serial', '9000000000'], 'forged');
    for (const index of ['old-index.jws', 'forged/index.jws']) {
      const got = verify(folder, folder.read(index), 'next', [
        '--certificates',
        'out/agency.certs',
      ]);
      equal(got.code, kNo, `exit code of ${index}`);
      expect(/index_not_genuine/.test(got.text), 'the reason', got);
      const since = verify(folder, folder.read(index), 'old', kPublished);
      equal(since.code, kNo, `exit code of ${index}, for who has seen the new index`);
    }
  },
);

scenario('nothing counts that a revoked root signed, and it says so', async (folder) => {
  const { old, fresh, receiptBy } = await rotated(folder, ['--revoke', 'OLD']);
  for (const root of ['old', 'next']) {
    const got = verify(folder, await receiptBy(old, -3), root, kPublished);
    equal(got.code, kNo, `exit code with ${root}`);
    expect(/revoked the root key/.test(got.text), 'the reason', got);
    equal(verify(folder, await receiptBy(fresh, 0), root, kPublished).code, kYes, 'the new root');
  }
});

scenario('certificates of keys that work for the agency hand nothing over', async (folder) => {
  const { old, fresh, receiptBy } = await rotated(folder);
  const wrong = await Promise.all(
    [{ role: 'receipt' }, { role: 'desk' }, { role: 'agency', aud: 'other.example/log' }].map(
      (changes) => makeCertificate(old, fresh, changes),
    ),
  );
  const text = await receiptBy(fresh, 0);
  const by = (lines) => {
    folder.write('agency.certs', `${lines.join('\n')}\n`);
    return verify(folder, text, 'old', ['--certificates', './agency.certs']).code;
  };
  equal(by(wrong), kNo, 'exit code');
  const role = { role: 'agency', not_after: '2100-01-01T00:00:00Z' };
  equal(by([...wrong, await makeCertificate(old, fresh, role)]), kYes, 'exit code');
  const agency = await makeCertificate(old, fresh, role);
  equal(verify(folder, agency, 'old').code, kYes, 'a certificate of a root');
  const passedOff = await makeReceipt({ agency: old, receipt: fresh }, { cert: agency });
  const got = verify(folder, passedOff, 'old');
  equal(got.code, kNo, 'exit code');
  expect(/receipt_certificate_wrong/.test(got.text), 'the reason', got);
});
