// Cuts the files that hold one table of examples instead of rows.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The file as JSON; undefined where the suite has none. */
function readTable(folder, file) {
  const place = path.join(folder, file);
  return existsSync(place) ? JSON.parse(readFileSync(place, 'utf8')) : undefined;
}

const rowOf = (suite, file, id, row) => ({ suite, file, group: 'rows', id, row, file_members: {} });

/**
 * The suite `merkle-tlog`, with the test tree: a row for the root of each size and for each leaf.
 *
 * @param {string} folder
 * @param {import('./rows.mjs').Row[]} rows
 * @returns {import('./rows.mjs').Row[]}
 */
export function withTree(folder, rows) {
  const file = 'rfc6962_tree.json';
  const tree = readTable(folder, file);
  if (tree === undefined) return rows;
  const inputs = tree.leaf_inputs_hex;
  const roots = tree.roots_hex_by_size.map((root_hex, size) =>
    rowOf('merkle-tlog', file, `root/${size}`, { inputs_hex: inputs.slice(0, size), root_hex }),
  );
  const leaves = tree.leaf_hashes_hex.map((leaf_hash_hex, index) =>
    rowOf('merkle-tlog', file, `leaf/${index}`, { inputs_hex: [inputs[index]], leaf_hash_hex }),
  );
  return [...rows, ...roots, ...leaves];
}

/**
 * The suite `age`, with the author's example file and the recipients of his identities.
 *
 * @param {string} folder
 * @param {import('./rows.mjs').Row[]} rows
 * @returns {import('./rows.mjs').Row[]}
 */
export function withExamples(folder, rows) {
  const file = 'filosottile_examples.json';
  const examples = readTable(folder, file);
  if (examples === undefined) return rows;
  const keys = examples.example_keys.split('\n').filter((line) => line.startsWith('AGE-'));
  const opened = rowOf('age', file, 'example_age', {
    file_b64: examples.example_age_b64,
    identity: keys,
    expect: 'success',
    feature: 'core-x25519',
  });
  const recipients = examples.x25519_script_identities.map((identity, index) =>
    rowOf('age', file, `recipient/${index}`, {
      identity: [identity],
      recipients: examples.x25519_script_recipients,
    }),
  );
  return [...rows, opened, ...recipients];
}
