/** Decides when the backup is brought up to date: a while after the last change, and when there is a network again. */

import type { BackupState, EngineEvent, ProblemCode } from '../protocol';
import { problemOf } from '../problem';
import { backUp } from '../../offline/backup';
import type { BackingUp } from '../../offline/backup';
import { leftOut } from '../../offline/backup-packs';
import { filesOf, readContents, shapeOf } from '../../offline/backup-document';
import type { RecoveryContents } from '../../offline/backup-records';
import { backingUpAlone } from '../../offline/locks';

/** Typing has paused; and while it does not, a copy of this age is old enough. */
const kAfterMs = 10_000;
const kLatestMs = 90_000;
const kRetryMs = 60_000;

export interface BackupRunner {
  /** Something changed, or may have: the server hears of it soon. */
  readonly touch: () => void;
  /** The same, at once: what was deleted here should not stay there. */
  readonly hurry: () => void;
  /** An occasion to see what other phones did: a page was opened, a network came back. */
  readonly look: () => void;
  /** Now, for somebody who waits. Problems: those of backUp; cancelled. */
  readonly now: () => Promise<void>;
  readonly state: () => Promise<BackupState>;
  /** Ends what is under way before the keys change hands. */
  readonly pause: () => Promise<void>;
  readonly stop: () => void;
}

/** How the copy stands: by the record, and by what lies here now. */
async function stateOf(of: BackingUp): Promise<BackupState> {
  const record = of.vault.state() === 'open' ? await of.recovery.load() : null;
  if (record === null) return { kind: 'none' };
  const { made_at, kept_at, expires, reason, shape } = record;
  const contents = await readContents(of).catch(() => null);
  const waiting = contents === null || shapeOf(of.core, contents) !== shape;
  const left_out = contents === null ? 0 : leftOut([...filesOf(contents).values()]);
  const leaving = record.leaving.length > 0;
  return { kind: 'on', made_at, kept_at, expires, waiting, reason, left_out, leaving };
}

/** Notes why a round failed, so that the page can say so after a reload too. */
async function noteReason(of: BackingUp, reason: ProblemCode): Promise<void> {
  const record: RecoveryContents | null = await of.recovery.load();
  if (record !== null && record.reason !== reason) await of.recovery.save({ ...record, reason });
}

/** One round, alone in this browser; whether something is left to be deleted on the server. */
async function round(
  of: BackingUp,
  looks: boolean,
  tell: () => Promise<void>,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    const done = await backingUpAlone(of.around.locks, () => backUp(of, looks, signal));
    if (done === null) return false;
    await tell();
    return done.leaving.length > 0;
  } catch (cause) {
    const { code } = problemOf(cause);
    if (code !== 'cancelled' && of.vault.state() === 'open') {
      await noteReason(of, code);
      await tell();
    }
    throw cause;
  }
}

export function startBackup(
  of: BackingUp,
  emit: (event: EngineEvent) => void,
  failed: (cause: unknown) => boolean,
): BackupRunner {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let firstTouch = 0;
  let looks = false;
  let stopped = false;
  let running: { readonly ended: Promise<void>; readonly end: AbortController } | null = null;

  const clear = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
  const tell = async (): Promise<void> => emit({ event: 'backup', backup: await stateOf(of) });

  const run = async (): Promise<void> => {
    // Whoever asks while a round is under way gets one that sees what changed since it began.
    while (running !== null) await running.ended;
    if (stopped || of.vault.state() !== 'open') return;
    clear();
    firstTouch = 0;
    const looking = looks;
    looks = false;
    const end = new AbortController();
    const work = round(of, looking, tell, end.signal);
    const ended = work.then(
      () => undefined,
      () => undefined,
    );
    running = { ended, end };
    try {
      if (await work) later(kRetryMs);
    } finally {
      running = null;
    }
  };
  const later = (delay: number): void => {
    if (stopped) return;
    clear();
    timer = setTimeout(() => {
      run().catch((cause: unknown) => {
        if (failed(cause) || problemOf(cause).code === 'cancelled') return;
        later(kRetryMs);
      });
    }, delay);
  };

  return {
    touch: () => {
      const now = of.around.now().getTime();
      if (firstTouch === 0) firstTouch = now;
      later(Math.max(0, Math.min(kAfterMs, firstTouch + kLatestMs - now)));
    },
    hurry: () => later(0),
    look: () => {
      looks = true;
      later(0);
    },
    now: () => {
      looks = true;
      return run();
    },
    state: () => stateOf(of),
    pause: async () => {
      clear();
      running?.end.abort();
      while (running !== null) await running.ended;
    },
    stop: () => {
      stopped = true;
      clear();
      running?.end.abort();
    },
  };
}
