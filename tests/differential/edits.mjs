// The stream of edits: mostly towards an outcome that no expression gave yet, the rest at random, some
// of them hostile.

import { hostileChange, hostileValue } from './hostile.mjs';
import { influences } from './model.mjs';
import { dateOf, plausibleValue } from './values.mjs';

export const kBaseDate = '2026-11-21';
const kZones = [
  'Asia/Taipei',
  'Asia/Taipei',
  'Asia/Kathmandu',
  'Asia/Yangon',
  'America/New_York',
  'UTC',
];
const kSessionEdits = 14;
const kMany = 100;

const withoutPositions = (path) => path.replace(/\[\d+\]/g, '');

// The nodes of the last state that belong to each question, so that instances are found.
function nodesByQuestion(nodes) {
  const found = new Map();
  for (const node of nodes) {
    const key = withoutPositions(node.path);
    const list = found.get(key);
    if (list === undefined) found.set(key, [node]);
    else list.push(node);
  }
  return found;
}

const textOfValue = (value) =>
  Array.isArray(value) ? value.map(String).join(' ') : String(value ?? '');

/**
 * Draws edits for the model of a package. `coverage` says what is still open; `profile` may forbid
 * what the answers alone do not show: {clearing, dates, emptying}.
 */
export function editStream(model, coverage, chance, profile = {}) {
  const { clearing = true, dates = true, emptying = true } = profile;
  let asOf = kBaseDate;
  let zone = kZones[0];
  let nodes = new Map();
  let session = { targets: [], left: 0 };
  const failures = new Map();

  const options = (answers) => ({
    as_of: asOf,
    time_zone: zone,
    ...(answers === undefined ? {} : { answers }),
  });
  const change = (value) => ['change', typeof value === 'string' ? value : JSON.stringify(value)];

  const context = {
    get asOf() {
      return asOf;
    },
    dates: model.dates,
    names: [...model.byName.keys()],
    get answers() {
      return [...nodes.values()]
        .flat()
        .map(({ value }) => value)
        .filter((value) => typeof value === 'string');
    },
    answerTo: (name) => {
      const node = nodes.get(model.byName.get(name)?.path)?.[0];
      return textOfValue(node?.normalised ?? node?.value);
    },
    offered: (path) => nodes.get(path)?.[0]?.choices,
  };

  const placesOf = (path) => nodes.get(path) ?? [];
  const valueFor = (question) => plausibleValue(chance, model, question, context);

  function answerEdit(question, value) {
    const places = placesOf(question.path);
    if (places.length === 0) return repeatEdit(true);
    return change({ path: chance.of(places).path, value });
  }

  function repeatEdit(adding = chance.once(2)) {
    if (model.repeats.length === 0) return null;
    const places = placesOf(chance.of(model.repeats).path);
    const instances = places.filter(({ path }) => path.endsWith(']'));
    const containers = places.filter(({ path }) => !path.endsWith(']'));
    if (adding && containers.length > 0)
      return change({ path: chance.of(containers).path, add: true });
    return instances.length <= (emptying ? 0 : containers.length)
      ? null
      : change({ path: chance.of(instances).path, remove: true });
  }

  function dateEdit() {
    if (!dates) return null;
    asOf = chance.once(3)
      ? kBaseDate
      : dateOf(chance, { asOf: kBaseDate, dates: model.dates, numbers: [], answers: [] });
    return change({ as_of: asOf });
  }

  // Answers to many questions at once, as a draft holds them: closed and opened again.
  function bulkEdit() {
    const answers = {};
    // Numbers that rise, fall or stay: what compares neighbours is then true, or false, everywhere.
    const [base, step] = chance.of([
      [0, 1],
      [5000, -1],
      [7, 0],
      [null, 0],
    ]);
    let count = 0;
    for (const question of model.questions) {
      if (question.around.some(({ row }) => row.type.includes('repeat'))) continue;
      if (base === null && chance.once(6)) continue;
      let group = answers;
      for (const { name } of question.around) group = group[name] ??= {};
      count += 1;
      const isNumber = question.type === 'decimal' || question.type === 'integer';
      group[question.name] = isNumber && base !== null ? base + count * step : valueFor(question);
    }
    return ['open', JSON.stringify(options(answers))];
  }

  function reopenEdit(draft) {
    if (dates && chance.once(3)) zone = chance.of(kZones);
    return ['open', JSON.stringify(options(JSON.parse(draft)))];
  }

  // The next edit towards an open outcome: of a question that its expression depends on.
  function guidedEdit() {
    if (session.left <= 0 || coverage.outcomes(session.expression).length > 1) {
      const open = coverage.open();
      if (open.length === 0) return null;
      if (open.length > kMany && chance.once(4)) return bulkEdit();
      const eager = open.filter(
        (each) =>
          (failures.get(each) ?? 0) <= 2 + Math.min(...open.map((one) => failures.get(one) ?? 0)),
      );
      const expression = chance.of(eager);
      failures.set(expression, (failures.get(expression) ?? 0) + 1);
      session = { expression, targets: influences(model, expression), left: kSessionEdits };
    }
    session.left -= 1;
    if (session.targets.length === 0) return null;
    if (dates && /today\(|now\(/.test(session.expression.text) && chance.once(8)) return dateEdit();
    if (session.expression.aspect === 'fee' && chance.once(8)) return dateEdit();
    const reach = chance.once(2) ? Math.min(3, session.targets.length) : session.targets.length;
    const question = session.targets[chance.below(reach)];
    return answerEdit(question, clearing && chance.once(12) ? null : valueFor(question));
  }

  const kinds = [
    [60, guidedEdit],
    [12, () => answerEdit(...pair(valueFor))],
    [8, () => answerEdit(...pair(() => hostileValue(chance)))],
    [7, () => repeatEdit()],
    [3, dateEdit],
    [3, () => (clearing ? answerEdit(...pair(() => null)) : null)],
    [2, () => change({ language: chance.of([...model.locales, 'xx']) })],
    [2, () => change(hostileChange(chance))],
    [2, (draft) => reopenEdit(draft)],
    [1, bulkEdit],
  ];
  const pair = (draw) => {
    const question = chance.of(model.questions);
    return [question, draw(question)];
  };
  const total = kinds.reduce((sum, [weight]) => sum + weight, 0);

  return {
    opening: () => ['open', JSON.stringify(options())],
    bulk: bulkEdit,
    options: () => JSON.stringify(options()),
    /** The next edit, given the state's nodes and the draft's text after the last. */
    next: (state, draft) => {
      nodes = nodesByQuestion(state);
      for (;;) {
        let at = chance.below(total);
        const [, draw] = kinds.find(([weight]) => (at -= weight) < 0);
        const edit = draw(draft());
        if (edit !== null) return edit;
      }
    },
  };
}
