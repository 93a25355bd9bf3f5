// Damaged, foreign and hostile age files: refused with a reason, nothing left half.

import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';

import { command, equal, expect, kCouldNot, landfall, scenario, succeed } from './harness.mjs';

const kPlaintextBytes = 150_000;
const kHeaderBytes = 200;

function sealedFile(folder) {
  succeed(['keygen', 'sealing', '-o', folder.file('me.json')]);
  const me = JSON.parse(folder.read('me.json'));
  const plaintext = randomBytes(kPlaintextBytes);
  return { plaintext, sealed: succeed(['seal', '-r', me.public], { input: plaintext }) };
}

/** Opens `sealed` to a file that exists already and must stay as it was. */
function expectRefused(folder, sealed, reason) {
  folder.write('out', 'before');
  const before = readdirSync(folder.root).length;
  const args = ['open', '-i', folder.file('me.identity'), '-o', folder.file('out')];
  const got = landfall(args, { input: sealed });
  equal(got.code, kCouldNot, 'exit code');
  expect(reason.test(got.errors), reason, got);
  equal(folder.read('out').toString(), 'before', 'the file at the output path');
  equal(readdirSync(folder.root).length, before, 'files in the folder');
}

for (const [where, offset] of [
  ['the version line', 5],
  ['the stanza', 40],
  ['the header MAC', 170],
  ['the nonce', 190],
  ['the first chunk', 1000],
  ['the second chunk', 70_000],
  ['the last chunk', -20],
  ['the last tag', -1],
]) {
  scenario(
    `a bit flipped in ${where} is refused and nothing appears at the output path`,
    (folder) => {
      const { sealed } = sealedFile(folder);
      sealed[offset < 0 ? sealed.length + offset : offset] ^= 4;
      expectRefused(folder, sealed, /header|opens this file|changed|age file/);
    },
  );
}

for (const [what, cut] of [
  ['to nothing', 0],
  ['in the version line', 10],
  ['in the header', 100],
  ['before the nonce', kHeaderBytes - 16],
  ['in the first chunk', 5000],
  ['between two chunks', kHeaderBytes + 65552],
  ['by one byte', -1],
]) {
  scenario(`a file cut ${what} is refused and nothing appears at the output path`, (folder) => {
    const { sealed } = sealedFile(folder);
    expectRefused(folder, sealed.subarray(0, cut < 0 ? sealed.length + cut : cut), /./);
  });
}

scenario('bytes after the last chunk are refused', (folder) => {
  const { sealed } = sealedFile(folder);
  expectRefused(folder, Buffer.concat([sealed, Buffer.from('x')]), /changed or cut short/);
});

scenario('a file for somebody else is refused with that reason', (folder) => {
  const { sealed } = sealedFile(folder);
  succeed(['keygen', 'sealing', '-o', folder.file('other.json')]);
  const got = landfall(['open', '-i', folder.file('other.identity')], { input: sealed });
  equal(got.code, kCouldNot, 'exit code');
  equal(got.text, '', 'standard output');
  expect(/none of the identities/.test(got.errors), 'the reason', got);
});

scenario(
  'what was verified before the damage goes to standard output, and the exit code tells',
  (folder) => {
    const { plaintext, sealed } = sealedFile(folder);
    sealed[sealed.length - 1] ^= 1;
    const got = landfall(['open', '-i', folder.file('me.identity')], { input: sealed });
    equal(got.code, kCouldNot, 'exit code');
    expect(got.stdout.length >= 65536, 'at least the first chunk', got.stdout.length);
    expect(plaintext.subarray(0, got.stdout.length).equals(got.stdout), 'only genuine bytes', '');
  },
);

for (const [what, damage] of [
  [
    'a changed character',
    (text) => text.replace(/[A-Z]\n/, (end) => (end[0] === 'A' ? 'B\n' : 'A\n')),
  ],
  ['a missing end mark', (text) => text.slice(0, text.indexOf('-----END'))],
  ['a blank line inside', (text) => text.replace(/\n(.{64})\n/, '\n$1\n\n')],
  ['text before it', (text) => `x\n${text}`],
]) {
  scenario(`text armor with ${what} is refused`, (folder) => {
    sealedFile(folder);
    const recipient = JSON.parse(folder.read('me.json')).public;
    const armored = succeed(['seal', '-a', '-r', recipient], {
      input: randomBytes(500),
    }).toString();
    expectRefused(folder, damage(armored), /./);
  });
}

scenario('a passphrase file that asks for too much memory is refused at once', (folder) => {
  const pass = folder.write('pass', 'pw\n');
  const sealed = succeed(['seal', '-p', '--passphrase-file', pass], { input: 'x' });
  const costly = Buffer.from(
    sealed.toString('latin1').replace(/^(-> scrypt \S+) 18$/m, '$1 30'),
    'latin1',
  );
  const started = Date.now();
  const got = landfall(['open', '--passphrase-file', pass], { input: costly });
  equal(got.code, kCouldNot, 'exit code');
  expect(Date.now() - started < 5000, 'an answer within 5 s', Date.now() - started);
});

for (const [what, content] of [
  ['no file', undefined],
  ['an empty file', ''],
  ['a file of noise', 'noise\n'],
  ['a recipient', 'age1ywc8s4gg2nk2alnrpjge9qjsv5ftfrsha9huz7gw08q3yfaz6d5sxn455f\n'],
  ['a JSON document that is no key', '{"landfall_key":1}'],
]) {
  scenario(`${what} given as identity is refused without saying what is in it`, (folder) => {
    const { sealed } = sealedFile(folder);
    if (content !== undefined) folder.write('identity', content);
    const got = landfall(['open', '-i', folder.file('identity')], { input: sealed });
    equal(got.code, kCouldNot, 'exit code');
    expect(!got.errors.includes('noise\n'), 'no content', got);
  });
}

scenario('a key that only signs opens nothing', (folder) => {
  const { sealed } = sealedFile(folder);
  succeed(['keygen', 'agency', '-o', folder.file('agency.json')]);
  const got = landfall(['open', '-i', folder.file('agency.json')], { input: sealed });
  equal(got.code, kCouldNot, 'exit code');
  expect(/opens nothing/.test(got.errors), 'the reason', got);
});

scenario('age refuses what we refuse: a file with a changed payload', (folder) => {
  const { sealed } = sealedFile(folder);
  sealed[sealed.length - 1] ^= 1;
  const got = command('age', ['-d', '-i', folder.file('me.identity'), '-o', folder.file('x')], {
    input: sealed,
  });
  expect(got.code !== 0, 'a failure', got);
  expect(!existsSync(folder.file('y')), 'nothing', '');
});
