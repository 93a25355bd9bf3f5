// The rows of form-engine-scenarios: each trace gets the tree of its form. It is judged twice: each
// reference that the upstream test asserts is a row of its own, and so is the whole recorded state.

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { xmlTree } from './xml-tree.mjs';

/**
 * @param {string} folder
 * @param {import('./rows.mjs').Row[]} rows
 * @returns {import('./rows.mjs').Row[]}
 */
export function withForms(folder, rows) {
  const forms = JSON.parse(readFileSync(path.join(folder, 'forms.json'), 'utf8'));
  const trees = Object.fromEntries(
    Object.entries(forms).map(([name, text]) => [name, xmlTree(text)]),
  );
  const judged = (entry, report, id, more) => ({
    ...entry,
    report,
    id,
    row: { ...entry.row, judged: report, tree: trees[entry.row.form] ?? null, ...more },
  });
  const references = rows.flatMap((entry) =>
    (entry.row.asserted ?? []).map((reference, index) =>
      judged(entry, 'asserted', `${entry.id}/${index + 1}`, { asserted: [reference] }),
    ),
  );
  return [...references, ...rows.map((entry) => judged(entry, 'state', entry.id, {}))];
}
