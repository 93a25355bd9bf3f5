// What a phone must fetch before it can do anything has a budget.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { brotliCompressSync, constants } from 'node:zlib';
import { kRepository } from '../contract/tree.mjs';

const wasm =
  process.env.LANDFALL_WASM ?? path.join(kRepository, 'build', 'wasm', 'bin', 'landfall.wasm');

// The aim is 130,000 bytes for engine and sealing together. All of these stand 1 % above what was,
// and are only ever lowered.
const kBudgetBytes = 129000;

// These count in what a phone keeps offline and what a form waits for, not in the core.
const kBudgetBytesBeside = { functions: 22400, identity: 35900 };

/** The bytes of `module` as brotli -q 11 sends them. */
const sentBytes = (module) =>
  brotliCompressSync(module, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

test('the core module stays within its budget on the wire', () => {
  const bytes = sentBytes(readFileSync(wasm));

  assert.ok(bytes <= kBudgetBytes, `${bytes} bytes as brotli, ${kBudgetBytes} allowed`);
});

test('the modules beside it stay within their own', () => {
  for (const [name, budget] of Object.entries(kBudgetBytesBeside)) {
    const beside = path.join(path.dirname(wasm), `landfall-${name}.wasm`);
    const bytes = sentBytes(readFileSync(beside));

    assert.ok(bytes <= budget, `${name}: ${bytes} bytes as brotli, ${budget} allowed`);
  }
});
