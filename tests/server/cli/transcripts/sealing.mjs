// Sealing and opening, by ourselves and by the age program in both directions.

import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';

import {
  command,
  equal,
  expect,
  kCouldNot,
  kUsage,
  landfall,
  scenario,
  shell,
  succeed,
} from './harness.mjs';

/** Sizes around the borders of age's 64 KiB chunks. */
const kSizes = [0, 1, 1000, 65535, 65536, 65537, 131072, 1_000_000];

function makeIdentity(folder, name = 'me') {
  succeed(['keygen', 'sealing', '-o', folder.file(`${name}.json`)]);
  const key = JSON.parse(folder.read(`${name}.json`));
  return {
    recipient: key.public,
    file: folder.file(`${name}.identity`),
    json: folder.file(`${name}.json`),
  };
}

for (const size of kSizes) {
  scenario(
    `${size} bytes come back from seal and open, and from age in both directions`,
    (folder) => {
      const me = makeIdentity(folder);
      const plaintext = randomBytes(size);
      const ours = succeed(['seal', '-r', me.recipient], { input: plaintext });
      const theirs = command('age', ['-r', me.recipient], { input: plaintext }).stdout;
      for (const sealed of [ours, theirs]) {
        const byUs = succeed(['open', '-i', me.file], { input: sealed });
        const byAge = command('age', ['-d', '-i', me.file], { input: sealed });
        expect(byUs.equals(plaintext), 'the same bytes by landfall', byUs.length);
        expect(byAge.stdout.equals(plaintext), 'the same bytes by age', byAge);
      }
    },
  );
}

for (const size of [0, 48, 5000, 70_000]) {
  scenario(`${size} bytes come back through text armor, ours and age's`, (folder) => {
    const me = makeIdentity(folder);
    const plaintext = randomBytes(size);
    const ours = succeed(['seal', '-a', '-r', me.recipient], { input: plaintext });
    expect(
      ours.toString().startsWith('-----BEGIN AGE ENCRYPTED FILE-----\n'),
      'armor',
      ours.length,
    );
    expect(
      command('age', ['-d', '-i', me.file], { input: ours }).stdout.equals(plaintext),
      'age',
      '',
    );
    const theirs = command('age', ['-a', '-r', me.recipient], { input: plaintext }).stdout;
    expect(succeed(['open', '-i', me.file], { input: theirs }).equals(plaintext), 'landfall', '');
  });
}

scenario('each of several recipients opens the file alone', (folder) => {
  const people = ['a', 'b', 'c'].map((name) => makeIdentity(folder, name));
  folder.write('list', `# case office\n${people[1].recipient}\n\n${people[2].recipient}\n`);
  const args = ['seal', '-r', people[0].recipient, '-R', folder.file('list')];
  const sealed = succeed(args, { input: 'for all' });
  for (const person of people) {
    equal(succeed(['open', '-i', person.file], { input: sealed }).toString(), 'for all');
    equal(command('age', ['-d', '-i', person.file], { input: sealed }).text, 'for all');
  }
});

scenario('an identity may be the key file that keygen wrote, also an applicant key', (folder) => {
  const me = makeIdentity(folder);
  equal(
    succeed(['open', '-i', me.json], {
      input: succeed(['seal', '-r', me.recipient], { input: 'x' }),
    }).toString(),
    'x',
  );
  succeed(['keygen', 'applicant', '-o', folder.file('applicant.json')]);
  const applicant = JSON.parse(folder.read('applicant.json'));
  const sealed = succeed(['seal', '-r', applicant.age_recipient], { input: 'mine' });
  equal(
    succeed(['open', '-i', folder.file('applicant.json')], { input: sealed }).toString(),
    'mine',
  );
});

scenario('the right one of several identities is found', (folder) => {
  const [a, b] = ['a', 'b'].map((name) => makeIdentity(folder, name));
  const sealed = succeed(['seal', '-r', b.recipient], { input: 'for b' });
  equal(succeed(['open', '-i', a.file, '-i', b.file], { input: sealed }).toString(), 'for b');
});

scenario('a passphrase from a file seals and opens', (folder) => {
  const pass = folder.write('pass', 'correct horse\n');
  const sealed = succeed(['seal', '-p', '--passphrase-file', pass], { input: 'secret' });
  equal(succeed(['open', '--passphrase-file', pass], { input: sealed }).toString(), 'secret');
  const wrong = landfall(['open', '--passphrase-file', folder.write('no', 'wrong\n')], {
    input: sealed,
  });
  equal(wrong.code, kCouldNot, 'exit code of a wrong passphrase');
  equal(wrong.text, '', 'standard output');
});

