// The two forms that engines are measured on, as published packages with the changes made to them:
// the neutral form of 40 questions, where its folder is there, and the generated chain of 1,000.

import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { kNeutralAnswers } from './neutral-answers.mjs';

const kRoot = fileURLToPath(new URL('../../..', import.meta.url));
const kDigest = 'ab'.repeat(32);
export const kChainLength = 1000;
export const kOptions = { as_of: '2026-11-21', time_zone: 'Asia/Taipei' };

/** Where the neutral form lies beside this checkout. */
export const neutralFolder = () =>
  process.env.LANDFALL_PERF ??
  path.resolve(process.env.LANDFALL_VECTORS ?? path.join(kRoot, '../shared/vectors'), '../perf');

function publishedPackage(formId, survey, choices, documents) {
  return {
    format: 'landfall-package/1',
    form: {
      settings: { form_id: formId, version: '1', default_language: 'en', title: 'form.title' },
      survey,
      choices,
    },
    documents,
    workflow: {},
    fees: { currency: 'TWD', rows: [{ code: 'BASE', when: 'true()', amount: '0' }] },
    texts: { en: { digest: kDigest, size: 2 } },
  };
}

const quoted = (text) => (text.includes("'") ? `"${text}"` : `'${text}'`);
const isDate = (text) => /^\d{4}-\d{2}-\d{2}$/.test(text);

/** The XPath of a condition of the neutral form, a small syntax tree. */
export function xpathOf(tree) {
  if (typeof tree === 'number') return String(tree);
  if (typeof tree === 'string') return isDate(tree) ? `date('${tree}')` : quoted(tree);
  if (!Array.isArray(tree)) return `\${${tree.ref}}`;
  const [operator, ...operands] = tree;
  const parts = operands.map(xpathOf);
  if (operator === 'today') return 'today()';
  if (operator === 'addMonths') return `add-months(${parts.join(', ')})`;
  if (operator === 'present') return `${parts[0]} != ''`;
  const inner = operands.map((operand, index) =>
    Array.isArray(operand) && ['and', 'or'].includes(operand[0])
      ? `(${parts[index]})`
      : parts[index],
  );
  return inner.join(` ${operator} `);
}

function constraintOf(item) {
  const parts = [];
  if (item.pattern !== undefined) parts.push(`regex(., ${quoted(item.pattern)})`);
  if (item.constraint !== undefined) parts.push(xpathOf(item.constraint));
  return parts.map((part) => (parts.length > 1 ? `(${part})` : part)).join(' and ');
}

function typeOf(item) {
  if (item.type === 'select1') return `select_one ${item.list}`;
  if (item.type === 'file') return 'image';
  return item.type;
}

function rowOf(item) {
  const constraint = constraintOf(item);
  return {
    type: typeOf(item),
    name: item.id,
    label: `${item.id}.label`,
    ...(item.required ? { required: 'true()' } : {}),
    ...(item.relevant === undefined ? {} : { relevant: xpathOf(item.relevant) }),
    ...(constraint === '' ? {} : { constraint, constraint_message: `${item.id}.constraint` }),
    ...(item.maxLength === undefined ? {} : { parameters: { max: item.maxLength } }),
    ...(item.minimal ? { appearance: 'minimal' } : {}),
  };
}

function rowsOf(item) {
  if (item.type !== 'repeat') return [rowOf(item)];
  const begin = {
    type: 'begin_repeat',
    name: item.id,
    label: `${item.id}.label`,
    relevant: xpathOf(item.relevant),
    parameters: { min: item.min, max: item.max },
  };
  return [begin, ...item.items.flatMap(rowsOf), { type: 'end_repeat' }];
}

function documentsOf(items) {
  const rule = { types: ['image/jpeg', 'image/png'], ext: ['jpg', 'png'], max_bytes: 20971520 };
  const files = items.filter((item) => item.type === 'file');
  return {
    rules: { R: rule },
    slots: Object.fromEntries(files.map((item) => [item.id, { rule: 'R', max_files: 1 }])),
    case: { max_bytes: 100_000_000, max_files: 20 },
  };
}

function choicesOf(lists, folder) {
  return Object.entries(lists).flatMap(([list, rows]) =>
    (typeof rows === 'string'
      ? JSON.parse(readFileSync(path.join(folder, rows), 'utf8'))
      : rows
    ).map(([name]) => ({ list_name: list, name, label: `${list}.${name}` })),
  );
}

// "person/members[1]/name": the paths of questions as the engine knows them.
function pathsOf(items, prefix) {
  return items.flatMap((item) =>
    item.type === 'repeat'
      ? pathsOf(item.items, `${prefix}${item.id}[1]/`)
      : [[item.id, `${prefix}${item.id}`]],
  );
}

