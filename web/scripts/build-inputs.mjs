/** What a build takes from outside the source tree: the trust anchor and the core module. */

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const kWeb = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
export const kRepository = path.dirname(kWeb);

/** Where the built portal lies; `LANDFALL_WEB_DIST` puts it elsewhere. */
export const kDist = path.resolve(
  process.env['LANDFALL_WEB_DIST'] ?? path.join(kRepository, 'build', 'web', 'dist'),
);

const kWasmPlaces = ['build/wasm/bin/landfall.wasm'];
const kKeyPattern = /^[A-Za-z0-9_-]{43}$/;

/**
 * Where the built core module lies, or an empty string. `LANDFALL_WASM` wins.
 *
 * @returns {string}
 */
export function findWasm() {
  const named = process.env['LANDFALL_WASM'] ?? '';
  if (named !== '') return path.resolve(named);
  return kWasmPlaces.map((place) => path.join(kRepository, place)).find(existsSync) ?? '';
}

/** @typedef {'functions' | 'identity' | 'vault' | 'trust' | 'vector'} SideModule */

/**
 * Where a module beside the core lies: in the same folder.
 *
 * @param {string} wasm
 * @param {SideModule} name
 * @returns {string}
 */
export function moduleBeside(wasm, name) {
  return path.join(path.dirname(wasm), `landfall-${name}.wasm`);
}

/**
 * The certificates of the file agency.certs that LANDFALL_ROOT_CERTIFICATES names; none without it.
 *
 * @returns {string[]}
 */
function readRootCertificates() {
  const file = process.env['LANDFALL_ROOT_CERTIFICATES'] ?? '';
  if (file === '') return [];
  return readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
}

/**
 * Reads the inputs of one build. A production build without a root key or without the core module
 * is refused: it would trust nobody, or do nothing.
 *
 * @param {boolean} development
 * @returns {{ rootKey: string, rootCertificates: string[], wasm: string, development: boolean }}
 */
export function readBuildInputs(development) {
  const rootKey = process.env['LANDFALL_ROOT_KEY'] ?? '';
  const wasm = findWasm();
  if (rootKey !== '' && !kKeyPattern.test(rootKey)) {
    throw new Error('LANDFALL_ROOT_KEY is not a base64url Ed25519 public key (43 characters)');
  }
  if (!development && rootKey === '') {
    throw new Error('a production build needs LANDFALL_ROOT_KEY (or use build:development)');
  }
  if (!development && wasm === '') {
    throw new Error('a production build needs the core module: build it, or set LANDFALL_WASM');
  }
  return { rootKey, rootCertificates: readRootCertificates(), wasm, development };
}
