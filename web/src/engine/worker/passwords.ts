/** PINs and passphrases: what is hashed, at a cost that was measured on this phone. */

import { ProblemError } from '../problem';
import { isLongEnough, passwordText } from '../password';
import type { PasswordMethod } from '../password';
import type { Parts } from './parts';
import type { NextLock } from '../../offline/vault';

type Bytes = Uint8Array<ArrayBuffer>;

/** Of Argon2id: KiB of memory, and how often it goes over them. */
export interface HashCost {
  readonly memory_kib: number;
  readonly passes: number;
}

const kSaltBytes = 16;

/** What OWASP asks for at least, whatever the phone. */
export const kLeastCost: HashCost = { memory_kib: 19 * 1024, passes: 2 };
/** A cheap phone has two gigabytes for everything; time beyond that goes into passes. */
const kMostMemoryKib = 64 * 1024;
const kMostPasses = 16;
const kStepKib = 1024;

/** A hash should take between half a second and a second on this phone. */
const kWantedMs = 750;
const kTooFastMs = 500;
const kTooSlowMs = 1_000;
const kMostRounds = 3;

/** The cost of about kWantedMs, when `cost` took `ms`: memory first, then passes. */
export function costFor({ memory_kib, passes }: HashCost, ms: number): HashCost {
  const work = (memory_kib * passes * kWantedMs) / Math.max(ms, 1);
  const memory = Math.floor(work / kLeastCost.passes / kStepKib) * kStepKib;
  const chosen = Math.min(kMostMemoryKib, Math.max(kLeastCost.memory_kib, memory));
  const times = Math.round(work / chosen);
  return {
    memory_kib: chosen,
    passes: Math.min(kMostPasses, Math.max(kLeastCost.passes, times)),
  };
}

function isSame(a: HashCost, b: HashCost): boolean {
  return a.memory_kib === b.memory_kib && a.passes === b.passes;
}

/**
 * Finds a cost that `hash` takes well on this phone, and what it made at that cost.
 *
 * @param hash problems: out_of_memory, which ends in the least memory
 * @param clock milliseconds
 */
export async function measuredHash(
  hash: (cost: HashCost) => Promise<Bytes>,
  clock: () => number,
): Promise<{ readonly cost: HashCost; readonly secret: Bytes }> {
  const timed = async (cost: HashCost): Promise<{ cost: HashCost; secret: Bytes; ms: number }> => {
    const before = clock();
    const secret = await hash(cost);
    return { cost, secret, ms: clock() - before };
  };
  let made = await timed(kLeastCost);
  for (let round = 0; round < kMostRounds; round += 1) {
    if (made.ms >= kTooFastMs && made.ms <= kTooSlowMs) break;
    const next = costFor(made.cost, made.ms);
    if (isSame(next, made.cost)) break;
    try {
      made = await timed(next);
    } catch (cause) {
      if (!(cause instanceof ProblemError) || cause.code !== 'out_of_memory') throw cause;
      break;
    }
  }
  return { cost: made.cost, secret: made.secret };
}

/** Problems: unlock_missing. */
async function hashText(parts: Parts, text: string, salt: Bytes, cost: HashCost): Promise<Bytes> {
  const password = new TextEncoder().encode(text);
  try {
    return Uint8Array.from(await parts.arithmetic.hashPassword(password, salt, cost));
  } catch (cause) {
    const missing = cause instanceof ProblemError && cause.code === 'engine_missing';
    throw missing ? new ProblemError('unlock_missing') : cause;
  } finally {
    password.fill(0);
  }
}

/** The 32 bytes that what was typed stands for. Problems: unlock_missing, password_cost_refused. */
export function hashTyped(
  parts: Parts,
  typed: string,
  lock: HashCost & { readonly method: PasswordMethod; readonly salt: Bytes },
): Promise<Bytes> {
  return hashText(parts, passwordText(lock.method, typed), lock.salt, lock);
}

/** A new lock of this password, measured now. Problems: unlock_wrong (too short), unlock_missing. */
export async function passwordLock(
  parts: Parts,
  method: PasswordMethod,
  typed: string,
): Promise<NextLock> {
  if (!isLongEnough(method, typed)) throw new ProblemError('unlock_wrong');
  const salt = parts.around.randomBytes(kSaltBytes);
  const text = passwordText(method, typed);
  const { cost, secret } = await measuredHash(
    (tried) => hashText(parts, text, salt, tried),
    () => performance.now(),
  );
  return { lock: { method, salt, ...cost }, secret };
}
