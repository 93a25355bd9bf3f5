// Each case of landfall_constant_time under valgrind: none may branch, or look anything up, by a
// secret; and each planted fault must be found, so that silence means something.
//
//   node constant_time.mjs PROGRAM        ends with "N passed, N failed"

import { execFileSync, spawnSync } from 'node:child_process';

const kFound = 99;
const kReports = /depends on uninitialised value|Use of uninitialised value/;

const [program] = process.argv.slice(2);

function run(name) {
  const { status, stderr } = spawnSync(
    'valgrind',
    ['-q', `--error-exitcode=${String(kFound)}`, program, name],
    { encoding: 'utf8' },
  );
  return { found: status === kFound && kReports.test(stderr), clean: status === 0, stderr };
}

const cases = execFileSync(program, ['--list'], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => line.split(' '));

const counts = { passed: 0, failed: 0 };
for (const [kind, name] of cases) {
  const { found, clean, stderr } = run(name);
  const holds = kind === 'planted' ? found : clean;
  counts[holds ? 'passed' : 'failed'] += 1;
  if (holds)
    console.log(`${name}: ${found ? 'found, as it should be' : 'nothing depends on a secret'}`);
  else console.log(`FAILED: ${name} (${kind})\n${stderr}`);
}
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
