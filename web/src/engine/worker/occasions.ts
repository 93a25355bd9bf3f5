/** What is done now and then while there is a network: soon after something happened, and rarely otherwise. */

import { ProblemError } from '../problem';
import type { Surroundings } from '../surroundings';
import type { Vault } from '../../offline/vault';

/** Several that come together are one. */
const kAfterMs = 2_000;
const kEveryMs = 10 * 60_000;

export interface Occasions {
  /** Something happened that makes a look worth while. */
  readonly touch: () => void;
  /** An occasion: a page was opened, a network came back, a vault was opened. */
  readonly look: () => void;
  readonly stop: () => void;
}

/**
 * Runs `run` while the vault is open; it answers whether it got to its end. What it throws as a
 * problem (no network, a sign-in page, a vault that was locked meanwhile) waits for the next occasion.
 *
 * @param failed hears everything else, and says whether it was taken care of
 */
export function onOccasion(
  { around, vault }: { readonly around: Surroundings; readonly vault: Vault },
  run: (signal: AbortSignal) => Promise<boolean>,
  failed: (cause: unknown) => boolean,
): Occasions {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last: { readonly person: string; readonly at: number } | null = null;

  const runNow = async (): Promise<void> => {
    if (vault.state() !== 'open') return;
    const { person } = vault.record();
    if (await run(stopping.signal)) last = { person, at: around.now().getTime() };
  };
  const soon = (): void => {
    if (stopping.signal.aborted || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      runNow().catch((cause: unknown) => {
        if (!failed(cause) && !(cause instanceof ProblemError)) last = null;
      });
    }, kAfterMs);
  };
  const isFresh = (): boolean => {
    if (last === null || vault.state() !== 'open') return false;
    const age = around.now().getTime() - last.at;
    return last.person === vault.record().person && age >= 0 && age < kEveryMs;
  };
  return {
    touch: soon,
    look: () => {
      if (!isFresh()) soon();
    },
    stop: () => {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
