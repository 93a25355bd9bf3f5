import { describe, expect, it } from 'vitest';
import {
  indexForm,
  isDeclaration,
  placedChildren,
  sectionOf,
  sectionQuestions,
} from '../../../web/src/forms/form-index';
import type { FormNode } from '../../../web/src/engine/protocol';
import { description, formNode, nodeState } from '../support/form-double';

const index = (nodes: readonly FormNode[]) => indexForm(description(nodes));
const statesOf = (nodes: readonly FormNode[]) =>
  new Map(nodes.map((node) => [node.path, nodeState(node.path, null)]));

describe('the sections of a form', () => {
  const kFlat = [formNode('name'), formNode('age', 'integer')];

  it('a form without groups is one section under its own title', () => {
    const form = index(kFlat);
    const [section] = form.sections;
    if (!section) throw new Error('no section');

    expect(form.sections.length).toBe(1);
    expect(section.label).toBe('title');
    expect(
      placedChildren(form, statesOf(kFlat), {
        node: section,
        path: section.path,
      }).map((placed) => placed.path),
    ).toEqual(['name', 'age']);
  });

  it('questions before, between and after groups have sections of their own', () => {
    const nodes = [
      formNode('hello', 'note', 'note'),
      formNode('name'),
      formNode('more', 'group', 'group'),
      formNode('more/age', 'integer'),
      formNode('ok', 'acknowledge'),
    ];
    const form = index(nodes);

    expect(form.sections.map((section) => section.label)).toEqual([
      'title',
      'label more',
      'label ok',
    ]);
    expect(['name', 'more/age', 'ok', 'nowhere'].map((path) => sectionOf(form, path))).toEqual([
      0, 1, 2, -1,
    ]);
    expect(
      form.sections.map((section) =>
        sectionQuestions(form, statesOf(nodes), section).map((placed) => placed.path),
      ),
    ).toEqual([['name'], ['more/age'], ['ok']]);
    expect(form.sections.map((section) => isDeclaration(form, section))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('a group without a label is called by what it asks first', () => {
    const form = index([
      formNode('name'),
      { ...formNode('more', 'group', 'group'), label: '' },
      { ...formNode('more/age', 'calculate') },
      formNode('more/town'),
    ]);

    expect(form.sections.map((section) => section.label)).toEqual(['title', 'label more/town']);
  });

  it('what a form works out by itself makes no section', () => {
    const form = index([
      formNode('start', 'hidden'),
      formNode('more', 'group', 'group'),
      formNode('more/age', 'integer'),
    ]);

    expect(form.sections.map((section) => section.path)).toEqual(['more']);
  });

  it('a question inside a repeat belongs to the section of the repeat', () => {
    const form = index([
      formNode('name'),
      formNode('members', 'repeat', 'repeat'),
      formNode('members/age', 'integer'),
    ]);

    expect(sectionOf(form, 'members[2]/age')).toBe(1);
  });
});
