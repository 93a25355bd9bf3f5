// Every folder of layers.txt says in a README what lives there.

import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseLayers } from './check_layers.mjs';
import { readSource } from './tree.mjs';

const kMore = ['wasm/bindings', 'tests/contract', 'tests/conformance'];

/** The violations of the tree below `root`, one text each. */
export function checkReadmes(root) {
  const { allowed } = parseLayers(readSource(root, 'tests/contract/layers.txt'));
  return [...allowed.keys(), ...kMore]
    .filter((folder) => existsSync(path.join(root, folder)))
    .filter((folder) => !existsSync(path.join(root, folder, 'README.md')))
    .map((folder) => `${folder}: no README.md`);
}
