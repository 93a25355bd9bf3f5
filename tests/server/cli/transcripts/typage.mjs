// Sealing and opening with npm's age-encryption, in both directions; what it can and we do not.

import { randomBytes } from 'node:crypto';

import {
  armor,
  Decrypter,
  Encrypter,
  generateHybridIdentity,
  generateX25519Identity,
  identityToRecipient,
  Stanza,
} from 'age-encryption';

import {
  command,
  equal,
  expect,
  kCouldNot,
  kUsage,
  landfall,
  scenario,
  succeed,
} from './harness.mjs';

/** Sizes around the borders of age's 64 KiB chunks. */
const kSizes = [0, 1, 65535, 65536, 65537, 131072, 300_000];
const kPassphrase = 'correct horse – 馬';
/** What theirs is told to use; ours always takes 18. */
const kQuickWorkFactor = 10;

async function theirKeys(folder, identity) {
  const file = folder.write('theirs.identity', `${identity}\n`);
  return { identity, recipient: await identityToRecipient(identity), file };
}

async function makeTheirs(folder) {
  return theirKeys(folder, await generateX25519Identity());
}

function makeOurs(folder) {
  succeed(['keygen', 'sealing', '-o', folder.file('me.json')]);
  const lines = folder.read('me.identity').toString().split('\n');
  return {
    identity: lines.find((line) => line.startsWith('AGE-SECRET-KEY-1')),
    recipient: JSON.parse(folder.read('me.json')).public,
    file: folder.file('me.identity'),
  };
}

async function theySeal(plaintext, ...recipients) {
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(recipient);
  return Buffer.from(await encrypter.encrypt(plaintext));
}

async function theyOpen(sealed, identity) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return Buffer.from(await decrypter.decrypt(sealed));
}

for (const size of kSizes) {
  scenario(`${size} bytes go to age-encryption and come from it`, async (folder) => {
    const plaintext = randomBytes(size);
    for (const keys of [await makeTheirs(folder), makeOurs(folder)]) {
      const ours = succeed(['seal', '-r', keys.recipient], { input: plaintext });
      const opened = await theyOpen(ours, keys.identity);
      expect(opened.equals(plaintext), 'ours opened by age-encryption', opened.length);

      const theirs = await theySeal(plaintext, keys.recipient);
      const back = succeed(['open', '-i', keys.file], { input: theirs });
      expect(back.equals(plaintext), "age-encryption's opened by us", back.length);
    }
  });
}

for (const size of [0, 47, 48, 49, 70_000]) {
  scenario(`${size} bytes go through text armor to age-encryption and back`, async (folder) => {
    const keys = await makeTheirs(folder);
    const plaintext = randomBytes(size);

    const ours = succeed(['seal', '-a', '-r', keys.recipient], { input: plaintext });
    const opened = await theyOpen(armor.decode(ours.toString()), keys.identity);
    expect(opened.equals(plaintext), 'ours opened by age-encryption', opened.length);

    const theirs = armor.encode(await theySeal(plaintext, keys.recipient));
    const back = succeed(['open', '-i', keys.file], { input: theirs });
    expect(back.equals(plaintext), "age-encryption's opened by us", back.length);
  });
}

scenario('a passphrase goes to age-encryption and comes from it', async (folder) => {
  const pass = folder.write('pass', `${kPassphrase}\n`);

  const ours = succeed(['seal', '-p', '--passphrase-file', pass], { input: 'ours' });
  const decrypter = new Decrypter();
  decrypter.addPassphrase(kPassphrase);
  equal(await decrypter.decrypt(ours, 'text'), 'ours');

  const encrypter = new Encrypter();
  encrypter.setPassphrase(kPassphrase);
  encrypter.setScryptWorkFactor(kQuickWorkFactor);
  const theirs = Buffer.from(await encrypter.encrypt('theirs'));
  equal(succeed(['open', '--passphrase-file', pass], { input: theirs }).toString(), 'theirs');
  const wrong = folder.write('wrong', 'correct horse\n');
  equal(landfall(['open', '--passphrase-file', wrong], { input: theirs }).code, kCouldNot, 'code');
});

