// The tests that the portal promises by name: each has at least one whose title begins with "pains N: ".

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import test from 'node:test';

const kPromised = [1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 19, 21];
const kTitle = /\b(?:it|test)\(\s*['"`]pains (\d+): /g;

function titledNumbers(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(e2e|unit\.test|dom\.test)\.tsx?$/.test(name))
    .flatMap((name) => [...readFileSync(path.join(folder, name), 'utf8').matchAll(kTitle)])
    .map((match) => Number(match[1]));
}

test('each promised test has a title that names it, in the browser or below', () => {
  const found = new Set(['tests/e2e', 'tests/web'].flatMap(titledNumbers));

  assert.ok(found.size > 0);
  assert.deepEqual(
    kPromised.filter((number) => !found.has(number)),
    [],
  );
});
