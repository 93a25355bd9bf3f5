import { describe, expect, it } from 'vitest';
import { indexForm, isDeclaration, sectionQuestions } from '../../../web/src/forms/form-index';
import { sectionStatus } from '../../../web/src/forms/section-status';
import type { NodeState } from '../../../web/src/engine/protocol';
import { description, error, formNode, nodeState } from '../support/form-double';

const kForm = indexForm(
  description([
    formNode('person', 'group', 'group'),
    formNode('person/name'),
    formNode('person/age', 'integer'),
    formNode('people', 'repeat', 'repeat'),
    formNode('people/name'),
    formNode('declare', 'group', 'group'),
    formNode('declare/truth', 'acknowledge'),
    formNode('declare/reason', 'calculate'),
  ]),
);
const [kPerson, kPeople, kDeclare] = kForm.sections;

function statusOf(...states: readonly NodeState[]) {
  if (!kPerson) throw new Error('the form has no section');
  const all = [nodeState('person', null), ...states];
  return sectionStatus(kForm, new Map(all.map((state) => [state.path, state])), kPerson);
}

const kMissing = (path: string): NodeState => nodeState(path, null, [error(path, 'required')]);

describe('the status of a section', () => {
  it('is "not started" while nothing was answered, although answers are required', () => {
    expect(statusOf(kMissing('person/name'), kMissing('person/age'))).toEqual({
      kind: 'not-started',
    });
  });

  it('says how many answers are missing once something was answered', () => {
    expect(statusOf(nodeState('person/name', 'Li'), kMissing('person/age'))).toEqual({
      kind: 'in-progress',
      missing: 1,
    });
  });

  it('asks for attention when an answer is not acceptable', () => {
    const wrong = nodeState('person/age', 'x', [error('person/age', 'integer_malformed')]);

    expect(statusOf(nodeState('person/name', 'Li'), wrong)).toEqual({
      kind: 'needs-attention',
      problems: 1,
    });
  });

  it('is optional while nothing must be answered and nothing was', () => {
    const asked = nodeState('person/name', null);

    expect(statusOf(asked, nodeState('person/age', null))).toEqual({ kind: 'optional' });
    expect(statusOf(nodeState('person/name', 'Li'), nodeState('person/age', null))).toEqual({
      kind: 'complete',
    });
  });

  it('a repeat without instances is there to be filled, unless it has none by rule', () => {
    if (!kPeople) throw new Error('the form has no repeat');
    const status = (state: Partial<NodeState>) =>
      sectionStatus(
        kForm,
        new Map([['people', { ...nodeState('people', null), count: 0, ...state }]]),
        kPeople,
      ).kind;

    expect(status({})).toBe('optional');
    expect(status({ readonly: true })).toBe('not-needed');
    expect(status({ relevant: false })).toBe('not-needed');
  });

  it('is complete when no error is left; warnings do not count', () => {
    const warned = nodeState('person/age', 3, [
      { path: 'person/age', code: 'unusual', severity: 'warning', params: {} },
    ]);

    expect(statusOf(nodeState('person/name', 'Li'), warned)).toEqual({
      kind: 'complete',
    });
  });

  it('is "not needed" when no question in it is relevant', () => {
    const hidden = { ...nodeState('person/name', 'Li'), relevant: false };

    expect(statusOf(hidden)).toEqual({ kind: 'not-needed' });
  });

  it('a section that only asks to agree is a declaration, whatever it works out besides', () => {
    expect(
      [kPerson, kPeople, kDeclare].map((one) => one !== undefined && isDeclaration(kForm, one)),
    ).toEqual([false, false, true]);
  });

  it("so is one of an imported form's acknowledgements", () => {
    const nodes = ['declare/truth', 'declare/privacy'].map((path) =>
      formNode(path, 'select_one', 'question', { list: 'ok', appearance: 'acknowledge' }),
    );
    const choices = { ok: [{ name: 'OK', label: 'OK' }] };
    const agree = { ...description([formNode('declare', 'group', 'group'), ...nodes]), choices };
    const form = indexForm(agree);
    const unlisted = indexForm({ ...agree, choices: {} });

    expect(form.sections.map((one) => isDeclaration(form, one))).toEqual([true]);
    expect(unlisted.sections.map((one) => isDeclaration(unlisted, one))).toEqual([false]);
  });

  it('the questions of a repeat are those of each instance', () => {
    if (!kPeople) throw new Error('the form has no repeat');
    const states = [
      { ...nodeState('people', null), count: 2 },
      nodeState('people[1]/name', 'A'),
      nodeState('people[2]/name', 'B'),
      nodeState('people[3]/name', 'gone'),
    ];

    const paths = sectionQuestions(
      kForm,
      new Map(states.map((state) => [state.path, state])),
      kPeople,
    );

    expect(paths.map((placed) => placed.path)).toEqual(['people[1]/name', 'people[2]/name']);
  });
});
