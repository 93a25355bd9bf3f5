// What the suites must reach, promise by promise: its own rows, its own share, its own line.

import { readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * @typedef {{ suite: string, says: string, groups?: string[], rows?: 'valid' | 'invalid',
 *             counts?: 'accepted', least: number }} Promised
 */

/** @returns {Promised[]} */
export const readPromises = () =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'promises.json'), 'utf8'));

// A row that expects nothing is a form that somebody uses.
const kindOf = (row) => (row.row?.expect === 'reject' ? 'invalid' : 'valid');

function isOf(promised, row) {
  if (row.suite !== promised.suite) return false;
  if (promised.groups !== undefined && !promised.groups.includes(row.report)) return false;
  return promised.rows === undefined || promised.rows === kindOf(row);
}

const isKept = (promised, answer) =>
  answer.passed === true &&
  (promised.counts !== 'accepted' || String(answer.observed).startsWith('accepted'));

/**
 * How far each promise about the suite of `rows` is kept, by both builds: {suite, says, least, cases,
 * kept, share, broken}. A declared exception counts as kept. What finds no case is broken.
 */
export function weighPromises(promises, rows, native, wasm, isExcepted) {
  const suites = new Set(rows.map(({ suite }) => suite));
  return promises
    .filter(({ suite }) => suites.has(suite))
    .map((promised) => weigh(promised, rows, native, wasm, isExcepted));
}

function weigh(promised, rows, native, wasm, isExcepted) {
  let cases = 0;
  let kept = 0;
  rows.forEach((row, index) => {
    if (!isOf(promised, row)) return;
    cases += 1;
    const both = isKept(promised, native[index]) && isKept(promised, wasm[index]);
    if (both || isExcepted(row, native[index])) kept += 1;
  });
  const { suite, says, least } = promised;
  const share = cases === 0 ? 0 : (100 * kept) / cases;
  return { suite, says, least, cases, kept, share, broken: cases === 0 || share < least };
}

/** The promises of suites that were not there: without a case, and so broken. */
export function unweighed(promises, weighed) {
  const seen = new Set(weighed.map(({ suite }) => suite));
  return promises
    .filter(({ suite }) => !seen.has(suite))
    .map(({ suite, says, least }) => ({
      suite,
      says,
      least,
      cases: 0,
      kept: 0,
      share: 0,
      broken: true,
    }));
}

/** The line of a promise: "xlsform valid forms accepted >= 88 %: 96.4 % of 281  kept". */
export function promiseLine({ suite, says, least, cases, kept, share, broken }) {
  // Never rounded up to what is asked for.
  const shown = (Math.floor(share * 10) / 10).toFixed(1);
  const found = cases === 0 ? 'no case' : `${shown} % (${kept} of ${cases})`;
  return `${`${suite} ${says} >= ${least} %:`.padEnd(72)} ${found}  ${broken ? 'BROKEN' : 'kept'}`;
}
