// The conformance runner on planted suites and planted answers.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
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
