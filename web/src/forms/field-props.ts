/** What every input of a form gets. */
import type { FieldFrame } from '../components/field/field';
import type { NodeState } from '../engine/protocol';
import type { DraftSession } from './draft-session';
import type { PlacedNode } from './form-index';

export interface FieldProps {
  readonly session: DraftSession;
  readonly placed: PlacedNode;
  readonly state: NodeState;
  readonly frame: FieldFrame;
}
