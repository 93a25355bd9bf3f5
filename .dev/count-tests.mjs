// Counts what a test runner really ran, from its own output: prints "passed failed skipped".
//
//   count-tests.mjs doctest LOG      every "[doctest] test cases:" and "N passed, N failed" line of a
//                                    ctest -V log; a program without either is one test
//   count-tests.mjs tap LOG          node --test, TAP
//   count-tests.mjs vitest JSON      vitest --reporter=json
//   count-tests.mjs conformance JSON ./dev conformance --json, the gated suites
//
// The failures are shown on standard error.

import { readFileSync } from 'node:fs';

const [kind, file] = process.argv.slice(2);

const kShownLines = 120;

function show(text) {
  const lines = text.split('\n');
  console.error(lines.slice(0, kShownLines).join('\n'));
  if (lines.length > kShownLines)
    console.error(`… and ${lines.length - kShownLines} lines more in ${file}`);
}

function sum(text, pattern) {
  let total = 0;
  for (const match of text.matchAll(pattern)) total += Number(match[1]);
  return total;
}

function doctest(text) {
  const line =
    /\[doctest\] test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed \|\s+(\d+) skipped/;
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  let summaries = 0;
  for (const match of text.matchAll(new RegExp(line, 'g'))) {
    summaries += 1;
    passed += Number(match[1]);
    failed += Number(match[2]);
    skipped += Number(match[3]);
  }
  const programs = [...text.matchAll(/^ *\d+\/\d+ Test +#\d+: .*$/gm)];
  const broken = programs.filter((match) => !/\.\s+Passed\s/.test(match[0])).length;
  const blocks = text.split(/^={70,}$|^\d+: ={70,}$/m).filter((block) => /\bERROR\b/.test(block));
  if (failed + broken > 0) {
    show(
      [
        ...blocks,
        ...programs.map((match) => match[0]).filter((line) => !/\.\s+Passed\s/.test(line)),
      ].join('\n'),
    );
  }
  // A script says "N passed, N failed" itself; what is left and passes without a summary is one test.
  const scripts = [...text.matchAll(/^\d+: (\d+) passed, (\d+) failed$/gm)];
  passed += sum(text, /^\d+: (\d+) passed, \d+ failed$/gm);
  failed += sum(text, /^\d+: \d+ passed, (\d+) failed$/gm);
  passed += Math.max(0, programs.length - summaries - scripts.length - broken);
  return [passed, Math.max(failed, broken), skipped];
}

function tap(text) {
  const failures = text
    .split(/^(?=(?:not )?ok \d|# Subtest)/m)
    .filter((block) => block.startsWith('not ok'));
  if (failures.length > 0) show(failures.join(''));
  return [
    sum(text, /^# pass (\d+)$/gm),
    sum(text, /^# fail (\d+)$/gm) + sum(text, /^# cancelled (\d+)$/gm),
    sum(text, /^# (?:skipped|todo) (\d+)$/gm),
  ];
}

function vitest(text) {
  const report = JSON.parse(text);
  const skipped = report.numPendingTests + report.numTodoTests;
  const failures = report.testResults.flatMap((result) => [
    ...(result.status === 'failed' && result.message ? [`${result.name}: ${result.message}`] : []),
    ...result.assertionResults
      .filter((test) => test.status === 'failed')
      .map(
        (test) =>
          `${result.name}: ${test.fullName}\n    ${(test.failureMessages[0] ?? '').split('\n')[0]}`,
      ),
  ]);
  if (failures.length > 0) show(failures.join('\n'));
  // A file that does not load has no tests to fail, so it is counted itself.
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return [report.numPassedTests, report.numFailedTests + unloaded, skipped];
}

// A group that reaches its gate may have cases that do not pass: they are named, and count neither way.
function conformance(text) {
  let passed = 0;
  let failed = 0;
  const { suites, promises = [] } = JSON.parse(text);
  for (const promise of promises.filter(({ broken }) => broken)) {
    failed += 1;
    show(
      `${promise.suite} ${promise.says}: ${promise.kept} of ${promise.cases}, ${promise.least} % promised`,
    );
  }
  for (const group of suites) {
    if (!group.gated && group.differ === 0) continue;
    const wrong = group.gated ? group.failed : [];
    const right = 100 * (1 - wrong.length / group.cases);
    passed += group.gated ? group.cases - wrong.length : 0;
    failed += group.differ;
    if (right < (group.least ?? 100)) failed += wrong.length;
    const asked = `${right.toFixed(1)} % pass, ${group.least ?? 100} % are asked for`;
    if (wrong.length + group.differ > 0)
      show(`${group.suite} ${group.group}: ${asked}, ${group.differ} differ: ${wrong.join(' ')}`);
  }
  return [passed, failed, 0];
}

const kinds = { doctest, tap, vitest, conformance };
const count = kinds[kind];
if (count === undefined || file === undefined) {
  console.error('usage: count-tests.mjs doctest|tap|vitest|conformance FILE');
  process.exit(2);
}
console.log(count(readFileSync(file, 'utf8')).join(' '));
