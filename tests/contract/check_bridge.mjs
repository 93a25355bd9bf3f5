// A built module exports exactly what its folder lists, and imports nothing else.

import { readFileSync } from 'node:fs';
import { listedLines, readSource } from './tree.mjs';

const kBridge = 'wasm/bridge';

function unlisted(what, listed, found) {
  return found
    .filter((name) => !listed.includes(name))
    .map((name) => `${what}: ${name} is there and not listed`);
}

function absent(what, listed, found) {
  return listed
    .filter((name) => !found.includes(name))
    .map((name) => `${what}: ${name} is listed and not there`);
}

/**
 * The violations of the module in `file` against the lists of `folder`, one text each. Imports may
 * be fewer than listed: the list is what the module may ask for, and compilers differ in what they
 * need.
 */
export function checkBridge(root, file, folder = kBridge) {
  const module = new WebAssembly.Module(readFileSync(file));
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  const imports = WebAssembly.Module.imports(module).map(
    (entry) => `${entry.module}.${entry.name}`,
  );
  const listedExports = listedLines(readSource(root, `${folder}/exports.txt`));
  const listedImports = listedLines(readSource(root, `${folder}/imports.txt`));
  return [
    ...absent('exports', listedExports, exports),
    ...unlisted('exports', listedExports, exports),
    ...unlisted('imports', listedImports, imports),
  ];
}
