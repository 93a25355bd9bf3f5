/** A form description arranged for drawing: sections, and the nodes below each node. */
import type { FormDescription, FormNode, NodeState } from '../engine/protocol';

export interface FormIndex {
  readonly description: FormDescription;
  /** One page each, in form order: top-level groups and repeats, and what stands between them. */
  readonly sections: readonly Section[];
  /** By path without positions. */
  readonly byPath: ReadonlyMap<string, FormNode>;
  readonly children: ReadonlyMap<string, readonly FormNode[]>;
}

/** A section, and the node that gave it its label where that is another. */
export interface Section extends FormNode {
  readonly labelled_by?: string;
}

export type States = ReadonlyMap<string, NodeState>;

/** A node with what the form itself says about findings: keys of texts, by the rule's code. */
export interface RuleNode extends FormNode {
  readonly rules?: Readonly<Record<string, string>>;
  readonly required_message?: string;
}

/** One node to draw: the definition and, inside repeats, which instance. */
export interface PlacedNode {
  readonly node: FormNode;
  /** With positions: "members[2]/name". */
  readonly path: string;
}

export function indexForm(description: FormDescription): FormIndex {
  const children = new Map<string, FormNode[]>();
  for (const node of description.nodes) {
    const siblings = children.get(node.parent) ?? [];
    siblings.push(node);
    children.set(node.parent, siblings);
  }
  const sections = sectionsOf(description, children);
  return {
    description,
    sections,
    byPath: new Map(description.nodes.map((node) => [node.path, node])),
    children,
  };
}

/**
 * Forms that were not written for the portal often begin with questions in no group, or have no group
 * at all. Each run of such questions gets a section of its own: a group that the engine does not know,
 * so its path can be no node's.
 */
function sectionsOf(description: FormDescription, children: Map<string, FormNode[]>): Section[] {
  const top = children.get('') ?? [];
  const sections: FormNode[] = [];
  let run: FormNode[] = [];
  for (const node of top) {
    if (node.kind === 'group' || node.kind === 'repeat') {
      sections.push(node);
      run = [];
      continue;
    }
    if (run.length === 0) {
      const path = `~${sections.length}`;
      sections.push({ path, name: path, type: 'group', kind: 'group', parent: '' });
      children.set(path, run);
    }
    run.push(node);
  }
  return sections
    .filter((section) => !isRun(section) || (children.get(section.path) ?? []).some(isSeen))
    .map((section, index) =>
      section.label
        ? section
        : { ...section, ...standInLabel(description, children, section, index) },
    );
}

const isRun = (section: FormNode): boolean => section.path.startsWith('~');

/** What to call a section without a label: one that begins the form has the form's, any other its first label. */
function standInLabel(
  description: FormDescription,
  children: Map<string, FormNode[]>,
  section: FormNode,
  index: number,
): Pick<Section, 'label' | 'labelled_by'> {
  if (index === 0) return { label: description.title };
  const below = isRun(section)
    ? (children.get(section.path) ?? [])
    : description.nodes.filter((node) => node.path.startsWith(`${section.path}/`));
  const first = below.find((node) => isSeen(node) && node.label);
  return first?.label
    ? { label: first.label, labelled_by: first.path }
    : { label: description.title };
}

/** The section that the node at `path` is drawn in; -1 for a path that is none of the form's. */
export function sectionOf(form: FormIndex, path: string): number {
  const [top = ''] = withoutPositions(path).split('/');
  return form.sections.findIndex(
    (section) =>
      section.path === top ||
      (isRun(section) && (form.children.get(section.path) ?? []).some((node) => node.name === top)),
  );
}

/** The definition behind a path with positions: "members[2]/name" → the node "members/name". */
export function nodeAt(form: FormIndex, path: string): FormNode | undefined {
  return form.byPath.get(withoutPositions(path));
}

export function withoutPositions(path: string): string {
  return path.replaceAll(/\[\d+\]/g, '');
}

