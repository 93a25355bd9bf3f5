// Cuts the files of a vector suite into rows, by their shape alone, so that folders nobody has seen
// yet are cut the same way.
//
//   *.json    an array: its items, group "rows"; an object: each member that is a list of rows is a
//             group of that name, and every other member goes to file_members
//   *.jsonl   each line, group "rows"
//   *.txt     each line as text, group "lines" (SOURCE.txt tells where the suite is from: no row)

import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { withForms } from './scenario-rows.mjs';
import { withExamples, withTree } from './table-rows.mjs';
import { withContexts } from './xpath-rows.mjs';

// Members that are lists and yet no rows: tables a suite explains itself with.
const kTables = new Set([
  'iso',
  'icao_extra',
  'formats',
  'province_prefixes',
  'cross_checks',
  'input_forms',
  'notes',
  'source',
  'rules',
  'identities',
  'recipients',
]);

// What a suite's rows need besides being cut.
const kCompletions = {
  age: withExamples,
  'form-engine-scenarios': withForms,
  'merkle-tlog': withTree,
  'own-xpath': withContexts,
  'xpath-odk': withContexts,
};

/**
 * `report` is the group that the row is reported in, where that is not its file.
 *
 * @typedef {{ suite: string, file: string, group: string, id: string, row: unknown,
 *             file_members: Record<string, unknown>, report?: string }} Row
 */

function isRowList(name, value) {
  if (!Array.isArray(value) || value.length === 0 || kTables.has(name)) return false;
  return (
    value.every((item) => typeof item === 'object' && item !== null) ||
    name.startsWith('valid') ||
    name.startsWith('invalid')
  );
}

// A row's own name, or its place.
function rowId(row, file, group, index) {
  const named =
    typeof row === 'object' && row !== null ? (row.id ?? row.tcId ?? row.name) : undefined;
  const own = typeof named === 'string' || typeof named === 'number' ? String(named) : '';
  return own === '' ? `${file}/${group}[${index}]` : own;
}

function rowsOf(suite, file, group, list, members) {
  return list.map((row, index) => ({
    suite,
    file,
    group,
    id: rowId(row, file, group, index),
    row,
    file_members: members,
  }));
}

function jsonRows(suite, file, text) {
  const document = JSON.parse(text);
  if (Array.isArray(document)) return rowsOf(suite, file, 'rows', document, {});
  const entries = Object.entries(document);
  const lists = entries.filter(([name, value]) => isRowList(name, value));
  const members = Object.fromEntries(entries.filter(([name, value]) => !isRowList(name, value)));
  return lists.flatMap(([name, list]) => rowsOf(suite, file, name, list, members));
}

function fileRows(suite, folder, file) {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '');
  if (file.endsWith('.json')) return jsonRows(suite, file, text);
  if (file.endsWith('.jsonl')) {
    return rowsOf(
      suite,
      file,
      'rows',
      lines.map((line) => JSON.parse(line)),
      {},
    );
  }
  return rowsOf(suite, file, 'lines', lines, {});
}

/**
 * The suites of a folder: its sub-folders, sorted.
 *
 * @param {string} root
 * @returns {string[]}
 */
export function suitesIn(root) {
  return readdirSync(root)
    .filter((name) => statSync(path.join(root, name)).isDirectory())
    .sort();
}

/**
 * Every row of the suite, file by file.
 *
 * @param {string} root
 * @param {string} suite
 * @returns {Row[]}
 */
export function suiteRows(root, suite) {
  const folder = path.join(root, suite);
  const rows = readdirSync(folder)
    .filter((file) => /\.(json|jsonl|txt)$/.test(file) && file !== 'SOURCE.txt')
    .sort()
    .flatMap((file) => fileRows(suite, folder, file));
  return kCompletions[suite]?.(folder, rows) ?? rows;
}
