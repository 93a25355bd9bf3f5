// What the engine is measured against, on the same two forms and changes: plain JavaScript made for the
// one form, and three libraries. Each is told the questions as data and answers differences.

import Ajv from 'ajv';
import { LogicEngine } from 'json-logic-engine';
import { Model } from 'survey-core';

const kToday = '2026-11-21';
const kInSixMonths = '2027-05-21';

const isReference = (tree) => typeof tree === 'object' && tree !== null && !Array.isArray(tree);

function referencesIn(tree, found = new Set()) {
  if (isReference(tree)) found.add(tree.ref);
  if (Array.isArray(tree)) for (const each of tree.slice(1)) referencesIn(each, found);
  return found;
}

// A condition as JavaScript over `w`, the visible answers by number.
function scriptOf(tree, numbers) {
  if (!Array.isArray(tree)) {
    return isReference(tree) ? `w[${numbers.get(tree.ref)}]` : JSON.stringify(tree);
  }
  const [operator, ...operands] = tree;
  if (operator === 'today') return JSON.stringify(kToday);
  if (operator === 'addMonths') return JSON.stringify(kInSixMonths);
  const parts = operands.map((operand) => scriptOf(operand, numbers));
  if (operator === 'present') return `(${parts[0]} !== null)`;
  const script = { and: '&&', or: '||', '=': '===', '!=': '!==' }[operator] ?? operator;
  return `(${parts.join(` ${script} `)})`;
}

// A condition in JsonLogic.
function logicOf(tree) {
  if (!Array.isArray(tree)) return isReference(tree) ? { var: tree.ref } : tree;
  const [operator, ...operands] = tree;
  if (operator === 'today') return kToday;
  if (operator === 'addMonths') return kInSixMonths;
  if (operator === 'present') return { '!=': [logicOf(operands[0]), null] };
  return { [{ '=': '===', '!=': '!==' }[operator] ?? operator]: operands.map(logicOf) };
}

const compiledScript = (tree, numbers) =>
  tree === undefined ? null : new Function('w', `return ${scriptOf(tree, numbers)};`);

// The state of one form that both full passes share: what is shown, and what is wrong with it.
class Answers {
  constructor(questions) {
    this.questions = questions;
    this.numbers = new Map(questions.map(({ id }, index) => [id, index]));
    this.byPath = new Map(questions.map(({ path }, index) => [path, index]));
    this.typed = questions.map(() => null);
    this.visible = questions.map(() => null);
    this.relevant = questions.map(() => true);
    this.wrong = questions.map(() => '');
    this.patterns = questions.map(({ pattern }) =>
      pattern === undefined ? null : new RegExp(pattern),
    );
  }

  findingOf(index, constraint) {
    const { required, maxLength } = this.questions[index];
    const value = this.visible[index];
    if (!this.relevant[index]) return '';
    if (value === null) return required ? 'required' : '';
    if (maxLength !== undefined && value.length > maxLength) return 'too_long';
    if (this.patterns[index] !== null && !this.patterns[index].test(value)) return 'pattern';
    return constraint ? '' : 'constraint';
  }

  // Takes what was computed of a question; says whether that is news.
  take(index, relevant, finding) {
    const same = this.relevant[index] === relevant && this.wrong[index] === finding;
    this.relevant[index] = relevant;
    this.wrong[index] = finding;
    return !same;
  }

  node(index) {
    return {
      path: this.questions[index].path,
      relevant: this.relevant[index],
      value: this.typed[index],
      finding: this.wrong[index],
    };
  }

  findings() {
    return this.wrong.flatMap((code, index) => (code === '' ? [] : [{ path: index, code }]));
  }
}

// Computes question `index` from conditions as functions of `world`.
function compute(answers, index, rules, world) {
  const { relevant, constraint } = rules[index];
  const shown = relevant === null || Boolean(relevant(world));
  const value = shown ? answers.typed[index] : null;
  const moved = answers.visible[index] !== value;
  answers.visible[index] = value;
  const was = answers.relevant[index];
  answers.relevant[index] = shown;
  const holds = value === null || constraint === null || Boolean(constraint(world));
  const finding = answers.findingOf(index, holds);
  answers.relevant[index] = was;
  return { moved, news: answers.take(index, shown, finding) };
}

/** Plain JavaScript for one form: only what looks at the answer is computed. Nobody can be faster. */
function floor(form) {
  const answers = new Answers(form.questions);
  const rules = form.questions.map(({ relevant, constraint }) => ({
    relevant: compiledScript(relevant, answers.numbers),
    constraint: compiledScript(constraint, answers.numbers),
  }));
  const dependents = form.questions.map(() => []);
  form.questions.forEach(({ relevant, constraint }, index) => {
    for (const id of new Set([...referencesIn(relevant), ...referencesIn(constraint)])) {
      if (answers.numbers.get(id) !== index) dependents[answers.numbers.get(id)].push(index);
    }
  });
  const dirty = new Uint8Array(form.questions.length);
  const all = () =>
    form.questions.map((_, index) => compute(answers, index, rules, answers.visible));
  all();
  return {
    set: ({ path, value }) => {
      const first = answers.byPath.get(path);
      answers.typed[first] = value;
      dirty[first] = 1;
      const nodes = [];
      for (let index = first, last = first; index <= last; index += 1) {
        if (dirty[index] === 0) continue;
        dirty[index] = 0;
        const { moved, news } = compute(answers, index, rules, answers.visible);
        if (news || index === first) nodes.push(answers.node(index));
        if (!moved) continue;
        for (const next of dependents[index]) {
          dirty[next] = 1;
          if (next > last) last = next;
        }
      }
      return nodes;
    },
    check: () => {
      all();
      return answers.findings();
    },
  };
}

