// The engine: one change, hiding, validating and creating, natively, in Node and in Chromium; and the
// bytes of the module.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { bundled } from './engine/bundle.mjs';
import { measureInChromium } from './engine/chromium.mjs';
import { chainForm, kOptions, neutralFolder, neutralForm } from './engine/forms.mjs';
import { measureNative } from './engine/native.mjs';
import { kUnits } from './engine/targets.mjs';

const plainRow = (name, where, value) => ({
  name,
  where,
  unit: kUnits[name],
  value,
  rival: '',
  rival_value: null,
  ratio: null,
});

const rowsOf = (where, figures) =>
  Object.entries(figures).map(([name, value]) => plainRow(name, where, value));

async function measureInNode(wasm, workload) {
  const folder = mkdtempSync(path.join(tmpdir(), 'landfall-bench-'));
  try {
    const file = path.join(folder, 'world.mjs');
    writeFileSync(file, await bundled('world.ts'));
    const world = await import(file);
    return await world.measureWorld(new Uint8Array(readFileSync(wasm)), workload);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function wasmBytes(wasm) {
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  return brotliCompressSync(readFileSync(wasm), options).length;
}

/** Rows for `engine.*`. */
export async function measure({ wasm, engineBench }) {
  const forty = neutralForm();
  if (forty === null) {
    console.error(`no neutral form in ${neutralFolder()}: the rows of 40 questions are left out`);
  }
  const withoutSource = forty === null ? null : { ...forty, source: undefined };
  const workload = { options: kOptions, forty: withoutSource, chain: chainForm() };
  const rows = [plainRow('engine.wasm_bytes', 'node', wasmBytes(wasm))];
  if (existsSync(engineBench)) rows.push(...rowsOf('native', measureNative(engineBench, workload)));
  rows.push(...rowsOf('node', await measureInNode(wasm, workload)));
  const chromium = await measureInChromium(wasm, workload);
  if (chromium === null) console.error('no Chromium: its rows are left out');
  else rows.push(...rowsOf('chromium', chromium));
  return rows;
}
