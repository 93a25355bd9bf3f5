// Help, versions and wrong usage.

import { mkdirSync } from 'node:fs';

import {
  equal,
  expect,
  kCouldNot,
  kUsage,
  kYes,
  landfall,
  scenario,
  shell,
  succeed,
  transcript,
} from './harness.mjs';

const kForm = '| survey |\n| | type | name | label |\n| | text | a | A |\n';

const kCommands = [
  'serve',
  'keygen',
  'seal',
  'open',
  'eval',
  'xpath',
  'check',
  'jcs',
  'verify',
  'build sign',
  'log verify',
  'package import',
  'package lint',
  'package diff',
  'package sign',
  'submissions list',
  'submissions show',
  'submissions open',
  'submissions import',
];

transcript('the version is one line on standard output', {
  args: ['--version'],
  code: kYes,
  stdout: 'landfall 0.1.0\n',
});

scenario('the overview names every command', () => {
  const got = landfall(['--help']);
  equal(got.code, kYes, 'exit code');
  for (const name of kCommands) expect(got.text.includes(`  ${name} `), name, got);
});

for (const name of kCommands) {
  scenario(`landfall ${name} --help says what it does, its exit codes and an example`, () => {
    const got = landfall([...name.split(' '), '--help']);
    equal(got.code, kYes, 'exit code');
    equal(got.errors, '', 'standard error');
    for (const part of [`usage: landfall ${name}`, 'exit codes:', 'example:']) {
      expect(got.text.includes(part), part, got);
    }
    const longest = Math.max(...got.text.split('\n').map((line) => line.length));
    expect(longest <= 100, 'lines of at most 100 columns', longest);
  });
}

transcript('no command at all is wrong usage', {
  args: [],
  code: kUsage,
  stderr: /usage: landfall/,
});
transcript('an unknown command is wrong usage', {
  args: ['frobnicate'],
  code: kUsage,
  stdout: '',
  stderr: /unknown command frobnicate/,
});
transcript('a group without its subcommand is wrong usage and lists them', {
  args: ['package'],
  code: kUsage,
  stderr: /package lint[^]*package sign/,
});
transcript('a group explains itself', {
  args: ['submissions', '--help'],
  code: kYes,
  stdout: /submissions list[^]*submissions show[^]*submissions open/,
});
transcript('an unknown option is wrong usage', {
  args: ['jcs', '--nonsense'],
  code: kUsage,
  stderr: /unknown option --nonsense/,
});
transcript('an operand too many is wrong usage', { args: ['jcs', 'a', 'b'], code: kUsage });
transcript('an operand too few is wrong usage', { args: ['check', 'roc_id'], code: kUsage });

transcript('a subcommand that is none is named', {
  args: ['package', 'frobnicate'],
  code: kUsage,
  stderr: /unknown command package frobnicate/,
});

