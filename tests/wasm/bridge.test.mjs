// The built module is what the bridge says it is.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { checkBridge } from '../contract/check_bridge.mjs';
import { kRepository } from '../contract/tree.mjs';

const wasm =
  process.env.LANDFALL_WASM ?? path.join(kRepository, 'build', 'wasm', 'bin', 'landfall.wasm');

// A module that imports "env.read" and exports its one memory, as "memory" and as "other".
// prettier-ignore
const kForeign = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
  1, 4, 1, 0x60, 0, 0,
  2, 12, 1, 3, 0x65, 0x6e, 0x76, 4, 0x72, 0x65, 0x61, 0x64, 0, 0,
  5, 3, 1, 0, 1,
  7, 18, 2, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2, 0, 5, 0x6f, 0x74, 0x68, 0x65, 0x72, 2, 0,
]);

test('the core module exports exactly what is listed and imports nothing else', () => {
  assert.deepEqual(checkBridge(kRepository, wasm), []);
});

test('the modules beside it export exactly what is listed and import nothing else', () => {
  for (const name of ['functions', 'identity']) {
    const beside = path.join(path.dirname(wasm), `landfall-${name}.wasm`);

    assert.deepEqual(checkBridge(kRepository, beside, 'wasm/functions'), [], name);
  }
});

test('the modules of the vault and of trust export exactly what is listed and import nothing else', () => {
  for (const name of ['vault', 'trust']) {
    const beside = path.join(path.dirname(wasm), `landfall-${name}.wasm`);

    assert.deepEqual(checkBridge(kRepository, beside, `wasm/${name}`), [], name);
  }
});

test('the module of vector instructions exports exactly what is listed and imports nothing else', () => {
  const vector = path.join(path.dirname(wasm), 'landfall-vector.wasm');

  assert.deepEqual(checkBridge(kRepository, vector, 'wasm/vector'), []);
});

test('a missing export, an export more and an import more are found', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bridge-'));
  try {
    const file = path.join(folder, 'foreign.wasm');
    writeFileSync(file, kForeign);

    const violations = checkBridge(kRepository, file);

    assert.ok(violations.includes('exports: lf_form_open is listed and not there'));
    assert.ok(violations.includes('exports: other is there and not listed'));
    assert.ok(violations.includes('imports: env.read is there and not listed'));
    assert.ok(!violations.some((text) => text.startsWith('exports: memory ')));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