/** json-logic-engine, its rules compiled, and a pass over the whole form after each change. */
function jsonLogic(form) {
  const engine = new LogicEngine();
  const answers = new Answers(form.questions);
  const world = Object.fromEntries(form.questions.map(({ id }) => [id, null]));
  const built = (tree) => (tree === undefined ? null : engine.build(logicOf(tree)));
  const rules = form.questions.map(({ relevant, constraint }) => ({
    relevant: built(relevant),
    constraint: built(constraint),
  }));
  const pass = () => {
    const news = [];
    form.questions.forEach(({ id }, index) => {
      world[id] = answers.typed[index];
      const { relevant } = rules[index];
      if (relevant !== null && !relevant(world)) world[id] = null;
      if (compute(answers, index, rules, world).news) news.push(answers.node(index));
    });
    return news;
  };
  pass();
  return {
    set: ({ path, value }) => {
      answers.typed[answers.byPath.get(path)] = value;
      return pass();
    },
    check: () => {
      pass();
      return answers.findings();
    },
  };
}

// A condition as a JSON Schema of the whole; null for what a schema cannot say.
function schemaOf(tree) {
  const [operator, left, right] = tree;
  const parts = () =>
    tree
      .slice(1)
      .map(schemaOf)
      .filter((part) => part !== null);
  const where = (rule) => ({ properties: { [left.ref]: rule }, required: [left.ref] });
  if (operator === 'and') return { allOf: parts() };
  if (operator === 'or') return { anyOf: parts() };
  if (operator === 'present') return { required: [left.ref] };
  const constant = isReference(right) ? { const: { $data: `1/${right.ref}` } } : { const: right };
  if (operator === '=') return where(constant);
  if (operator === '!=') return where({ not: constant });
  if (operator === '>' && typeof right === 'number') return where({ exclusiveMinimum: right });
  return null;
}

function propertyOf({ type, pattern, maxLength, constraint, choices }) {
  if (type === 'file') return { type: 'array' };
  if (type === 'decimal') {
    const other = constraint?.[2]?.ref;
    return { type: 'number', ...(other === undefined ? {} : { minimum: { $data: `1/${other}` } }) };
  }
  return {
    type: 'string',
    ...(pattern === undefined ? {} : { pattern }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(choices === undefined ? {} : { enum: choices }),
  };
}

/** ajv: validity only, the whole of it after each change; rules about dates are left out. */
function ajv(form) {
  const properties = Object.fromEntries(form.questions.map((each) => [each.id, propertyOf(each)]));
  const conditional = form.questions.filter(({ relevant }) => relevant !== undefined);
  const validate = new Ajv({ allErrors: true, $data: true, strict: false }).compile({
    type: 'object',
    properties,
    required: form.questions
      .filter((each) => each.required && each.relevant === undefined)
      .map(({ id }) => id),
    allOf: conditional.map(({ id, relevant }) => ({
      if: schemaOf(relevant) ?? true,
      then: { required: [id] },
    })),
  });
  const data = {};
  const ids = new Map(form.questions.map(({ id, path }) => [path, id]));
  const findings = () => (validate(data) ? [] : validate.errors);
  return {
    set: ({ path, value }) => {
      data[ids.get(path)] = value;
      return findings();
    },
    check: findings,
  };
}

const kSurveyTypes = { select1: 'dropdown', file: 'file' };

// A condition in the expressions of SurveyJS.
function surveyExpression(tree) {
  if (!Array.isArray(tree))
    return isReference(tree) ? `{${tree.ref}}` : JSON.stringify(tree).replaceAll('"', "'");
  const [operator, ...operands] = tree;
  if (operator === 'today') return `'${kToday}'`;
  if (operator === 'addMonths') return `'${kInSixMonths}'`;
  const parts = operands.map(surveyExpression);
  return operator === 'present' ? `${parts[0]} notempty` : `(${parts.join(` ${operator} `)})`;
}

/** survey-core, the engine of SurveyJS without a page; what it changed is asked of its events. */
function surveyJs(form) {
  const model = new Model({
    elements: form.questions.map(
      ({ id, type, required, relevant, constraint, pattern, choices }) => ({
        type: kSurveyTypes[type] ?? 'text',
        name: id,
        isRequired: required,
        ...(choices === undefined ? {} : { choices }),
        ...(relevant === undefined ? {} : { visibleIf: surveyExpression(relevant) }),
        validators: [
          ...(pattern === undefined ? [] : [{ type: 'regex', regex: pattern }]),
          ...(constraint === undefined
            ? []
            : [{ type: 'expression', expression: surveyExpression(constraint) }]),
        ],
      }),
    ),
  });
  model.checkErrorsMode = 'onValueChanged';
  const ids = new Map(form.questions.map(({ id, path }) => [path, id]));
  let news = [];
  model.onVisibleChanged?.add((_, { question }) => news.push(question?.name));
  return {
    set: ({ path, value }) => {
      news = [];
      model.setValue(ids.get(path), value);
      return news;
    },
    check: () => (model.validate(false) ? [] : [{ code: 'invalid' }]),
  };
}

/** Every rival: its name, which figures it has, and how a form is opened. */
export const kRivals = [
  { name: 'plain JS for this form', hides: true, open: floor },
  { name: 'json-logic-engine, own pass', hides: true, open: jsonLogic },
  { name: 'ajv, validity only', hides: false, open: ajv },
  { name: 'survey-core', hides: false, shortOnly: true, open: surveyJs },
];
