/** Turns the web/ lines of tests/contract/layers.txt into eslint rules: the arrows of imports. */

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { kRepository } from './build-inputs.mjs';

const kLine = /^(web\/src\/[a-z0-9/]+|wasm\/bindings):(.*)$/;

/** @returns {Map<string, string[]>} folder to the folders it may import from */
export function readWebLayers() {
  const text = readFileSync(path.join(kRepository, 'tests/contract/layers.txt'), 'utf8');
  const layers = new Map();
  for (const line of text.split('\n')) {
    const found = kLine.exec(line);
    if (found === null) continue;
    const [, folder = '', targets = ''] = found;
    layers.set(
      folder,
      targets
        .trim()
        .split(/\s+/)
        .filter((name) => name !== ''),
    );
  }
  return layers;
}

/**
 * One configuration object a folder: what it may not import, by path and by alias.
 *
 * @returns {import('eslint').Linter.Config[]}
 */
export function layerRules() {
  const layers = readWebLayers();
  const listed = [...layers.keys()].filter((folder) => folder.startsWith('web/'));
  const unlisted = sourceFolders().filter((folder) => !listed.includes(folder));
  if (unlisted.length > 0) {
    throw new Error(`not in tests/contract/layers.txt: ${unlisted.join(' ')}`);
  }
  return listed.map((folder) => {
    const allowed = new Set([folder, ...(layers.get(folder) ?? [])]);
    const forbidden = listed.filter((other) => !allowed.has(other));
    const group = forbidden.map((other) => `**/${path.basename(other)}/*`);
    if (!allowed.has('wasm/bindings')) group.push('@landfall/bindings/*');
    const inner = listed.filter((other) => other.startsWith(`${folder}/`));
    return {
      files: [`${folder}/**/*.{ts,tsx}`],
      ignores: inner.map((other) => `${other}/**`),
      rules: {
        'no-restricted-imports': [
          'error',
          { patterns: [{ group, message: `${folder} may not import this: layers.txt` }] },
        ],
      },
    };
  });
}

/** Folders of web/src that hold TypeScript. */
function sourceFolders() {
  const root = path.join(kRepository, 'web/src');
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .filter((entry) =>
      readdirSync(path.join(root, entry.name)).some((name) => /\.tsx?$/.test(name)),
    )
    .map((entry) => `web/src/${entry.name}`);
}
