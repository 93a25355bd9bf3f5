// ./dev bench [engine|crypto|web]... [--json FILE]: a table, and the same as JSON.

import { writeFileSync } from 'node:fs';
import { measure as measureCrypto } from './crypto.mjs';
import { measure as measureEngine } from './engine.mjs';
import { measure as measureWeb } from './web.mjs';
import { verdictOf } from './engine/targets.mjs';

const kGroups = { engine: measureEngine, crypto: measureCrypto, web: measureWeb };

const args = process.argv.slice(2);
const at = args.indexOf('--json');
const [, json] = at < 0 ? [] : args.splice(at, 2);
const unknown = args.filter((name) => !(name in kGroups));
if (unknown.length > 0 || (at >= 0 && json === undefined)) {
  console.error(`usage: ./dev bench [${Object.keys(kGroups).join('|')}]... [--json FILE]`);
  process.exit(2);
}

const built = {
  wasm: process.env.LANDFALL_WASM,
  packages: process.env.LANDFALL_PACKAGES,
  program: process.env.LANDFALL_PROGRAM,
  web: process.env.LANDFALL_WEB,
  keys: process.env.LANDFALL_DEV_KEYS,
  engineBench: process.env.LANDFALL_ENGINE_BENCH ?? '',
};
const rows = [];
for (const [name, measure] of Object.entries(kGroups)) {
  if (args.length === 0 || args.includes(name)) rows.push(...(await measure(built)));
}

function rounded(value) {
  if (value === null) return '';
  if (value > 0 && value < 1) return value.toPrecision(2);
  return value.toFixed(value < 10 ? 2 : 0);
}

for (const row of rows) {
  const rival =
    row.rival === ''
      ? ''
      : `   ${rounded(row.rival_value)} (${row.rival}), ratio ${rounded(row.ratio)}`;
  console.log(
    `${row.name.padEnd(26)} ${row.where.padEnd(9)} ${rounded(row.value).padStart(9)} ${row.unit}${rival}   ${row.verdict ?? verdictOf(row)}`.trimEnd(),
  );
}
if (json !== undefined) writeFileSync(json, `${JSON.stringify({ rows }, null, 1)}\n`);
