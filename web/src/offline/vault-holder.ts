/** The keys of the one person whose vault is open, for as long as it is. */

import { ProblemError } from '../engine/problem';
import type { Core, Keys } from '../engine/core';
import type { VaultState } from '../engine/protocol';
import type { HeldRecord } from './key-records';
import type { KeyRecord } from './records';

type Bytes = Uint8Array<ArrayBuffer>;

export interface Opened {
  readonly keys: Keys;
  readonly root: Bytes;
  readonly held: HeldRecord;
}

export interface Holder {
  /** Takes `root` over and wipes it in the end. Problems: vault_unreadable. */
  readonly open: (root: Bytes, held: HeldRecord) => VaultState;
  /** The record was written anew; the keys are the same. */
  readonly reheld: (record: KeyRecord) => void;
  readonly forget: (next: VaultState) => VaultState;
  /** Problems: vault_missing, vault_locked. */
  readonly opened: () => Opened;
  readonly ifOpen: () => Opened | null;
  readonly state: () => VaultState;
}

export function holdKeys(core: Core): Holder {
  let open: Opened | null = null;
  let state: VaultState = 'none';
  const set = (next: VaultState, opened: Opened | null): VaultState => {
    if (open !== null && open.root !== opened?.root) {
      open.keys.free();
      open.root.fill(0);
    }
    open = opened;
    state = next;
    return state;
  };
  return {
    open: (root: Bytes, held: HeldRecord): VaultState => {
      const keys = core.deriveKeys(root);
      if (keys.age_recipient !== held.record.age_recipient) {
        keys.free();
        root.fill(0);
        throw new ProblemError('vault_unreadable');
      }
      return set('open', {
        keys,
        root,
        held: { ...held, record: { ...held.record, locked: false } },
      });
    },
    reheld: (record: KeyRecord): void => {
      if (open !== null) open = { ...open, held: { ...open.held, record } };
    },
    forget: (next: VaultState) => set(next, null),
    opened: (): Opened => {
      if (open !== null) return open;
      throw new ProblemError(state === 'locked' ? 'vault_locked' : 'vault_missing');
    },
    ifOpen: (): Opened | null => open,
    state: () => state,
  };
}
