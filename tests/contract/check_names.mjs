// Names that say nothing are not given, and files are named as their language is.

import { sourceFiles } from './tree.mjs';

const kEmptyWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager']);
const kCppFile = /^[a-z0-9_]+(\.gen)?\.(h|cpp|c|def)$/;
const kCppTree = /^(shared|server|wasm\/(bridge|workbench|libsodium)|tests\/(shared|server))\//;

function violation(file) {
  const steps = file.split('/');
  for (const step of steps) {
    const words = step
      .replace(/\.[^.]*$/, '')
      .toLowerCase()
      .split(/[-_.]/);
    const empty = words.find((word) => kEmptyWords.has(word));
    if (empty !== undefined) return `${file}: "${empty}" says nothing`;
  }
  const name = steps.at(-1);
  if (kCppTree.test(file) && /\.(h|cpp|c|def)$/.test(name) && !kCppFile.test(name)) {
    return `${file}: C++ files are named in snake_case`;
  }
  return null;
}

/** The violations of the tree below `root`, one text each. */
export function checkNames(root) {
  return sourceFiles(root)
    .map(violation)
    .filter((text) => text !== null);
}
