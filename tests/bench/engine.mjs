// The engine on the entry permit: opening it, one change, and the bytes of the module.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { openModule } from './core-module.mjs';

const kChanges = 400;

const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// The published package of the form, among the files that "package sign" wrote.
function findPackage(folder, formId) {
  const files = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.json'))
    : [];
  return files
    .map((name) => readFileSync(path.join(folder, name)))
    .find((bytes) => JSON.parse(bytes.toString()).form?.settings.form_id === formId);
}

function changes(core, form) {
  return Array.from({ length: kChanges }, (_, index) => {
    const change = JSON.stringify({
      path: 'route/permit_kind',
      value: index % 2 === 0 ? 'SINGLE' : 'MULTI_1Y',
    });
    const started = performance.now();
    core.callJson('lf_form_set', form, change);
    return (performance.now() - started) * 1000;
  });
}

/** Rows for `engine.*`. */
export function measure({ wasm, packages }) {
  const bytes = brotliCompressSync(readFileSync(wasm), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11 },
  }).length;
  const rows = [
    {
      name: 'engine.wasm_bytes',
      where: 'node',
      unit: 'bytes, brotli',
      value: bytes,
      rival: '',
      rival_value: null,
      ratio: null,
    },
  ];
  const published = findPackage(packages, 'hkmo_entry');
  if (published === undefined) return rows;

  const core = openModule(wasm);
  const options = JSON.stringify({ as_of: '2026-11-21', time_zone: 'Asia/Taipei' });
  const started = performance.now();
  const { form } = core.callJson('lf_form_open', new Uint8Array(published), options);
  const opened = performance.now() - started;
  const row = (name, unit, value) => ({
    name,
    where: 'node',
    unit,
    value,
    rival: '',
    rival_value: null,
    ratio: null,
  });
  return [
    ...rows,
    row('engine.open_hkmo_entry', 'ms, first time', opened),
    row('engine.change_hkmo_entry', 'µs, median', median(changes(core, form))),
  ];
}
