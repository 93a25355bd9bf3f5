// Sealing: speed against everybody who seals in a browser, in Node and in a worker of Chromium; speed
// and memory of the command line against age; memory of the module; bytes.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { inChromium } from './browser.mjs';
import { bundled, withBundle } from './bundle.mjs';
import { measureNative } from './crypto/native.mjs';

const kLargeMegabytes = 500;

/** What is to be reached, in Chromium: ours in theirs, at least. */
const kLeastRatios = {
  'crypto.seal_20mb': { 'age-encryption': 3.5, 'libsodium-wrappers': 1.2 },
};
/** At most, wherever it is measured. */
const kMost = {
  'crypto.seal_peak_heap': 4 << 20,
  'crypto.seal_growth_500mb': 16 << 20,
  'crypto.open_growth_500mb': 16 << 20,
};

function verdictOf(row) {
  const most = kMost[row.name];
  if (most !== undefined) return `target ${most}: ${row.value <= most ? 'reached' : 'MISSED'}`;
  const least = row.where === 'chromium' ? kLeastRatios[row.name]?.[row.rival] : undefined;
  if (least === undefined) return '';
  return `target ratio ${least}: ${row.ratio >= least ? 'reached' : 'MISSED'}`;
}

function rowOf(name, where, unit, value, rival = '', theirs = null) {
  const ratio = theirs === null ? null : value / theirs;
  const row = { name, where, unit, value, rival, rival_value: theirs, ratio };
  return { ...row, verdict: verdictOf(row) };
}

/** What is measured in the world of a page, and its unit; streams stand for sealing itself. */
const kNames = {
  seal_stream: ['seal_20mb', 'MB/s'],
  seal_buffer: ['seal_buffer_20mb', 'MB/s'],
  open_stream: ['open_20mb', 'MB/s'],
  open_buffer: ['open_buffer_20mb', 'MB/s'],
  argon2id_ms: ['argon2id_ms', 'ms'],
  ed25519_verify: ['ed25519_verify', '1/s'],
};

function figureRows(where, figures) {
  return Object.entries(figures).flatMap(([what, { landfall, ...theirs }]) => {
    const [name, unit] = kNames[what];
    return Object.entries(theirs).map(([rival, value]) =>
      rowOf(`crypto.${name}`, where, unit, landfall, rival, value),
    );
  });
}

const growthRow = (where, bytes) => rowOf('crypto.seal_peak_heap', where, 'bytes', bytes);

function nativeRows({ speed, growth }) {
  return ['seal', 'open'].flatMap((what) => {
    const [ours, theirs] = [growth.ours[what], growth.theirs[what]];
    return [
      rowOf(`crypto.${what}_500mb`, 'native', 'MB/s', speed[what].ours, 'age', speed[what].theirs),
      rowOf(`crypto.${what}_growth_500mb`, 'native', 'bytes', ours, 'age', theirs),
    ];
  });
}

const sentBytes = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The whole core, forms and all, against what does nothing but seal. */
async function byteRows(wasm) {
  const ours = sentBytes(readFileSync(wasm));
  const rows = [];
  for (const [rival, entry] of [
    ['age-encryption', 'crypto/only-age-encryption.mjs'],
    ['libsodium-wrappers', 'crypto/only-libsodium.mjs'],
  ]) {
    const theirs = sentBytes(Buffer.from(await bundled(entry)));
    rows.push(rowOf('crypto.core_bytes', 'node', 'bytes, brotli 11', ours, rival, theirs));
  }
  return rows;
}

// Runs in the page.
async function inPage(megabytes) {
  const bytesOf = async (name) => (await fetch(name)).arrayBuffer();
  const modules = {
    wasm: await bytesOf('/landfall.wasm'),
    vector: await bytesOf('/landfall-vector.wasm'),
    vault: await bytesOf('/landfall-vault.wasm'),
  };
  const worker = new Worker('/worker.js', { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) =>
      data.error === undefined ? resolve(data.value) : reject(new Error(data.error));
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage({ modules, megabytes });
  });
}

async function chromiumRows({ wasm, vector, vault }) {
  const figures = await inChromium(
    {
      '/worker.js': { type: 'text/javascript', body: await bundled('crypto/world.mjs') },
      '/landfall.wasm': { type: 'application/wasm', body: wasm },
      '/landfall-vector.wasm': { type: 'application/wasm', body: vector },
      '/landfall-vault.wasm': { type: 'application/wasm', body: vault },
    },
    inPage,
    kLargeMegabytes,
  );
  if (figures === null) {
    console.error('no Chromium: its rows are left out');
    return [];
  }
  return [
    ...figureRows('chromium', figures.speeds),
    ...figureRows('chromium', figures.single),
    growthRow('chromium', figures.growth),
  ];
}

/** Rows for `crypto.*`. */
export async function measure({ wasm, program }) {
  const beside = (name) => readFileSync(path.join(path.dirname(wasm), `landfall-${name}.wasm`));
  const modules = { wasm: readFileSync(wasm), vector: beside('vector'), vault: beside('vault') };
  const node = await withBundle('crypto/world.mjs', async (world) => [
    ...figureRows('node', await world.measureSpeeds(modules)),
    ...figureRows('node', await world.measureSingle(modules)),
    growthRow('node', await world.moduleGrowth(modules, kLargeMegabytes)),
  ]);
  return [
    ...node,
    ...(await chromiumRows(modules)),
    ...nativeRows(await measureNative(program, kLargeMegabytes)),
    ...(await byteRows(wasm)),
  ];
}
