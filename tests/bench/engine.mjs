// The engine: one change, hiding, validating and creating, natively, in Node and in Chromium; and the
// bytes of the module.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { withBundle } from './bundle.mjs';
import { measureInChromium } from './engine/chromium.mjs';
import {
  chainForm,
  kOptions,
  neutralFolder,
  neutralForm,
  watchedChainForm,
} from './engine/forms.mjs';
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

// A row for each figure of each rival: ours, theirs, and ours in theirs.
function rivalRows(where, figures, rivals) {
  return Object.entries(rivals).flatMap(([rival, { failed, ...theirs }]) => {
    if (failed !== undefined)
      console.error(`${rival} could not be measured in ${where}: ${failed}`);
    return Object.entries(theirs).map(([name, value]) => ({
      ...plainRow(name, where, figures[name]),
      rival,
      rival_value: value,
      ratio: figures[name] / value,
    }));
  });
}

const rowsOf = (where, figures) =>
  Object.entries(figures).map(([name, value]) => plainRow(name, where, value));

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
  const workload = {
    options: kOptions,
    forty,
    chain: chainForm(),
    watched: watchedChainForm(),
  };
  const beside = (name) => path.join(path.dirname(wasm), `landfall-${name}.wasm`);
  const modules = {
    core: new Uint8Array(readFileSync(wasm)),
    identity: new Uint8Array(readFileSync(beside('identity'))),
  };
  const rows = [
    plainRow('engine.wasm_bytes', 'node', wasmBytes(wasm)),
    plainRow('engine.functions_wasm_bytes', 'node', wasmBytes(beside('functions'))),
    plainRow('engine.identity_wasm_bytes', 'node', wasmBytes(beside('identity'))),
  ];
  if (existsSync(engineBench)) rows.push(...rowsOf('native', measureNative(engineBench, workload)));
  const node = await withBundle('engine/world.ts', (world) =>
    world.measureWorld(modules, workload),
  );
  const nodeRivals = await withBundle('engine/rivals-world.mjs', (world) =>
    world.measureRivals(workload),
  );
  rows.push(...rowsOf('node', node), ...rivalRows('node', node, nodeRivals));
  const chromium = await measureInChromium(modules, workload);
  if (chromium === null) console.error('no Chromium: its rows are left out');
  else {
    rows.push(...rowsOf('chromium', chromium.figures));
    rows.push(...rivalRows('chromium', chromium.figures, chromium.rivals));
  }
  return rows;
}
