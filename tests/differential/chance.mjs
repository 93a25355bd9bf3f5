// Chance that is the same on every machine: a seeded generator and what is drawn from it.

/** A generator; equal seeds draw equally. */
export function chanceOf(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const below = (bound) => Math.floor((next() / 0x1_0000_0000) * bound);
  return {
    below,
    /** True once in `times`. */
    once: (times) => below(times) === 0,
    between: (low, high) => low + below(high - low + 1),
    of: (list) => list[below(list.length)],
    digits: (count) => Array.from({ length: count }, () => below(10)).join(''),
    letter: () => String.fromCharCode(65 + below(26)),
  };
}
