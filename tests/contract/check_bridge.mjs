// The built module exports and imports exactly what the bridge lists.

import { readFileSync } from 'node:fs';
import { listedLines, readSource } from './tree.mjs';

function difference(what, listed, found) {
  return [
    ...listed
      .filter((name) => !found.includes(name))
      .map((name) => `${what}: ${name} is listed and not there`),
    ...found
      .filter((name) => !listed.includes(name))
      .map((name) => `${what}: ${name} is there and not listed`),
  ];
}

/** The violations of the module in `file` against the lists below `root`, one text each. */
export function checkBridge(root, file) {
  const module = new WebAssembly.Module(readFileSync(file));
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  const imports = WebAssembly.Module.imports(module).map(
    (entry) => `${entry.module}.${entry.name}`,
  );
  return [
    ...difference('exports', listedLines(readSource(root, 'wasm/bridge/exports.txt')), exports),
    ...difference('imports', listedLines(readSource(root, 'wasm/bridge/imports.txt')), imports),
  ];
}
