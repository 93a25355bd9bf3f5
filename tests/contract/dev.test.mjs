// The parts of ./dev that can be tested without installing or building anything.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { kRepository } from './tree.mjs';

const kMirror = path.join(kRepository, '.dev', 'mirror.sh');
const kCounter = path.join(kRepository, '.dev', 'count-tests.mjs');

function withFolder(use) {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-dev-'));
  try {
    return use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What debian_source says on a machine whose apt reads `files` ({name: text} below its folder). */
function debianSource(files) {
  return withFolder((folder) => {
    mkdirSync(path.join(folder, 'sources.list.d'));
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    writeFileSync(path.join(folder, 'apt.conf'), `Dir::Etc "${folder}/";\n`);
    const run = spawnSync('bash', ['-c', `set -euo pipefail; source ${kMirror}; debian_source`], {
      encoding: 'utf8',
      env: { ...process.env, APT_CONFIG: path.join(folder, 'apt.conf') },
    });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.trim();
  });
}

/** What count-tests.mjs counts in `text`. */
function counted(kind, text) {
  return withFolder((folder) => {
    const file = path.join(folder, 'log');
    writeFileSync(file, text);
    return spawnSync(process.execPath, [kCounter, kind, file], { encoding: 'utf8' }).stdout.trim();
  });
}

test('the mirror is read from a one-line list, behind options and comments', () => {
  const list =
    '# deb http://old.example/debian bookworm main\ndeb [ arch=amd64 signed-by=/k.gpg ] http://mirror.example/debian bookworm main contrib # here\n';

  assert.equal(debianSource({ 'sources.list': list }), 'http://mirror.example/debian -');
});

test('the mirror is read from a stanza, past one that is switched off and another archive', () => {
  const other =
    'Types: deb\nURIs: https://packages.example/apt\nSuites: nodistro\nComponents: main\n';
  const off =
    'Enabled: no\nTypes: deb\nURIs: http://off.example/debian\nSuites: trixie\nComponents: main\n';
  const debian =
    'Types: deb\n# a comment\nURIs: http://mirror.example/debian\nSuites: trixie\n trixie-updates\nComponents: main\n';

  const found = debianSource({
    'sources.list.d/a.sources': other,
    'sources.list.d/b.sources': `${off}\n${debian}`,
  });

  assert.equal(found, 'http://mirror.example/debian -');
});

test('the security archive is not taken for the mirror', () => {
  const list =
    'deb http://mirror.example/debian-security bookworm-security main\ndeb http://mirror.example/debian bookworm main\n';

  assert.equal(debianSource({ 'sources.list': list }), 'http://mirror.example/debian -');
});

test('a dated snapshot is taken as it is, with its leave to be old', () => {
  const list =
    'deb [check-valid-until=no] http://snapshot.example/archive/debian/20250520T000000Z bookworm main\n';

  assert.equal(
    debianSource({ 'sources.list': list }),
    'http://snapshot.example/archive/debian/20250520T000000Z check-valid-until=no',
  );
});

test('a machine without Debian as a source gives none', () => {
  assert.equal(
    debianSource({ 'sources.list': 'deb http://other.example/ubuntu noble main\n' }),
    '',
  );
});

test('test cases of several programs are added up', () => {
  const log =
    '1: [doctest] test cases:  5 |  5 passed | 0 failed | 0 skipped\n1/2 Test #1: base ....   Passed    0.01 sec\n' +
    '2: [doctest] test cases: 12 | 10 passed | 2 failed | 0 skipped\n2/2 Test #2: form ....***Failed    0.02 sec\n';

  assert.equal(counted('doctest', log), '15 2 0');
});

test('a program that crashed before its summary is a failure', () => {
  assert.equal(
    counted('doctest', '1/1 Test #1: base ....***Exception: SegFault  0.01 sec\n'),
    '0 1 0',
  );
});

test('a test of Node that was called off is a failure, and a skipped one is counted', () => {
  assert.equal(
    counted('tap', '# tests 4\n# pass 2\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n'),
    '2 2 1',
  );
});

test('a file that vitest could not load is a failure', () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'failed', name: 'a', message: 'no such module', assertionResults: [] }],
  };

  assert.equal(counted('vitest', JSON.stringify(report)), '3 1 0');
});

test('a conformance group that is not gated counts only where the builds differ', () => {
  const group = { suite: 's', group: 'g', cases: 10, failed: ['a', 'b'], differ: 0, gated: false };

  assert.equal(counted('conformance', JSON.stringify({ suites: [group] })), '0 0 0');
  assert.equal(
    counted('conformance', JSON.stringify({ suites: [{ ...group, gated: true }] })),
    '8 2 0',
  );
  assert.equal(
    counted('conformance', JSON.stringify({ suites: [{ ...group, gated: true, least: 80 }] })),
    '8 0 0',
  );
  assert.equal(
    counted('conformance', JSON.stringify({ suites: [{ ...group, differ: 1 }] })),
    '0 1 0',
  );
});

test('a promise of the suites that is not kept is a failure of its own', () => {
  const promise = { suite: 's', says: 'forms', least: 88, cases: 10, kept: 8, broken: true };
  const kept = { ...promise, kept: 9, broken: false };

  assert.equal(
    counted('conformance', JSON.stringify({ suites: [], promises: [promise, kept] })),
    '0 1 0',
  );
});
