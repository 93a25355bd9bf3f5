/** The settings every bundle of this project shares: names put in by the build, aliases, the core module. */

import path from 'node:path';
import { kRepository } from './build-inputs.mjs';

const kWasmModule = 'virtual:landfall-wasm';

/**
 * Makes `import { wasmUrl } from 'virtual:landfall-wasm'` name the content-hashed core module.
 *
 * @param {string} wasm its path, or an empty string when it was not built
 * @returns {import('vite').Plugin}
 */
export function wasmModule(wasm) {
  return {
    name: 'landfall-wasm',
    resolveId: (id) => (id === kWasmModule ? `\0${kWasmModule}` : null),
    load: (id) => {
      if (id !== `\0${kWasmModule}`) return null;
      if (wasm === '') return "export const wasmUrl = '';";
      return `import url from ${JSON.stringify(`${wasm}?url`)};\nexport const wasmUrl = url;`;
    },
  };
}

/** @param {{ rootKey: string, development: boolean }} inputs */
export function definedNames(inputs) {
  return {
    __LANDFALL_ROOT_KEY__: JSON.stringify(inputs.rootKey),
    __LANDFALL_DEVELOPMENT__: JSON.stringify(inputs.development),
  };
}

export const kAliases = {
  '@landfall/bindings': path.join(kRepository, 'wasm', 'bindings'),
  '@landfall/i18n': path.join(kRepository, 'i18n'),
};

/** Baseline of the portal: 'wasm-unsafe-eval' needs Safari 16. */
export const kTargets = ['es2022', 'safari16', 'chrome103', 'firefox102'];
