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