// Options whose value has a shape, with one that has another: what is wanted instead is said, and
// nothing is done.
const kRefused = [
  [['package', 'import', 'form.md', '--language', 'x y!'], /--language wants a language tag/],
  [['package', 'import', 'form.md', '--language', 'nonsense'], /--language wants a language tag/],
  [['package', 'import', 'form.md', '--language', 'en_US'], /--language wants a language tag/],
  [['package', 'import', 'form.md', '--language', ''], /--language needs a value/],
  [['package', 'import', 'form.md', '--form-id', '../up'], /--form-id wants ASCII letters/],
  [['package', 'import', 'form.doc'], /not a form that can be imported/],
  [['package', 'sign', 'p', '--keys', 'keys', '--out', 'o', '--days', 'x'], /--days wants a whole/],
  [
    ['package', 'sign', 'p', '--keys', 'keys', '--out', 'o', '--days', '9999999'],
    /from 1 to 36500/,
  ],
  [['package', 'sign', 'p', '--keys', 'keys', '--out', 'o', '--serial', '-1'], /--serial wants/],
  [
    ['package', 'sign', 'p', '--keys', 'keys', '--out', 'o', '--aud', 'a b'],
    /--aud wants the origin/,
  ],
  [
    ['package', 'sign', 'p', '--keys', 'keys', '--out', 'o', '--revoke', 'q'],
    /--revoke wants a key id/,
  ],
  [['eval', 'made', 'a.json', '--as-of', '2026-13-01'], /--as-of wants a date/],
  [['eval', 'made', 'a.json', '--tz', 'Nowhere/X'], /unknown time zone: Nowhere/],
  [['eval', 'made', 'a.json', '--seed', 'x'.repeat(33)], /--seed wants at most 32 bytes/],
  [['eval', 'made', 'a.json', '--language', 'en'], /unknown option --language/],
  [['check', 'no_such_type', 'x'], /no_such_type: identity_type_unknown.*--help lists the types/],
  [['check', 'hkid', 'x', '--param', 'y'], /--param wants NAME=TEXT/],
  [['check', 'hkid', 'x', '--as-of', 'today'], /--as-of wants a date/],
  [['xpath', '1', '--as-of', 'q'], /--as-of wants a date or a time stamp/],
  [['xpath', '1', '--tz', 'q'], /unknown time zone: q/],
  [['serve', '--role', 'king'], /role must be all, intake, desk or static, not king/],
  [['serve', '--listen', 'here'], /listen must be ADDRESS:PORT/],
  [['serve', '--keys', 'keys', '--origin', 'a b'], /origin wants the origin of a receipt log/],
  [['serve'], /--keys is needed/],
  [['keygen', 'king'], /no such role: king; one of applicant, agency/],
  [['verify', 'a.json', '--trust', 'x'], /--trust wants a root key.*no file: x/],
  [['verify', 'a.json', '--aud', 'a b'], /--aud wants the origin/],
  [['log', 'verify', '--server', 'here'], /here.*: not a URL that can be fetched/],
  [['log', 'verify'], /one of --server and --data is needed/],
  [['submissions', 'list'], /--data is needed/],
  [['seal', '-r', 'nobody'], /recipient nobody: recipient_invalid/],
];
scenario('a value of another shape is refused, and what is wanted is said', (folder) => {
  folder.write('form.md', kForm);
  folder.write('a.json', '{}');
  const keys = ['agency', 'receipt', 'sealing'].map((role) => [
    role,
    folder.file(`keys/${role}.json`),
  ]);
  mkdirSync(folder.file('keys'));
  for (const [role, file] of keys) {
    const name = role === 'sealing' ? folder.file('keys/case-office.json') : file;
    const root = role === 'agency' ? ['--public', folder.file('keys/root.pub')] : [];
    succeed(['keygen', role, '--development', '-o', name, ...root]);
  }
  const within = { cwd: folder.root, env: { LANDFALL_TRUST: folder.file('keys/root.pub') } };
  succeed(['package', 'import', folder.file('form.md'), '-o', folder.file('made')]);
  succeed(['package', 'import', folder.file('form.md'), '--language', 'zh-Hant-TW']);
  for (const [args, says] of kRefused) {
    const got = landfall(args, within);
    equal(got.code, kUsage, `exit code of ${args.join(' ')}`);
    expect(says.test(got.errors) && got.text === '', says, got);
  }
});

scenario('a folder that is not there could not be read, and is named', (folder) => {
  const none = folder.file('none');
  folder.write('form.md', kForm);
  folder.write('a.json', '{}');
  succeed(['package', 'import', folder.file('form.md'), '-o', folder.file('made')]);
  const env = { LANDFALL_TRUST: 'A'.repeat(43) };
  for (const [args, says] of [
    [['package', 'lint', folder.file('made'), '--texts', none], /none: no such folder; --texts/],
    [['eval', folder.file('made'), folder.file('a.json'), '--texts', none], /no such folder/],
    [['submissions', 'list', '--data', none], /none: not_found: no server's data lies there/],
    [['log', 'verify', '--data', none], /none: not_found: no server's data lies there/],
  ]) {
    const got = landfall(args, { env });
    equal(got.code, kCouldNot, `exit code of ${args.join(' ')}`);
    expect(says.test(got.errors) && got.text === '', says, got);
  }
});

scenario('output that cannot be written is not a success', () => {
  equal(shell('"$LANDFALL" --help > /dev/full').code, kCouldNot, 'exit code');
  equal(shell('echo {} | "$LANDFALL" jcs > /dev/full').code, kCouldNot, 'exit code');
});
