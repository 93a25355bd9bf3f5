// The agency's root key handed over: certificates both ways, the index continued, old and new
// verifiers.

import { copyFileSync, existsSync, mkdirSync } from 'node:fs';

import { kOrigin, makeCertificate, makeKey, makeReceipt } from './documents.mjs';
import { equal, expect, kCouldNot, kUsage, landfall, scenario, succeed } from './harness.mjs';
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

export const sign = (folder, keys, more = []) =>
  landfall([
    'package',
    'sign',
    makeForm(folder),
    '--keys',
    folder.file(keys),
    '--out',
    folder.file('out'),
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
  ['of a receipt key', ['receipt', '--development'], 'keys/agency.json', kUsage, /role agency/],
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
