// The conformance runner on planted suites and planted answers.

import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { promiseLine, readPromises, unweighed, weighPromises } from '../conformance/promises.mjs';
import { excepts, groupAnswers, isBroken } from '../conformance/report.mjs';
import { suiteRows, suitesIn } from '../conformance/rows.mjs';
import { withExamples, withTree } from '../conformance/table-rows.mjs';
import { kRepository } from './tree.mjs';

const kConformance = path.join(kRepository, 'tests', 'conformance');
const kVectors = process.env.LANDFALL_VECTORS ?? path.join(kRepository, '..', 'shared', 'vectors');
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

test('an exception by file and result covers only the answers it names', () => {
  const entry = { suite: 's', file: 'f.json', result: 'valid', observed: ['refused'] };
  const row = { ...kRow, row: { result: 'valid' } };
  const says = (observed, of = row) => excepts(entry, of, { passed: false, observed });

  assert.ok(says('refused at 0'));
  assert.ok(!says('accepted'));
  assert.ok(!says('refused at 0', { ...row, row: { result: 'invalid' } }));
  assert.ok(!says('refused at 0', { ...row, file: 'g.json' }));
  assert.ok(excepts({ suite: 's', ids: ['a'] }, kRow, kWrong));
  assert.ok(!excepts({ suite: 's', ids: ['b'] }, kRow, kWrong));
});

test('a file that is one table becomes rows', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-suite-'));
  const tree = {
    leaf_inputs_hex: ['', '00'],
    roots_hex_by_size: ['a', 'b', 'c'],
    leaf_hashes_hex: ['d', 'e'],
  };
  const examples = {
    example_age_b64: 'eA==',
    example_keys: '# a key\nAGE-SECRET-KEY-1X\n',
    x25519_script_identities: ['AGE-SECRET-KEY-1Y'],
    x25519_script_recipients: ['age1y', 'age1z'],
  };
  try {
    writeFileSync(path.join(folder, 'rfc6962_tree.json'), JSON.stringify(tree));
    writeFileSync(path.join(folder, 'filosottile_examples.json'), JSON.stringify(examples));

    const nodes = withTree(folder, [kRow]);
    const files = withExamples(folder, []);

    assert.deepEqual(
      nodes.map(({ id }) => id),
      ['a', 'root/0', 'root/1', 'root/2', 'leaf/0', 'leaf/1'],
    );
    assert.deepEqual(nodes[3].row, { inputs_hex: ['', '00'], root_hex: 'c' });
    assert.deepEqual(nodes[5].row, { inputs_hex: ['00'], leaf_hash_hex: 'e' });
    assert.deepEqual(files[0].row.identity, ['AGE-SECRET-KEY-1X']);
    assert.deepEqual(files[1].row.recipients, ['age1y', 'age1z']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// A machine without the vectors runs our own cases alone.
if (existsSync(kVectors)) {
  test('every file of the suites that are gated whole has rows', () => {
    const { gated } = JSON.parse(readFileSync(path.join(kConformance, 'exceptions.json'), 'utf8'));
    const whole = gated.filter(
      (gate) => !gate.groups && existsSync(path.join(kVectors, gate.suite)),
    );
    for (const { suite } of whole) {
      const files = readdirSync(path.join(kVectors, suite)).filter((name) => name !== 'SOURCE.txt');
      const cut = new Set(suiteRows(kVectors, suite).map(({ file }) => file));
      assert.deepEqual(
        files.filter((file) => !cut.has(file)),
        [],
        suite,
      );
    }
    assert.ok(whole.length > 0);
  });
}

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
