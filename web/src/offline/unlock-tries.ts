/** How long a person waits after wrong tries. Nothing is ever deleted for them. */

import { waitFrom } from './backoff';
import type { WrongTries } from './records';

export const kNoTries: WrongTries = { failed: 0, next_try_at: 0, wait_ms: 0 };

/** Tries that cost no wait: fingers slip, and people have more than one PIN. */
const kFreeTries = 4;
const kWaitsMs = [30_000, 60_000, 5 * 60_000, 15 * 60_000, 60 * 60_000] as const;

/** The wait after so many wrong tries in a row, milliseconds. */
export function waitAfter(failed: number): number {
  if (failed <= kFreeTries) return 0;
  return kWaitsMs[Math.min(failed - kFreeTries, kWaitsMs.length) - 1] ?? 0;
}

/** Whether the next try has to wait; ask it of {@link settled} tries. */
export function mustWait({ next_try_at }: WrongTries, now: number): boolean {
  return next_try_at > now;
}

/**
 * The tries as they stand by this clock. A wait that has longer to go than it was meant to take begins anew: the
 * phone's clock was set back, which neither shortens a wait nor makes a day of an hour.
 */
export function settled(tries: WrongTries, now: number): WrongTries {
  const { next_try_at, wait_ms } = tries;
  return next_try_at - now > wait_ms ? { ...tries, next_try_at: now + wait_ms } : tries;
}

/** The tries with one more; it is counted before it is made, so that closing the page takes none back. */
export function oneMore({ failed }: WrongTries, now: number): WrongTries {
  const wait = waitAfter(failed + 1);
  return {
    failed: failed + 1,
    ...(wait === 0 ? { next_try_at: 0, wait_ms: 0 } : waitFrom(now, wait)),
  };
}

/** The tries without one that said nothing about the person; those that another tab made meanwhile stay. */
export function oneLess(tries: WrongTries, before: WrongTries): WrongTries {
  if (tries.failed === before.failed + 1) return before;
  return { ...tries, failed: Math.max(0, tries.failed - 1) };
}
