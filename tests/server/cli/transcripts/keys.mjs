// Keys: their roles, their files, who may read them.

import { existsSync, statSync } from 'node:fs';

import { calculateJwkThumbprint } from './jose.mjs';
import {
  command,
  equal,
  expect,
  kCouldNot,
  kUsage,
  landfall,
  scenario,
  succeed,
  transcript,
} from './harness.mjs';

const kRoles = ['applicant', 'agency', 'receipt', 'sealing', 'helpdesk'];

for (const role of kRoles) {
  scenario(`a ${role} key is one JSON object, readable by its owner only`, (folder) => {
    const file = folder.file('key.json');
    const got = landfall(['keygen', role, '-o', file]);
    equal(got.code, 0, 'exit code');
    equal(got.text, '', 'standard output');
    expect(got.errors.startsWith('Public key: '), 'the public key on standard error', got);
    const key = JSON.parse(folder.read('key.json'));
    equal(key.landfall_key, 1, 'landfall_key');
    equal(key.role, role, 'role');
    equal(key.development, false, 'development');
    expect(got.errors.includes(key.public), 'the same public key', got);
    expect(!got.errors.includes(key.secret), 'no secret on standard error', 'a secret');
    equal(statSync(file).mode & 0o777, 0o600, 'mode');
  });
}

scenario('the default key is an applicant key on standard output', () => {
  const key = JSON.parse(succeed(['keygen']));
  equal(key.role, 'applicant', 'role');
});

scenario('a development key says so in its file and aloud', () => {
  const got = landfall(['keygen', 'receipt', '--development']);
  equal(JSON.parse(got.text).development, true, 'development');
  expect(/development key/.test(got.errors), 'a warning', got);
});

scenario('two keys are never the same', () => {
  const secrets = new Set(Array.from({ length: 5 }, () => JSON.parse(succeed(['keygen'])).secret));
  equal(secrets.size, 5, 'distinct secrets');
});

scenario('the public half can be written on a line of its own', (folder) => {
  succeed(['keygen', 'agency', '-o', folder.file('a.json'), '--public', folder.file('root.pub')]);
  const key = JSON.parse(folder.read('a.json'));
  equal(folder.read('root.pub').toString(), `${key.public}\n`, 'root.pub');
});

scenario('the kid of a signing key is its RFC 7638 thumbprint, as jose computes it', async () => {
  const key = JSON.parse(succeed(['keygen', 'agency']));
  const wanted = await calculateJwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x: key.public });
  equal(key.kid, wanted, 'kid');
});

scenario('a sealing key is also an identity file of the age program', (folder) => {
  succeed(['keygen', 'sealing', '-o', folder.file('case-office.json')]);
  const key = JSON.parse(folder.read('case-office.json'));
  const recipient = command('age-keygen', ['-y', folder.file('case-office.identity')]);
  equal(recipient.text.trim(), key.public, 'recipient');
  equal(statSync(folder.file('case-office.identity')).mode & 0o777, 0o600, 'mode');
});

scenario('a key never replaces a file that is there', (folder) => {
  folder.write('key.json', 'precious');
  const got = landfall(['keygen', '-o', folder.file('key.json')]);
  equal(got.code, kCouldNot, 'exit code');
  equal(folder.read('key.json').toString(), 'precious', 'content');
});

scenario('a key whose companion is there already is not written either', (folder) => {
  folder.write('key.identity', 'precious');
  equal(
    landfall(['keygen', 'sealing', '-o', folder.file('key.json')]).code,
    kCouldNot,
    'exit code',
  );
  expect(!existsSync(folder.file('key.json')), 'no key', 'a file');
  equal(folder.read('key.identity').toString(), 'precious', 'content');
});

transcript('an unknown role is wrong usage', {
  args: ['keygen', 'king'],
  code: kUsage,
  stdout: '',
});
