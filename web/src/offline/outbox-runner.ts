/** Sends what lies in the outbox: in one tab at a time, one item after the other, for as long as it takes. */

import { ProblemError, problemOf } from '../engine/problem';
import { isOver, waitFrom, waitMs } from './backoff';
import { kOutboxLock } from './locks';
import { isAsked, sendItem } from './outbox-send';
import type { SendOutcome, Sending } from './outbox-send';
import type { NamedOutboxRecord } from './drafts';
import type { OutboxRecord } from './records';

/** A suspended phone wakes timers late; a look now and then costs one read of the database. */
const kLongestSleepMs = 60_000;

export interface RunnerEvents {
  /** Some item changed: every tab should look again. */
  readonly changed: () => void;
  /** The sending of an item ended, one way or the other. */
  readonly ended: (submissionId: string) => void;
  /** What the runner cannot go on after (a stopped core module). */
  readonly failed: (cause: unknown) => void;
}

export interface OutboxRunner {
  /** Looks at the outbox again now: something was added, or the network is back. */
  readonly wake: () => void;
  readonly stop: () => void;
}

function isDue({ record }: NamedOutboxRecord, now: number): boolean {
  return isAsked(record) && isOver(record, now);
}

function afterTry(
  record: OutboxRecord,
  outcome: SendOutcome,
  now: number,
  chance: number,
): OutboxRecord {
  if (outcome.kind === 'received' || record.phase === 'received') return record;
  if (outcome.kind === 'refused') return { ...record, phase: 'refused', reason: outcome.reason };
  const wait = Math.max(waitMs(record.attempts, chance), outcome.afterMs ?? 0);
  return { ...record, reason: outcome.reason, ...waitFrom(now, wait) };
}

interface Run {
  readonly sending: Sending;
  readonly events: RunnerEvents;
  readonly signal: AbortSignal;
}

function chance(run: Run): number {
  return (run.sending.around.randomBytes(1)[0] ?? 0) / 255;
}

/**
 * Counts the try before it is made: should it take the whole engine down, the item waits its turn
 * after the restart instead of doing it again at once.
 */
async function countTry(run: Run, item: NamedOutboxRecord): Promise<NamedOutboxRecord | null> {
  const now = run.sending.around.now().getTime();
  const record = await run.sending.store.update(item.name, (present) => {
    const attempts = present.attempts + 1;
    return { ...present, attempts, ...waitFrom(now, waitMs(attempts, chance(run))) };
  });
  return record === null ? null : { name: item.name, record };
}

/** One item's failure is that item's reason to wait; the others still go. */
async function sendOne(run: Run, due: NamedOutboxRecord): Promise<void> {
  const { sending, events, signal } = run;
  const item = await countTry(run, due);
  if (item === null) return;
  let outcome: SendOutcome;
  try {
    outcome = await sendItem(sending, item, signal);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    if (signal.aborted) return;
    outcome = { kind: 'waiting', reason: problemOf(cause).code, afterMs: null };
  } finally {
    events.ended(item.record.submission_id);
  }
  const now = sending.around.now().getTime();
  await sending.store.update(item.name, (record) => afterTry(record, outcome, now, chance(run)));
  events.changed();
}

async function sendAllDue(run: Run): Promise<void> {
  const { around, store } = run.sending;
  for (const item of await store.load()) {
    if (run.signal.aborted) return;
    if (isDue(item, around.now().getTime())) await sendOne(run, item);
  }
}

async function sleepMs(run: Run): Promise<number> {
  const now = run.sending.around.now().getTime();
  const times = (await run.sending.store.load())
    .filter(({ record }) => isAsked(record))
    .map(({ record }) => (isOver(record, now) ? 0 : record.next_try_at - now));
  return Math.max(0, Math.min(kLongestSleepMs, ...times));
}

/**
 * Starts the runner. It waits for the lock that only one tab holds; when that tab closes, the next
 * one goes on.
 */
export function startRunner(sending: Sending, events: RunnerEvents): OutboxRunner {
  const stopping = new AbortController();
  const run: Run = { sending, events, signal: stopping.signal };
  let woken = false;
  let rouse: () => void = () => undefined;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (woken || stopping.signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      woken = false;
      try {
        await sendAllDue(run);
        await sleep(await sleepMs(run));
      } catch (cause) {
        if (!(cause instanceof ProblemError)) throw cause;
        // The database is out of reach for the moment.
        await sleep(kLongestSleepMs);
      }
    }
  };

  sending.around.locks
    .request(kOutboxLock, { signal: stopping.signal }, loop)
    .catch((cause: unknown) => {
      if (!stopping.signal.aborted) events.failed(cause);
    });

  const wake = (): void => {
    woken = true;
    rouse();
  };
  return {
    wake,
    stop: () => {
      stopping.abort();
      rouse();
    },
  };
}
