// The rows of xpath-odk: each gets the tree of the document it is evaluated over, and is reported
// by its grade and tier.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { xmlTree } from './xml-tree.mjs';

/**
 * @param {string} folder
 * @param {import('./rows.mjs').Row[]} rows
 * @returns {import('./rows.mjs').Row[]}
 */
export function withContexts(folder, rows) {
  const contexts = JSON.parse(readFileSync(path.join(folder, 'contexts.json'), 'utf8'));
  const trees = Object.fromEntries(
    Object.entries(contexts).map(([name, text]) => [name, xmlTree(text)]),
  );
  return rows.map((entry) => ({
    ...entry,
    // Our own cases have no grades: they are reported by zone and function.
    report: entry.row.grade === undefined ? undefined : `${entry.row.grade}/tier${entry.row.tier}`,
    row: { ...entry.row, tree: trees[entry.row.ctx] ?? null },
  }));
}
