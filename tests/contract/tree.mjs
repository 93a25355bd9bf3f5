// Reading the source tree for the checks.

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository this file stands in. */
export const kRepository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const kNotOurs = new Set(['node_modules', 'build', 'dist', '.git', 'data', 'test-results']);

/**
 * Every file below `root` that is ours, as paths from the root with "/", sorted.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function sourceFiles(root) {
  const found = [];
  const visit = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
      if (kNotOurs.has(entry.name)) continue;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) visit(name);
      else if (entry.isFile()) found.push(name);
    }
  };
  visit('');
  return found.sort();
}

/** The text of a file of the tree. */
export function readSource(root, file) {
  return readFileSync(path.join(root, file), 'utf8');
}

/** The lines of a list file without comments and blanks. */
export function listedLines(text) {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}
