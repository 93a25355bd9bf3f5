/** Where one section of a form stands, for the task list. */
import type { FormNode, NodeState } from '../engine/protocol';
import { sectionQuestions } from './form-index';
import type { FormIndex, States } from './form-index';

export type SectionStatus =
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'not-started' }
  | { readonly kind: 'in-progress'; readonly missing: number }
  | { readonly kind: 'needs-attention'; readonly problems: number }
  /** Nothing in it must be answered, and nothing was. */
  | { readonly kind: 'optional' }
  | { readonly kind: 'complete' };

/** The finding of a required question without an answer: present from the start, so it alone is no mistake. */
export const kRequired = 'required';

/** Counts what the engine already decided; it decides nothing itself. */
export function sectionStatus(form: FormIndex, states: States, section: FormNode): SectionStatus {
  const questions = sectionQuestions(form, states, section).map((placed) =>
    states.get(placed.path),
  );
  const present = questions.filter((state) => state !== undefined);
  if (present.length === 0)
    return { kind: takesInstances(form, states, section) ? 'optional' : 'not-needed' };
  const missing = present.filter((state) =>
    errorsOf(state).some((code) => code === kRequired),
  ).length;
  const problems = present.filter((state) =>
    errorsOf(state).some((code) => code !== kRequired),
  ).length;
  if (problems > 0) return { kind: 'needs-attention', problems };
  const typed = present.some(
    (state) => hasAnswer(state) && state.calculated !== true && !state.readonly,
  );
  if (missing > 0) return typed ? { kind: 'in-progress', missing } : { kind: 'not-started' };
  const asks = present.some((state) => state.calculated !== true && !state.readonly);
  return asks && !present.some(hasAnswer) ? { kind: 'optional' } : { kind: 'complete' };
}

/** True when somebody may add the first instance of a repeat here. */
function takesInstances(form: FormIndex, states: States, section: FormNode): boolean {
  return form.description.nodes.some((node) => {
    if (node.kind !== 'repeat' || !`${node.path}/`.startsWith(`${section.path}/`)) return false;
    const state = states.get(node.path);
    return state?.relevant === true && !state.readonly;
  });
}

/** True when the section keeps nobody from sending. */
export function isDone(status: SectionStatus): boolean {
  return status.kind === 'complete' || status.kind === 'optional';
}

/** True when something was answered: text that is not empty, at least one choice or file, any number or boolean. */
export function hasAnswer(state: NodeState): boolean {
  const value = state.value;
  if (value === null || value === '') return false;
  return Array.isArray(value) ? value.length > 0 : true;
}

function errorsOf(state: NodeState): string[] {
  return state.findings
    .filter((finding) => finding.severity === 'error')
    .map((finding) => finding.code);
}
