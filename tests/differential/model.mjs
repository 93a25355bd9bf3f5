// What the edits are made from: the questions of a package, its expressions, and which answers an
// expression looks at.

const kBooleanColumns = ['relevant', 'required', 'readonly', 'choice_filter', 'constraint'];
const kMostCells = 400;
const kConstant = /^\s*(true|false)\(\)\s*$/;

/** The names in ${…} of an expression, each once. */
export const namesIn = (expression) => [
  ...new Set([...expression.matchAll(/\$\{\s*([^}\s]+)\s*\}/g)].map(([, name]) => name)),
];

/** The texts between quotes and the numbers of an expression. */
export function literalsIn(expression) {
  const texts = [...expression.matchAll(/'([^']*)'|"([^"]*)"/g)].map(([, a, b]) => a ?? b);
  const bare = expression.replace(/'[^']*'|"[^"]*"|\$\{[^}]*\}/g, ' ');
  return {
    texts,
    numbers: [...bare.matchAll(/(?<![\w.])\d+(\.\d+)?/g)].map(([text]) => Number(text)),
  };
}

function expressionsOf(row, path) {
  const plain = kBooleanColumns
    .filter((column) => typeof row[column] === 'string' && row[column] !== '')
    .map((column) => ({ aspect: column, text: row[column] }));
  const rules = (row.constraints ?? []).map(({ code, expression }) => ({
    aspect: code,
    text: expression,
  }));
  const calculation =
    typeof row.calculation === 'string' && row.calculation !== ''
      ? [{ aspect: 'calculation', text: row.calculation }]
      : [];
  return [...plain, ...rules, ...calculation].map((each) => ({
    ...each,
    path,
    name: row.name,
    isConstant: kConstant.test(each.text),
  }));
}

function feeExpressions(fees) {
  return (fees?.rows ?? []).map(({ when }) => ({
    aspect: 'fee',
    text: when,
    path: '',
    name: '',
    isConstant: kConstant.test(when),
  }));
}

const normalisedType = (type) =>
  type
    .trim()
    .replace(/ +/g, ' ')
    .replace(/^(begin|end) /, '$1_');

/** Every row with its path, the open groups and repeats around it. */
function placedRows(survey) {
  const open = [];
  const rows = [];
  for (const row of survey) {
    const type = normalisedType(row.type ?? '');
    if (type.startsWith('end_')) {
      open.pop();
      continue;
    }
    const path = [...open.map(({ name }) => name), row.name].join('/');
    const placed = { row, type, path, name: row.name, around: [...open] };
    rows.push(placed);
    if (type.startsWith('begin_')) open.push({ name: row.name, path, row });
  }
  return rows;
}

const kNotAnswered = new Set(['calculate', 'note', 'begin_group', 'begin_repeat']);

/** The model of a published package, from its JSON. */
export function modelOf(published) {
  const rows = placedRows(published.form.survey);
  const expressions = [
    ...rows.flatMap(({ row, path }) => expressionsOf(row, path)),
    ...feeExpressions(published.fees),
  ];
  const byName = new Map(rows.map((placed) => [placed.name, placed]));
  const { choices, cells } = listsOf(published.form);
  const questions = rows.filter(({ type }) => !kNotAnswered.has(type));
  const dates = new Set(JSON.stringify(published).match(/\d{4}-\d{2}-\d{2}/g) ?? []);
  return {
    rows,
    questions,
    repeats: rows.filter(({ type }) => type === 'begin_repeat'),
    expressions,
    byName,
    byPath: new Map(rows.map((placed) => [placed.path, placed])),
    choices,
    hints: hintsOf(rows, expressions, byName, cells, published.form.config ?? {}),
    dates: [...dates].filter((text) => !Number.isNaN(Date.parse(text))),
    cells,
    locales: Object.keys(published.texts ?? {}),
  };
}

