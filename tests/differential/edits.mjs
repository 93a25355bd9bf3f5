// The stream of edits: mostly towards an outcome that no expression gave yet, the rest at random, some
// of them hostile.

import { hostileChange, hostileValue } from './hostile.mjs';
import { influences, wordsOf } from './model.mjs';
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
const kPatience = 2;

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

const changeOf = (value) => ['change', typeof value === 'string' ? value : JSON.stringify(value)];

const kWeights = {
  guided: 60,
  any: 12,
  hostile: 8,
  instances: 7,
  date: 3,
  cleared: 3,
  language: 2,
  malformed: 2,
  reopened: 2,
  filled: 1,
};
const kKinds = Object.entries(kWeights).flatMap(([kind, weight]) => Array(weight).fill(kind));

/**
 * Draws edits for the model of a package. `coverage` says what is still open; `profile` may forbid
 * what the answers alone do not show: {clearing, dates, emptying}.
 */
export class EditStream {
  constructor(model, coverage, chance, profile = {}) {
    this.model = model;
    this.coverage = coverage;
    this.chance = chance;
    this.profile = { clearing: true, dates: true, emptying: true, ...profile };
    this.asOf = kBaseDate;
    this.zone = kZones[0];
    this.nodes = new Map();
    this.session = { left: 0, targets: [], words: [] };
    this.tries = new Map();
  }

  /** The options of now, without answers, as JSON. */
  options() {
    return JSON.stringify(this.optionsWith());
  }

  opening() {
    return ['open', this.options()];
  }

  /** The next edit, given the state's nodes and how to get the draft's text after the last. */
  next(state, draft) {
    this.nodes = nodesByQuestion(state);
    for (;;) {
      const edit = this[this.chance.of(kKinds)](draft);
      if (edit !== null) return edit;
    }
  }

  optionsWith(answers) {
    const options = {
      as_of: this.asOf,
      time_zone: this.zone,
      seed: `form ${this.chance.below(1000)}`,
    };
    return answers === undefined ? options : { ...options, answers };
  }

  context(words) {
    const { model, nodes } = this;
    return {
      asOf: this.asOf,
      dates: model.dates,
      names: [...model.byName.keys()],
      words,
      answers: [...nodes.values()].flatMap((list) =>
        list.map(({ value }) => value).filter((value) => typeof value === 'string'),
      ),
      answerTo: (name) => {
        const node = nodes.get(model.byName.get(name)?.path)?.[0];
        return textOfValue(node?.normalised ?? node?.value);
      },
      offered: (path) => nodes.get(path)?.[0]?.choices,
    };
  }

  valueFor(question, words = []) {
    return plausibleValue(this.chance, this.model, question, this.context(words));
  }

  answer(question, value) {
    const places = this.nodes.get(question.path) ?? [];
    if (places.length === 0) return this.instances(null, true);
    return changeOf({ path: this.chance.of(places).path, value });
  }

  // An edit towards an open outcome: of a question that its expression depends on.
  guided() {
    const { session, chance } = this;
    if (session.left <= 0 || this.coverage.outcomes(session.expression).length > 1) {
      return this.newSession();
    }
    session.left -= 1;
    if (session.targets.length === 0) return null;
    const looksAtDate = /today\(|now\(/.test(session.expression.text);
    if ((looksAtDate || session.expression.aspect === 'fee') && chance.once(8)) return this.date();
    const reach = chance.once(2) ? Math.min(3, session.targets.length) : session.targets.length;
    const question = session.targets[chance.below(reach)];
    const clears = this.profile.clearing && chance.once(12);
    return this.answer(question, clears ? null : this.valueFor(question, session.words));
  }

  newSession() {
    const open = this.coverage.open();
    if (open.length === 0) return null;
    if (open.length > kMany && this.chance.once(4)) return this.filled();
    const triesOf = (each) => this.tries.get(each) ?? 0;
    const fewest = Math.min(...open.map(triesOf));
    const expression = this.chance.of(open.filter((each) => triesOf(each) <= fewest + kPatience));
    this.tries.set(expression, triesOf(expression) + 1);
    this.session = {
      expression,
      targets: influences(this.model, expression),
      words: wordsOf(this.model, expression),
      left: kSessionEdits,
    };
    return null;
  }

  any() {
    const question = this.chance.of(this.model.questions);
    return this.answer(question, this.valueFor(question));
  }

  hostile() {
    return this.answer(this.chance.of(this.model.questions), hostileValue(this.chance));
  }

  cleared() {
    if (!this.profile.clearing) return null;
    return this.answer(this.chance.of(this.model.questions), null);
  }

  instances(draft, adding = this.chance.once(2)) {
    if (this.model.repeats.length === 0) return null;
    const places = this.nodes.get(this.chance.of(this.model.repeats).path) ?? [];
    const instances = places.filter(({ path }) => path.endsWith(']'));
    const containers = places.filter(({ path }) => !path.endsWith(']'));
    if (adding && containers.length > 0) {
      return changeOf({ path: this.chance.of(containers).path, add: true });
    }
    const fewest = this.profile.emptying ? 0 : containers.length;
    if (instances.length <= fewest) return null;
    return this.removal(this.chance.of(instances).path, places);
  }

  // Of the instances of one container the last may have to stay.
  removal(path, places) {
    const container = path.slice(0, path.lastIndexOf('['));
    const isLast = places.some((place) => place.path === container && place.count === 1);
    return isLast && !this.profile.emptying ? null : changeOf({ path, remove: true });
  }

  date() {
    if (!this.profile.dates) return null;
    const near = { asOf: kBaseDate, dates: this.model.dates, numbers: [], answers: [] };
    this.asOf = this.chance.once(3) ? kBaseDate : dateOf(this.chance, near);
    return changeOf({ as_of: this.asOf });
  }

  language() {
    return changeOf({ language: this.chance.of([...this.model.locales, 'xx']) });
  }

  malformed() {
    return changeOf(hostileChange(this.chance));
  }

  // Closed and opened again on the draft.
  reopened(draft) {
    if (this.profile.dates && this.chance.once(3)) this.zone = this.chance.of(kZones);
    return ['open', JSON.stringify(this.optionsWith(JSON.parse(draft())))];
  }

  // Opened on answers to everything at once.
  filled() {
    const answers = {};
    // Numbers that rise, fall or stay: what compares neighbours is then true, or false, everywhere.
    const [base, step] = this.chance.of([
      [0, 1],
      [5000, -1],
      [7, 0],
      [null, 0],
    ]);
    let count = 0;
    for (const question of this.model.questions) {
      if (question.around.some(({ row }) => row.type.includes('repeat'))) continue;
      if (base === null && this.chance.once(6)) continue;
      let group = answers;
      for (const { name } of question.around) group = group[name] ??= {};
      count += 1;
      const isNumber = question.type === 'decimal' || question.type === 'integer';
      group[question.name] =
        isNumber && base !== null ? base + count * step : this.valueFor(question);
    }
    return ['open', JSON.stringify(this.optionsWith(answers))];
  }
}
