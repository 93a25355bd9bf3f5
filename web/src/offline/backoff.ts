/** How long to wait before the next try. */

const kFirstMs = 2_000;
const kMostMs = 15 * 60_000;

/**
 * Exponential from two seconds up to a quarter of an hour, of which a random half is taken off: a
 * thousand phones that lost the same network do not come back in the same second.
 *
 * @param attempts how many tries failed so far, from 1
 * @param chance a random number from 0 to 1
 */
export function waitMs(attempts: number, chance: number): number {
  const whole = Math.min(kMostMs, kFirstMs * 2 ** Math.min(attempts - 1, 20));
  return Math.round(whole * (0.5 + chance / 2));
}

/** When an item is tried again, and how long it was meant to wait for that; an item of an older build lacks the second. */
export interface NextTry {
  readonly next_try_at: number;
  readonly wait_ms?: number;
}

/**
 * Whether the wait is over. One that has longer to go than it was meant to take is, too: the phone's clock
 * was set back meanwhile, and an hour of that must not become an hour of waiting.
 */
export function isOver({ next_try_at, wait_ms = kMostMs }: NextTry, now: number): boolean {
  return next_try_at <= now || next_try_at - now > wait_ms;
}

/** The wait that begins now. */
export function waitFrom(now: number, wait_ms: number): Required<NextTry> {
  return { next_try_at: now + wait_ms, wait_ms };
}