// The names of every choice list and data set, and what stands in their other columns.
function listsOf(form) {
  const choices = new Map();
  const cells = new Map();
  const add = (to, list, values) => to.set(list, [...(to.get(list) ?? []), ...values]);
  for (const { list_name: list, name, label, ...more } of form.choices ?? []) {
    add(choices, list, [name]);
    add(cells, list, label === undefined ? [] : Object.values(more).map(String));
  }
  for (const [name, { columns, rows }] of Object.entries(form.datasets ?? {})) {
    const at = Math.max(0, columns.indexOf('name'));
    for (const list of [name, `${name}.csv`, `${name}.json`]) {
      add(
        choices,
        list,
        rows.map((row) => String(row[at])),
      );
      add(cells, list, rows.flatMap((row) => row.map(String)).slice(0, kMostCells));
    }
  }
  return { choices, cells };
}

// The lists that an expression, of a row of `type`, looks into.
const listsIn = (text, type) => [
  ...[...text.matchAll(/(?:instance|pulldata)\(\s*'([^']+)'/g)].map(([, name]) => name),
  ...type.split(' ').slice(1, 2),
];

// For each question the literals of the expressions that look at it, its own included.
function hintsOf(rows, expressions, byName, cells, config) {
  const hints = new Map(
    rows.map(({ path }) => [path, { texts: new Set(), numbers: new Set(), own: [] }]),
  );
  const types = new Map(rows.map(({ path, type }) => [path, type]));
  for (const { text, path, aspect } of expressions) {
    const { texts, numbers } = literalsIn(text);
    for (const [, key] of text.matchAll(/config\(\s*'([^']+)'/g)) {
      const setting = config[key];
      if (typeof setting === 'number') numbers.push(setting);
      if (typeof setting === 'string') texts.push(setting);
    }
    const type = aspect === 'choice_filter' ? (types.get(path) ?? '') : '';
    texts.push(...listsIn(text, type).flatMap((list) => cells.get(list) ?? []));
    const looked = namesIn(text).map((name) => byName.get(name)?.path);
    for (const target of [...looked, path]) {
      const found = hints.get(target);
      if (found === undefined) continue;
      for (const literal of texts)
        for (const word of [literal, ...literal.split(' ')]) found.texts.add(word);
      for (const number of numbers) found.numbers.add(number);
      if (target === path) found.own.push(text);
    }
  }
  return hints;
}

/** The literals of one expression and what stands in the lists it looks into, as often as it does. */
export function wordsOf(model, expression) {
  const type = model.byPath.get(expression.path)?.type ?? '';
  const lists = listsIn(expression.text, expression.aspect === 'choice_filter' ? type : '');
  const { texts } = literalsIn(expression.text);
  return [
    ...texts.flatMap((text) => [text, ...text.split(' ')]),
    ...lists.flatMap((list) => model.cells.get(list) ?? []),
  ];
}

/**
 * The questions whose answers decide an expression, nearest first: those it names, those that the
 * calculations it names are made of, and those that decide whether any of them is shown.
 */
export function influences(model, expression) {
  const found = new Map();
  let wave = [
    expression.path,
    ...namesIn(expression.text).map((name) => model.byName.get(name)?.path),
  ];
  for (let depth = 0; depth < 6 && wave.length > 0; depth += 1) {
    const next = [];
    for (const path of wave) {
      const placed = model.byPath.get(path);
      if (placed === undefined || found.has(path)) continue;
      found.set(path, depth);
      const conditions = [placed.row, ...placed.around.map(({ row }) => row)].map(
        (row) => row.relevant,
      );
      for (const text of [placed.row.calculation, placed.row.choice_filter, ...conditions]) {
        if (typeof text !== 'string') continue;
        for (const name of namesIn(text)) next.push(model.byName.get(name)?.path);
      }
    }
    wave = next;
  }
  return [...found.keys()]
    .map((path) => model.byPath.get(path))
    .filter(({ type }) => !kNotAnswered.has(type));
}