/** The 40 questions, or null where the folder of the neutral form is missing. */
export function neutralForm() {
  const folder = neutralFolder();
  const file = path.join(folder, 'portal-form.json');
  if (!existsSync(file)) return null;
  const source = JSON.parse(readFileSync(file, 'utf8'));
  const survey = source.sections.flatMap((section) => [
    { type: 'begin_group', name: section.id, label: `${section.id}.label` },
    ...section.items.flatMap(rowsOf),
    { type: 'end_group' },
  ]);
  const items = source.sections.flatMap((section) => section.items);
  const published = publishedPackage(
    'neutral_40',
    survey,
    choicesOf(source.lists, folder),
    documentsOf(items),
  );
  const paths = new Map(
    source.sections.flatMap((section) => pathsOf(section.items, `${section.id}/`)),
  );
  const questions = questionsOf(items, paths, source.lists, folder);
  return { questions, package: JSON.stringify(published), ...neutralChanges(paths) };
}

// The questions as data, for engines that do not read packages.
function questionsOf(items, paths, lists, folder) {
  const flat = items.flatMap((item) => (item.type === 'repeat' ? item.items : [item]));
  const namesOf = (rows) =>
    (typeof rows === 'string'
      ? JSON.parse(readFileSync(path.join(folder, rows), 'utf8'))
      : rows
    ).map(([name]) => name);
  return flat.map(({ id, type, required, relevant, constraint, pattern, maxLength, list }) => ({
    id,
    path: paths.get(id),
    type,
    required,
    relevant,
    constraint,
    pattern,
    maxLength,
    ...(list === undefined ? {} : { choices: namesOf(lists[list]) }),
  }));
}

// Every question gets its first answer (a repeat begins with one instance); then each is changed to its second and back, so that the
// form is near its full state at every change.
function neutralChanges(paths) {
  const answers = Object.entries(kNeutralAnswers).map(([id, values]) => {
    if (!paths.has(id)) throw new Error(`the neutral form has no question ${id}`);
    return { path: paths.get(id), values };
  });
  return {
    fill: answers.map(({ path: name, values }) => ({ path: name, value: values[0] })),
    changes: answers.flatMap(({ path: name, values }) => [
      { path: name, value: values[1] },
      { path: name, value: values[0] },
    ]),
  };
}

// The row of q`i` in the chain; `also` is a condition that all of its rules look at besides.
const chainRow = (i, also = '') => ({
  type: 'decimal',
  name: `q${i}`,
  label: `q${i}.label`,
  required: 'true()',
  ...(i > 1 ? { relevant: `\${q${i - 1}} > 0${also}` } : {}),
  ...(i > 2
    ? { constraint: `. >= \${q${i - 2}}${also}`, constraint_message: `q${i}.constraint` }
    : {}),
});
const change = (i, value) => ({ path: `q${i}`, value });
const filledChain = (length) =>
  Array.from({ length }, (_, index) => change(index + 1, 2 * (index + 1)));

/** q1 … q1000: required numbers, each relevant when the one before is positive. */
export function chainForm(length = kChainLength) {
  const survey = Array.from({ length }, (_, index) => chainRow(index + 1));
  const published = publishedPackage(`chain_${length}`, survey, [], { rules: {}, slots: {} });
  // A stride without a common divisor with the length: every question comes, none twice in a row.
  const places = Array.from({ length: 200 }, (_, index) => ((index * 373) % (length - 2)) + 2);
  return {
    questions: survey.map(({ name }, index) => ({
      id: name,
      path: name,
      type: 'decimal',
      required: true,
      ...(index > 0 ? { relevant: ['>', { ref: `q${index}` }, 0] } : {}),
      ...(index > 1 ? { constraint: ['>=', { ref: name }, { ref: `q${index - 1}` }] } : {}),
    })),
    package: JSON.stringify(published),
    fill: filledChain(length),
    changes: places.flatMap((i) => [change(i, 2 * i + 1), change(i, 2 * i)]),
    hide: change(1, 0),
    show: change(1, 2),
  };
}

/**
 * The chain with one question in front of it that every rule looks at too: each of `changes` makes
 * the engine run all rules again, which hold as before; `breaks` makes none of them hold.
 */
export function watchedChainForm(length = kChainLength) {
  const limit = (value) => ({ path: 'limit', value });
  const survey = [
    { type: 'decimal', name: 'limit', label: 'limit.label' },
    ...Array.from({ length }, (_, index) => chainRow(index + 1, ' and ${limit} >= 0')),
  ];
  const published = publishedPackage(`watched_${length}`, survey, [], { rules: {}, slots: {} });
  return {
    questions: [],
    package: JSON.stringify(published),
    fill: [limit(0), ...filledChain(length)],
    changes: [limit(1), limit(0)],
    breaks: limit(-1),
  };
}
