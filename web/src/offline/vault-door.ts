/** Trying to open a person's root: each try is counted before it is made, and waits are kept. */

import { ProblemError } from '../engine/problem';
import type { Database } from './database';
import { changeKeyRecord, readKeyRecords } from './key-records';
import type { KeyRecord, RootLock } from './records';
import { unwrapRoot } from './root-wrapping';
import { kNoTries, mustWait, oneLess, oneMore, settled } from './unlock-tries';

type Bytes = Uint8Array<ArrayBuffer>;

/** Brings about the 32 bytes that open `lock`, or null where nothing was shown; asked only when they are needed. */
export type Show = (lock: RootLock) => Promise<Bytes | null>;

/** What a try found; the caller wipes the root. */
export interface TriedRoot {
  readonly root: Bytes;
  readonly record: KeyRecord;
}

/** Problems: vault_missing, unlock_wait. */
async function countTry(database: Database, person: string, now: number): Promise<KeyRecord> {
  let waits = false;
  const record = await changeKeyRecord(database, person, (present) => {
    if (present.lock.method === 'device') return present;
    const tries = settled(present.tries, now);
    waits = mustWait(tries, now);
    return { ...present, tries: waits ? tries : oneMore(tries, now) };
  });
  if (record === null) throw new ProblemError('vault_missing');
  if (waits) throw new ProblemError('unlock_wait');
  return record;
}

/**
 * Opens the person's root with what `show` brings about. A try that says nothing about the person is none:
 * the module did not load, the passkey was not asked.
 *
 * Problems: vault_missing, vault_unreadable, unlock_wrong, unlock_wait; those of `show`.
 */
export async function tryToOpen(
  database: Database,
  person: string,
  show: Show,
  now: () => Date,
): Promise<TriedRoot> {
  const before = (await readKeyRecords(database)).people.get(person)?.tries ?? kNoTries;
  const record = await countTry(database, person, now().getTime());
  try {
    const secret = record.lock.method === 'device' ? null : await show(record.lock);
    return { root: await unwrapRoot(record, secret), record };
  } catch (cause) {
    const wrong = cause instanceof ProblemError && cause.code === 'unlock_wrong';
    if (!wrong) {
      await changeKeyRecord(database, person, (present) => ({
        ...present,
        tries: oneLess(present.tries, before),
      }));
    }
    throw cause;
  }
}
