// A header begins with a sentence that says what it is for, and has a guard named by its path.

import { readSource, sourceFiles } from './tree.mjs';

function guardName(file) {
  return `LANDFALL_${file.replace(/[^A-Za-z0-9]/g, '_').toUpperCase()}_`;
}

function violations(root, file) {
  const text = readSource(root, file);
  const found = [];
  if (!/^\/\/ \S/.test(text)) found.push(`${file}: its first line is no sentence about the file`);
  if (!text.includes(`#ifndef ${guardName(file)}\n#define ${guardName(file)}\n`)) {
    found.push(`${file}: no include guard ${guardName(file)}`);
  }
  return found;
}

/** The violations of the tree below `root`, one text each. */
export function checkHeaders(root) {
  return sourceFiles(root)
    .filter((file) => file.endsWith('.h'))
    .flatMap((file) => violations(root, file));
}