/** Every relevant node directly below `parent`; a repeat's children are found below each of its instances. */
export function placedChildren(form: FormIndex, states: States, parent: PlacedNode): PlacedNode[] {
  return (form.children.get(parent.node.path) ?? [])
    .map((node) => ({
      node,
      path: node.parent === '' ? node.path : `${parent.path}/${node.name}`,
    }))
    .filter((placed) => states.get(placed.path)?.relevant === true);
}

/** The instances of a repeat, counted from 1. */
export function instancesOf(states: States, repeat: PlacedNode): PlacedNode[] {
  const count = states.get(repeat.path)?.count ?? countInstances(states, repeat.path);
  return Array.from({ length: count }, (_, index) => ({
    node: repeat.node,
    path: `${repeat.path}[${index + 1}]`,
  }));
}

function countInstances(states: States, path: string): number {
  let count = 0;
  for (const key of states.keys()) {
    if (!key.startsWith(`${path}[`)) continue;
    count = Math.max(count, Number.parseInt(key.slice(path.length + 1), 10) || 0);
  }
  return count;
}

/** Every relevant question at or below `placed`, in form order, through groups and instances of repeats. */
export function questionsBelow(form: FormIndex, states: States, placed: PlacedNode): PlacedNode[] {
  if (states.get(placed.path)?.relevant === false) return [];
  switch (placed.node.kind) {
    case 'question':
      return states.get(placed.path)?.relevant === true ? [placed] : [];
    case 'note':
      return [];
    case 'group':
      return placedChildren(form, states, placed).flatMap((child) =>
        questionsBelow(form, states, child),
      );
    case 'repeat':
      return instancesOf(states, placed).flatMap((instance) =>
        placedChildren(form, states, instance).flatMap((child) =>
          questionsBelow(form, states, child),
        ),
      );
  }
}

/** The section's questions, see {@link questionsBelow}. */
export function sectionQuestions(form: FormIndex, states: States, section: FormNode): PlacedNode[] {
  return questionsBelow(form, states, { node: section, path: section.path });
}

/** True for the section that only asks to agree: it belongs after the answers were checked. */
export function isDeclaration(form: FormIndex, section: FormNode): boolean {
  const below = form.description.nodes.filter(
    (node) => isAsked(node) && form.sections[sectionOf(form, node.path)] === section,
  );
  return below.length > 0 && below.every((node) => isAcknowledgement(form, node));
}

/** False for what the form works out by itself and never shows. */
function isAsked(node: FormNode): boolean {
  return node.kind === 'question' && node.type !== 'calculate' && node.type !== 'hidden';
}

/** False for what never appears on a page. */
function isSeen(node: FormNode): boolean {
  return node.kind === 'note' || isAsked(node);
}

/** States by path; a finding that names no question of its own belongs to the node it came with. */
export function indexStates(states: readonly NodeState[]): Map<string, NodeState> {
  return new Map(states.map((state) => [state.path, withPaths(state)]));
}

function withPaths(state: NodeState): NodeState {
  const findings = state.findings.map((finding) => ({ ...finding, path: state.path }));
  return findings.length === 0 ? state : { ...state, findings };
}

/** True for a question that is one tick: not ticked means no, and "optional" beside it only puzzles. */
export function isTick(form: FormIndex, node: FormNode): boolean {
  const isBox = node.type === 'boolean' && (node.appearance ?? '').includes('checkbox');
  return isBox || isAcknowledgement(form, node);
}

/** The answer that an acknowledgement of an imported form has: its only choice; undefined for another question. */
export function onlyChoice(form: FormIndex, node: FormNode): string | undefined {
  const words = (node.appearance ?? '').split(/\s+/);
  if (node.type !== 'select_one' || !words.includes('acknowledge')) return undefined;
  const choices = form.description.choices[node.list ?? ''] ?? [];
  return choices.length === 1 ? choices[0]?.name : undefined;
}

/** True for a statement to agree to: our own type, or what importers make of XLSForm's and ODK's. */
function isAcknowledgement(form: FormIndex, node: FormNode): boolean {
  return node.type === 'acknowledge' || onlyChoice(form, node) !== undefined;
}
