// Help, versions and wrong usage.

import {
  equal,
  expect,
  kCouldNot,
  kUsage,
  kYes,
  landfall,
  scenario,
  shell,
  transcript,
} from './harness.mjs';

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
  'package lint',
  'package diff',
  'package sign',
  'submissions list',
  'submissions show',
  'submissions open',
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

scenario('output that cannot be written is not a success', () => {
  equal(shell('"$LANDFALL" --help > /dev/full').code, kCouldNot, 'exit code');
  equal(shell('echo {} | "$LANDFALL" jcs > /dev/full').code, kCouldNot, 'exit code');
});
