/** The settings every bundle of this project shares: names put in by the build, aliases, the core module. */

import path from 'node:path';
import { kRepository, moduleBeside } from './build-inputs.mjs';

const kWasmModule = 'virtual:landfall-wasm';

/**
 * Makes `import { functionsUrl, identityUrl, trustUrl, vaultUrl, vectorUrl, wasmUrl } from 'virtual:landfall-wasm'` name the content-hashed modules.
 *
 * @param {string} wasm the core module's path, or an empty string when it was not built
 * @returns {import('vite').Plugin}
 */
export function wasmModule(wasm) {
  return {
    name: 'landfall-wasm',
    resolveId: (id) => (id === kWasmModule ? `\0${kWasmModule}` : null),
    load: (id) => {
      if (id !== `\0${kWasmModule}`) return null;
      const beside = (/** @type {import('./build-inputs.mjs').SideModule} */ name) =>
        wasm === '' ? '' : moduleBeside(wasm, name);
      const modules = {
        wasmUrl: wasm,
        functionsUrl: beside('functions'),
        identityUrl: beside('identity'),
        vaultUrl: beside('vault'),
        trustUrl: beside('trust'),
        vectorUrl: beside('vector'),
      };
      return Object.entries(modules)
        .map(([name, file]) =>
          file === ''
            ? `export const ${name} = '';`
            : `export { default as ${name} } from ${JSON.stringify(`${file}?url`)};`,
        )
        .join('\n');
    },
  };
}

/** @param {{ rootKey: string, rootCertificates: readonly string[], development: boolean }} inputs */
export function definedNames(inputs) {
  return {
    __LANDFALL_ROOT_KEY__: JSON.stringify(inputs.rootKey),
    __LANDFALL_ROOT_CERTIFICATES__: JSON.stringify(inputs.rootCertificates),
    __LANDFALL_DEVELOPMENT__: JSON.stringify(inputs.development),
  };
}

export const kAliases = {
  '@landfall/bindings': path.join(kRepository, 'wasm', 'bindings'),
  '@landfall/i18n': path.join(kRepository, 'i18n'),
};

/** Baseline of the portal: 'wasm-unsafe-eval' needs Safari 16. */
export const kTargets = ['es2022', 'safari16', 'chrome103', 'firefox102'];
