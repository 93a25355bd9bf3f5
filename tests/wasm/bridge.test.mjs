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

// A module with one memory, exported as "memory", and nothing else.
const kAlmostEmpty = Uint8Array.from([
  0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 5, 3, 1, 0, 1, 7, 10, 1, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79,
  2, 0,
]);

test('the core module exports and imports exactly what is listed', () => {
  assert.deepEqual(checkBridge(kRepository, wasm), []);
});

test('a module that lacks the listed exports and imports is found', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bridge-'));
  try {
    const file = path.join(folder, 'almost-empty.wasm');
    writeFileSync(file, kAlmostEmpty);

    const violations = checkBridge(kRepository, file);

    assert.ok(violations.includes('exports: lf_form_open is listed and not there'));
    assert.ok(
      violations.includes('imports: env.emscripten_notify_memory_growth is listed and not there'),
    );
    assert.ok(!violations.includes('exports: memory is listed and not there'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});
