/** Decides when the receipt log is looked at: when a receipt came, and now and then while there is a network. */

import { ProblemError } from '../problem';
import type { EngineEvent, LogAlarm } from '../protocol';
import type { Watching } from '../../offline/log-watch';
import { lookingAtLogAlone } from '../../offline/locks';

/** Several receipts that come together are held against the log together. */
const kAfterMs = 2_000;
const kEveryMs = 10 * 60_000;

export interface LogRunner {
  /** A receipt came. */
  readonly touch: () => void;
  /** An occasion: a page was opened, a network came back, a vault was opened. */
  readonly look: () => void;
  /** Alarms that were raised so far; none while the vault is locked. */
  readonly alarms: () => Promise<readonly LogAlarm[]>;
  /** Submissions whose entries a restore of the log lost, and that cannot be sent again from here. */
  readonly gone: () => Promise<readonly string[]>;
  readonly stop: () => void;
}

export function startLogRunner(
  of: Watching,
  emit: (event: EngineEvent) => void,
  /** Something lies in the outbox again, or cannot be sent from here. */
  changed: () => void,
  failed: (cause: unknown) => boolean,
): LogRunner {
  const stopping = new AbortController();
  let timer: ReturnType<typeof setTimeout> | null = null;
  let last: { readonly person: string; readonly at: number } | null = null;

  const alarms = async (): Promise<readonly LogAlarm[]> =>
    of.vault.state() === 'open' ? ((await of.log.load())?.alarms ?? []) : [];
  const gone = async (): Promise<readonly string[]> =>
    of.vault.state() === 'open' ? ((await of.log.load())?.gone ?? []) : [];
  const run = async (): Promise<void> => {
    if (of.vault.state() !== 'open') return;
    const { person } = of.vault.record();
    const { lookAtLog } = await import('../../offline/log-watch');
    const found = await lookingAtLogAlone(of.around.locks, () => lookAtLog(of, stopping.signal));
    if (found?.changed === true) changed();
    if (found === null || of.vault.state() !== 'open') return;
    if (of.vault.record().person !== person) return;
    last = { person, at: of.around.now().getTime() };
    emit({ event: 'log', alarms: found.alarms });
  };
  const soon = (): void => {
    if (stopping.signal.aborted || timer !== null) return;
    timer = setTimeout(() => {
      timer = null;
      run().catch((cause: unknown) => {
        // No network, a sign-in page, a locked vault: the next occasion asks again.
        if (!failed(cause) && !(cause instanceof ProblemError)) last = null;
      });
    }, kAfterMs);
  };
  const isFresh = (): boolean => {
    if (last === null || of.vault.state() !== 'open') return false;
    const age = of.around.now().getTime() - last.at;
    return last.person === of.vault.record().person && age >= 0 && age < kEveryMs;
  };
  return {
    touch: soon,
    look: () => {
      if (!isFresh()) soon();
    },
    alarms,
    gone,
    stop: () => {
      stopping.abort();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