scenario('a passphrase goes to the age program and comes from it', (folder) => {
  const pass = folder.write('pass', 'correct horse\n');
  folder.write('in', 'text');
  // It takes a passphrase from a terminal only.
  const age = (args, times) =>
    command('script', ['-qec', `age ${args}`, '/dev/null'], {
      input: 'correct horse\n'.repeat(times),
      cwd: folder.root,
    });

  succeed(['seal', '-p', '--passphrase-file', pass, '-o', folder.file('ours'), folder.file('in')]);
  equal(age('-d -o opened ours', 1).code, 0, 'exit code of age -d');
  equal(folder.read('opened').toString(), 'text', 'ours opened by age');

  equal(age('-p -a -o theirs in', 2).code, 0, 'exit code of age -p');
  const args = ['open', '--passphrase-file', pass, folder.file('theirs')];
  equal(succeed(args).toString(), 'text', "age's opened by us");
});

scenario('of several recipients each opens with its own program', async (folder) => {
  const [ours, theirs] = [makeOurs(folder), await makeTheirs(folder)];

  const byUs = succeed(['seal', '-r', theirs.recipient, '-r', ours.recipient], { input: 'both' });
  const byThem = await theySeal('both', ours.recipient, theirs.recipient);

  for (const sealed of [byUs, byThem]) {
    equal(succeed(['open', '-i', ours.file], { input: sealed }).toString(), 'both');
    equal((await theyOpen(sealed, theirs.identity)).toString(), 'both');
    equal(command('age', ['-d', '-i', theirs.file], { input: sealed }).text, 'both');
  }
});

scenario('stanzas that nobody knows are passed over', async (folder) => {
  const ours = makeOurs(folder);
  const grease = {
    wrapFileKey: () => [new Stanza(['example.com/gr3ase', '!~', 'x'], randomBytes(100))],
  };
  const sealed = await theySeal('text', grease, ours.recipient, grease);
  equal(succeed(['open', '-i', ours.file], { input: sealed }).toString(), 'text');
});

/** Adds a stanza of a passphrase to any other: theirs does not do that by itself. */
const scryptStanza = {
  wrapFileKey: () => [
    new Stanza(
      ['scrypt', Buffer.alloc(16, 1).toString('base64').replace(/=+$/, ''), '10'],
      randomBytes(32),
    ),
  ],
};

for (const [what, stanzas] of [
  ['behind ours', (ours) => [ours, scryptStanza]],
  ['in front of ours', (ours) => [scryptStanza, ours]],
]) {
  scenario(`a passphrase stanza ${what} condemns the file`, async (folder) => {
    const ours = makeOurs(folder);
    const sealed = await theySeal('text', ...stanzas(ours.recipient));
    const got = landfall(['open', '-i', ours.file], { input: sealed });
    equal(got.code, kCouldNot, 'exit code');
    equal(got.text, '', 'standard output');
  });
}

scenario('post-quantum files and keys are refused for what they are', async (folder) => {
  const ours = makeOurs(folder);
  const hybrid = await theirKeys(folder, await generateHybridIdentity());
  expect(hybrid.recipient.startsWith('age1pq1'), 'a hybrid recipient', hybrid.recipient);

  const opened = landfall(['open', '-i', ours.file], {
    input: await theySeal('x', hybrid.recipient),
  });
  equal(opened.code, kCouldNot, 'exit code of opening');
  expect(/none of the identities/.test(opened.errors), 'the reason', opened);
  const sealed = landfall(['seal', '-r', hybrid.recipient], { input: 'x' });
  equal(sealed.code, kUsage, 'exit code of sealing');
  equal(sealed.text, '', 'standard output');
  const identity = landfall(['open', '-i', hybrid.file], {
    input: await theySeal('x', ours.recipient),
  });
  equal(identity.code, kCouldNot, 'exit code of a hybrid identity');
  expect(!identity.errors.includes(hybrid.identity), 'no secret in the message', identity);
});