scenario('a passphrase typed at the terminal seals and opens', (folder) => {
  folder.write('in', 'typed');
  const typed = (args, line, times) =>
    command('script', ['-qec', `"$LANDFALL" ${args}`, '/dev/null'], {
      input: `${line}\n`.repeat(times),
      cwd: folder.root,
      env: { LANDFALL: process.env.LANDFALL_PROGRAM },
    });
  equal(typed('seal -p -o sealed in', 'abc', 2).code, 0, 'exit code of seal');
  equal(typed('open -o out sealed', 'abc', 1).code, 0, 'exit code of open');
  equal(folder.read('out').toString(), 'typed', 'content');
});

scenario('Ctrl-C instead of a passphrase ends the command and writes nothing', (folder) => {
  folder.write('in', 'x');
  const got = command('script', ['-qec', '"$LANDFALL" seal -p -o out in', '/dev/null'], {
    input: 'ab\x03',
    cwd: folder.root,
    env: { LANDFALL: process.env.LANDFALL_PROGRAM },
  });
  // 130 when it came before the program had asked: then it was a signal.
  expect([kCouldNot, 130].includes(got.code), 'a failure', got);
  expect(!existsSync(folder.file('out')), 'no output', 'a file');
});

scenario('an identity file sealed by a passphrase opens with it, as with age', (folder) => {
  const me = makeIdentity(folder);
  const pass = folder.write('pass', 'pw\n');
  succeed(['seal', '-p', '--passphrase-file', pass, '-o', folder.file('me.age'), me.file]);
  const sealed = succeed(['seal', '-r', me.recipient], { input: 'deep' });
  const args = ['open', '-i', folder.file('me.age'), '--passphrase-file', pass];
  equal(succeed(args, { input: sealed }).toString(), 'deep');
});

scenario('files are read and written by name, and the input may be the output', (folder) => {
  const me = makeIdentity(folder);
  folder.write('same', 'content');
  succeed(['seal', '-r', me.recipient, '-o', folder.file('same'), folder.file('same')]);
  succeed(['open', '-i', me.file, '-o', folder.file('same'), folder.file('same')]);
  equal(folder.read('same').toString(), 'content');
});

scenario('300 MB go through seal and open in 100 MB of address space', (folder) => {
  const me = makeIdentity(folder);
  const wanted = createHash('sha256');
  for (let i = 0; i < 300; i += 1) wanted.update(Buffer.alloc(1_000_000));
  const got = shell(
    `head -c 300000000 /dev/zero | (ulimit -v 100000; exec "$LANDFALL" seal -r ${me.recipient}) |
     (ulimit -v 100000; exec "$LANDFALL" open -i me.identity) | sha256sum`,
    { cwd: folder.root },
  );
  equal(got.code, 0, 'exit code');
  equal(got.text.slice(0, 64), wanted.digest('hex'), 'digest');
});

const kUsageCases = [
  ['no recipient', ['seal'], /no recipients/],
  ['a recipient that is none', ['seal', '-r', 'age1nonsense'], /recipient age1nonsense/],
  ['a recipient of another kind', ['seal', '-r', 'ssh-ed25519 AAAA'], /recipient/],
  ['a passphrase together with a recipient', ['seal', '-p', '-r', 'age1x'], /-p cannot/],
];
for (const [name, args, stderr] of kUsageCases) {
  scenario(`sealing to ${name} is wrong usage and writes nothing`, () => {
    const got = landfall(args, { input: 'x' });
    equal(got.code, kUsage, 'exit code');
    equal(got.text, '', 'standard output');
    expect(stderr.test(got.errors), stderr, got);
  });
}

scenario('bytes are not written to a terminal unless that is insisted on', (folder) => {
  const me = makeIdentity(folder);
  const onTerminal = (args) =>
    command('script', ['-qec', `"$LANDFALL" ${args} < me.json`, '/dev/null'], {
      cwd: folder.root,
      env: { LANDFALL: process.env.LANDFALL_PROGRAM },
    });
  equal(onTerminal(`seal -r ${me.recipient}`).code, kUsage, 'exit code');
  equal(onTerminal(`seal -a -r ${me.recipient}`).code, 0, 'exit code with -a');
  equal(onTerminal(`seal -o - -r ${me.recipient}`).code, 0, 'exit code with -o -');
});

scenario('a missing input leaves no output file', (folder) => {
  const me = makeIdentity(folder);
  const got = landfall(['seal', '-r', me.recipient, '-o', folder.file('out'), folder.file('none')]);
  equal(got.code, kCouldNot, 'exit code');
  expect(!existsSync(folder.file('out')), 'no output', 'a file');
});
