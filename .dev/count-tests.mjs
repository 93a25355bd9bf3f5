// Counts what a test runner really ran, from its own output: prints "passed failed skipped".
//
//   count-tests.mjs doctest LOG      every "[doctest] test cases:" line of a ctest -V log; a test
//                                    program that ended without one counts as a failure
//   count-tests.mjs tap LOG          node --test, TAP
//   count-tests.mjs vitest JSON      vitest --reporter=json
//   count-tests.mjs conformance JSON ./dev conformance --json, the gated suites

import { readFileSync } from 'node:fs';

const [kind, file] = process.argv.slice(2);

function sum(text, pattern) {
  let total = 0;
  for (const match of text.matchAll(pattern)) total += Number(match[1]);
  return total;
}

function doctest(text) {
  const line = /\[doctest\] test cases:\s+\d+ \|\s+(\d+) passed \|\s+(\d+) failed \|\s+(\d+) skipped/;
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
  // A program that passes without a doctest summary is one test itself.
  passed += Math.max(0, programs.length - summaries - broken);
  return [passed, Math.max(failed, broken), skipped];
}

function tap(text) {
  return [
    sum(text, /^# pass (\d+)$/gm),
    sum(text, /^# fail (\d+)$/gm) + sum(text, /^# cancelled (\d+)$/gm),
    sum(text, /^# (?:skipped|todo) (\d+)$/gm),
  ];
}

function vitest(text) {
  const report = JSON.parse(text);
  const skipped = report.numPendingTests + report.numTodoTests;
  // A file that does not load has no tests to fail, so it is counted itself.
  const unloaded = report.testResults.filter(
    (result) => result.status === 'failed' && result.assertionResults.length === 0,
  ).length;
  return [report.numPassedTests, report.numFailedTests + unloaded, skipped];
}

function conformance(text) {
  let passed = 0;
  let failed = 0;
  for (const group of JSON.parse(text).suites) {
    if (!group.gated) continue;
    passed += group.cases - group.failed.length;
    failed += group.failed.length;
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
