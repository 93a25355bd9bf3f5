// The conformance runner on planted suites and planted answers.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promiseLine, readPromises, unweighed, weighPromises } from '../conformance/promises.mjs';
import { groupAnswers, isBroken } from '../conformance/report.mjs';
import { suiteRows, suitesIn } from '../conformance/rows.mjs';

const kRow = { suite: 's', file: 'f.json', group: 'cases', id: 'a', row: {}, file_members: {} };
const kGated = { isGated: () => true, isExcepted: () => false };
const kReported = { isGated: () => false, isExcepted: () => false };
const kRight = { passed: true, observed: 'x' };
const kWrong = { passed: false, observed: 'y' };

/** The rows of a suite whose files are `files`. */
function rowsOf(files) {
  const root = mkdtempSync(path.join(tmpdir(), 'landfall-suite-'));
  try {
    mkdirSync(path.join(root, 's'));
    for (const [name, text] of Object.entries(files))
      writeFileSync(path.join(root, 's', name), text);
    assert.deepEqual(suitesIn(root), ['s']);
    return suiteRows(root, 's');
  } finally {
    rmSync(root, { recursive: true });
  }
}

test("a suite's files are cut into rows by their shape", () => {
  const rows = rowsOf({
    'SOURCE.txt': 'not a row\n',
    'a.json': '{"key":"k","cases":[{"id":"one"},{"id":"two"}]}',
    'b.json': '{"valid":[{"value":1}],"invalid":["bare"],"count":2}',
    'c.jsonl': '{"id":"three"}\n{"id":"four"}\n',
    'd.txt': 'line\n',
  });

  assert.deepEqual(
    rows.map(({ file, group, id }) => `${file} ${group} ${id}`),
    [
      'a.json cases one',
      'a.json cases two',
      'b.json valid b.json/valid[0]',
      'b.json invalid b.json/invalid[0]',
      'c.jsonl rows three',
      'c.jsonl rows four',
      'd.txt lines d.txt/lines[0]',
    ],
  );
  assert.deepEqual(rows[0].file_members, { key: 'k' });
});

test('a row that passes in one build only fails, and is counted as a difference', () => {
  const [group] = groupAnswers([kRow], [kRight], [kWrong], kGated);

  assert.deepEqual([group.native, group.wasm, group.differ, group.failed], [1, 0, 1, ['a']]);
  assert.ok(isBroken(group));
});

test('builds that fail alike but say different things differ', () => {
  const [group] = groupAnswers([kRow], [kWrong], [{ passed: false, observed: 'z' }], kReported);

  assert.equal(group.differ, 1);
  assert.ok(isBroken(group));
});

test('a failure breaks a gated group and is only reported in another', () => {
  assert.ok(isBroken(groupAnswers([kRow], [kWrong], [kWrong], kGated)[0]));
  assert.ok(!isBroken(groupAnswers([kRow], [kWrong], [kWrong], kReported)[0]));
});

test('a gate with a least share holds until less than that is right', () => {
  const rows = Array.from({ length: 10 }, (_, i) => ({ ...kRow, id: String(i) }));
  const answers = rows.map((_, i) => (i === 0 ? kWrong : kRight));
  const broken = (least) =>
    isBroken(groupAnswers(rows, answers, answers, { ...kGated, leastOf: () => least })[0]);

  assert.ok(!broken(90));
  assert.ok(broken(91));
});

test('a row may name the group it is reported in', () => {
  const rows = [{ ...kRow, report: 'A/tier1' }, kRow];

  const groups = groupAnswers(rows, [kRight, kRight], [kRight, kRight], kReported);

  assert.deepEqual(
    groups.map(({ group }) => group),
    ['A/tier1', 'f'],
  );
});

test('a declared exception is counted apart', () => {
  const [group] = groupAnswers([kRow], [kWrong], [kWrong], {
    isGated: () => true,
    isExcepted: () => true,
  });

  assert.deepEqual([group.excepted, group.failed], [1, []]);
  assert.ok(!isBroken(group));
});

const kAccepted = { passed: true, observed: 'accepted' };
const kRefused = { passed: true, observed: 'refused, row 3' };
const kForms = { suite: 's', says: 'forms', least: 88 };

test('a promise counts its own rows, in both builds, and says its share', () => {
  const rows = [{}, {}, { expect: 'reject' }, { expect: 'accept' }].map((row) => ({
    ...kRow,
    row,
  }));
  const native = [kAccepted, kRefused, kRefused, kAccepted];
  const wasm = [kAccepted, kRefused, kRefused, kWrong];
  const weigh = (promised, isExcepted = () => false) =>
    weighPromises([promised], rows, native, wasm, isExcepted)[0];

  const valid = weigh({ ...kForms, rows: 'valid' });
  const accepted = weigh({ ...kForms, rows: 'valid', counts: 'accepted' });
  const invalid = weigh({ ...kForms, rows: 'invalid' });
  const excepted = weigh({ ...kForms, least: 100 }, (row) => row.row.expect === 'accept');

  assert.deepEqual([valid.kept, valid.cases, valid.broken], [2, 3, true]);
  assert.deepEqual([accepted.kept, accepted.cases], [1, 3]);
  assert.deepEqual([invalid.kept, invalid.cases, invalid.broken], [1, 1, false]);
  assert.deepEqual([excepted.kept, excepted.broken], [4, false]);
  assert.match(promiseLine(valid), /^s forms >= 88 %: +66\.6 % \(2 of 3\) {2}BROKEN$/);
  assert.match(promiseLine(invalid), /100\.0 % \(1 of 1\) {2}kept$/);
});

test('a promise that finds no case is broken, whether its suite is there or not', () => {
  const [none] = weighPromises(
    [{ ...kForms, groups: ['A/tier1'], least: 0 }],
    [kRow],
    [kRight],
    [kRight],
    () => false,
  );
  const elsewhere = { ...kForms, suite: 'other' };

  assert.ok(none.broken);
  assert.match(promiseLine(none), /no case {2}BROKEN$/);
  assert.deepEqual(
    unweighed([kForms, elsewhere], [none]).map(({ suite, broken }) => [suite, broken]),
    [['other', true]],
  );
});

test('what is promised is listed, and each share is one', () => {
  const promises = readPromises();

  assert.ok(promises.length >= 10);
  for (const suite of ['mrz-icao9303', 'names', 'identity', 'json-parsing'])
    assert.ok(
      promises.some((one) => one.suite === suite && one.least === 100),
      suite,
    );
  for (const { least } of promises) assert.ok(least > 0 && least <= 100);
});
