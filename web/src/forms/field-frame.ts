/** What surrounds a question on the page: its texts, and the findings it is time to show. */
import type { FieldFrame } from '../components/field/field';
import type { NodeState } from '../engine/protocol';
import type { Texts } from '../i18n/context';
import { findingText } from './draft-session';
import type { DraftSession } from './draft-session';
import { fieldId } from './field-id';
import { isTick } from './form-index';
import type { PlacedNode } from './form-index';

export function fieldFrame(
  session: DraftSession,
  texts: Texts,
  placed: PlacedNode,
  state: NodeState,
): FieldFrame {
  const { node, path } = placed;
  const shown = session.state.get().shown.has(path);
  const say = (severity: 'error' | 'warning'): string[] =>
    shown
      ? state.findings
          .filter((finding) => finding.severity === severity)
          .map((finding) => findingText(session, finding, texts))
      : [];
  return {
    id: fieldId(session.form, path),
    label: session.textAt(path, node.label),
    ...(node.hint ? { hint: session.textAt(path, node.hint) } : {}),
    ...(node.guidance_hint ? { guidance: session.textAt(path, node.guidance_hint) } : {}),
    optional:
      !state.required && node.kind === 'question' && !state.readonly && !isTick(session.form, node),
    errors: say('error'),
    warnings: say('warning'),
  };
}
