/** The people's key records in the database, and what is deleted with one. */

import { kDatabaseName, kDurable } from './database';
import type { Database } from './database';
import { ownerOf } from './names';
import type { KeyRecord, LandfallSchema, PublicRecord } from './records';
import type { IDBPObjectStore, IDBPTransaction, StoreNames } from 'idb';

const kOwned = ['drafts', 'files', 'outbox', 'receipts', 'backup', 'log'] as const;
const kPersonal: Names = ['keys', ...kOwned];

/** The stores {@link keepRecord} looks into. */
export const kKeyStores = ['keys', 'public'] as const;

type Names = StoreNames<LandfallSchema>[];
type KeyStores = IDBPTransaction<LandfallSchema, Names, 'readwrite'>;
type KeyStore = IDBPObjectStore<LandfallSchema, Names, 'keys', 'readwrite'>;

export interface KeyRecords {
  /** By name; the names are random. */
  readonly people: ReadonlyMap<string, KeyRecord>;
  /** What the database was called when it was made; empty in one that is broken. */
  readonly databaseId: string;
}

/** A person's record with its name, and the database that it was read from. */
export interface HeldRecord {
  readonly person: string;
  readonly record: KeyRecord;
  readonly databaseId: string;
}

/** Whether a record called `name` belongs to the person. */
export function owns({ person, record }: HeldRecord, name: string): boolean {
  const owner = ownerOf(name);
  return owner === person || (owner === '' && record.holds_unnamed);
}

function idIn(found: PublicRecord | undefined): string {
  return found?.kind === 'database' ? found.id : '';
}

export function readKeyRecords(database: Database): Promise<KeyRecords> {
  return database.run(async (connection) => {
    const transaction = connection.transaction(['keys', 'public'], 'readonly');
    const keys = transaction.objectStore('keys');
    const [names, records] = await Promise.all([keys.getAllKeys(), keys.getAll()]);
    const people = new Map<string, KeyRecord>();
    for (const [i, name] of names.entries()) {
      const record = records[i];
      if (record !== undefined) people.set(name, record);
    }
    return { people, databaseId: idIn(await transaction.objectStore('public').get(kDatabaseName)) };
  });
}

/** Puts everybody else's keys away: one person at a time uses a browser. */
async function lockOthers(keys: KeyStore, person: string): Promise<void> {
  for (const name of await keys.getAllKeys()) {
    const record = await keys.get(name);
    if (name === person || record === undefined || record.locked) continue;
    await keys.put({ ...record, locked: true }, name);
  }
}

function inKeys<T>(database: Database, work: (transaction: KeyStores) => Promise<T>): Promise<T> {
  return database.run(async (connection) => {
    const transaction = connection.transaction([...kKeyStores] as Names, 'readwrite', kDurable);
    const result = await work(transaction);
    await transaction.done;
    return result;
  });
}

/**
 * Adds a person and locks the others.
 *
 * @param first only where there is nobody yet: two tabs may ask at once, the first one's keys are everybody's
 * @returns whether it was written
 */
export function addKeyRecord(
  database: Database,
  person: string,
  record: KeyRecord,
  first: boolean,
): Promise<boolean> {
  return inKeys(database, async (transaction) => {
    const keys = transaction.objectStore('keys');
    if (first && (await keys.count()) > 0) return false;
    await keys.put(record, person);
    await lockOthers(keys, person);
    return true;
  });
}

/** Notes that the person opened theirs; the others' are put away in the same transaction. */
export function noteOpened(database: Database, person: string): Promise<KeyRecord | null> {
  return inKeys(database, async (transaction) => {
    const keys = transaction.objectStore('keys');
    const present = await keys.get(person);
    if (present === undefined) return null;
    const tries = { failed: 0, next_try_at: 0, wait_ms: 0 };
    const opened = { ...present, locked: false, tries };
    await keys.put(opened, person);
    await lockOthers(keys, person);
    return opened;
  });
}

/** Changes a person's record as it lies there now, all or nothing; null when it is gone. */
export function changeKeyRecord(
  database: Database,
  person: string,
  change: (record: KeyRecord) => KeyRecord,
): Promise<KeyRecord | null> {
  return inKeys(database, async (transaction) => {
    const keys = transaction.objectStore('keys');
    const present = await keys.get(person);
    if (present === undefined) return null;
    const next = change(present);
    await keys.put(next, person);
    return next;
  });
}

/**
 * Makes sure, within `transaction`, that the record lies in the database: when the browser cleared it under
 * an open page, what is sealed from now on could never be opened again. A person who left this browser, or
 * deleted everything, wants the opposite: the database is then the one that it was, and that is left as it is.
 *
 * @returns whether what is written in `transaction` can be opened later
 */
export async function keepRecord(
  transaction: KeyStores,
  { person, record, databaseId }: HeldRecord,
): Promise<boolean> {
  const keys = transaction.objectStore('keys');
  const present = await keys.get(person);
  if (present !== undefined) return present.age_recipient === record.age_recipient;
  const id = idIn(await transaction.objectStore('public').get(kDatabaseName));
  if (id === databaseId) return false;
  await keys.put(record, person);
  return true;
}

/** Deletes everybody's records. */
export function clearPersonal(database: Database): Promise<void> {
  return database.run(async (connection) => {
    const transaction = connection.transaction(kPersonal, 'readwrite', kDurable);
    const clearings = kPersonal.map((store) => transaction.objectStore(store).clear());
    await Promise.all([...clearings, transaction.done]);
  });
}

/** Deletes one person's records, key first in the same transaction; the others' stay. */
export function clearPerson(database: Database, held: HeldRecord): Promise<void> {
  return database.run(async (connection) => {
    const transaction = connection.transaction(kPersonal, 'readwrite', kDurable);
    await transaction.objectStore('keys').delete(held.person);
    for (const store of kOwned) {
      const records = transaction.objectStore(store);
      const own = (await records.getAllKeys()).filter((name) => owns(held, name));
      await Promise.all(own.map((name) => records.delete(name)));
    }
    await transaction.done;
  });
}
