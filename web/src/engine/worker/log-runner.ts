/** Decides when the receipt log is looked at: when a receipt came, and now and then while there is a network. */

import type { EngineEvent, LogAlarm } from '../protocol';
import type { LogContents, Watching } from '../../offline/log-watch';
import { lookingAtLogAlone } from '../../offline/locks';
import { onOccasion } from './occasions';
import type { Occasions } from './occasions';

export interface LogRunner extends Occasions {
  /** Alarms that were raised so far; none while the vault is locked. */
  readonly alarms: () => Promise<readonly LogAlarm[]>;
  /** Submissions whose entries a restore of the log lost, and that cannot be sent again from here. */
  readonly gone: () => Promise<readonly string[]>;
}

export function startLogRunner(
  of: Watching,
  emit: (event: EngineEvent) => void,
  /** Something lies in the outbox again, or cannot be sent from here. */
  changed: () => void,
  failed: (cause: unknown) => boolean,
): LogRunner {
  const run = async (signal: AbortSignal): Promise<boolean> => {
    const { person } = of.vault.record();
    const { lookAtLog } = await import('../../offline/log-watch');
    const found = await lookingAtLogAlone(of.around.locks, () => lookAtLog(of, signal));
    if (found?.changed === true) changed();
    if (found === null || of.vault.state() !== 'open') return false;
    if (of.vault.record().person !== person) return false;
    emit({ event: 'log', alarms: found.alarms });
    return true;
  };
  const kept = async (): Promise<LogContents | null> =>
    of.vault.state() === 'open' ? of.log.load() : null;
  return {
    ...onOccasion(of, run, failed),
    alarms: async () => (await kept())?.alarms ?? [],
    gone: async () => (await kept())?.gone ?? [],
  };
}
