/** The connection to IndexedDB: opened when needed, opened again when the browser closed it. */

import { openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { ProblemError } from '../engine/problem';
import { recordName } from './names';
import type { FormerKeyRecord, KeyRecord, LandfallSchema } from './records';

export type Connection = IDBPDatabase<LandfallSchema>;

export interface Database {
  /**
   * Runs `work` on an open connection. When the connection turns out to be closed (another tab
   * upgrades, the browser ran short of memory, site data was cleared) it is opened anew and `work`
   * runs once more, so `work` must be safe to run twice.
   *
   * Problems: storage_full, storage_unavailable.
   */
  readonly run: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>;
  readonly close: () => void;
}

/** 2: several people, each with a key record of a random name. 3: backups. 4: what was seen of the receipt log. */
const kVersion = 4;
const kStores: readonly StoreNames<LandfallSchema>[] = [
  'keys',
  'drafts',
  'files',
  'outbox',
  'receipts',
  'backup',
  'log',
  'public',
];

/** Where the database keeps the name it got when it was made. */
export const kDatabaseName = 'database';

/** The one name that builds before version 2 gave the one key record. */
const kFormerRecord = 'device';
const kFormerWiped = 'wiped';

/** A write that must be on disk before anybody is told about it. */
export const kDurable = { durability: 'strict' } as const;

function nameOf(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'name' in cause ? String(cause.name) : '';
}

/**
 * InvalidStateError: the connection is closing. AbortError: it was closed under a transaction.
 * UnknownError: WebKit's "Connection to Indexed Database server lost".
 */
function connectionWasLost(cause: unknown): boolean {
  return ['InvalidStateError', 'AbortError', 'UnknownError'].includes(nameOf(cause));
}

function asProblem(cause: unknown): unknown {
  if (cause instanceof ProblemError) return cause;
  if (nameOf(cause) === 'QuotaExceededError') return new ProblemError('storage_full');
  if (connectionWasLost(cause)) return new ProblemError('storage_unavailable');
  return cause;
}

type Upgrade = IDBPTransaction<
  LandfallSchema,
  ArrayLike<StoreNames<LandfallSchema>>,
  'versionchange'
>;

function freshName(): string {
  return recordName((count) => crypto.getRandomValues(new Uint8Array(count)));
}

/** The one person there was is the first of several: everything of theirs stays as it is and where it is. */
function firstOfSeveral(former: FormerKeyRecord): KeyRecord {
  return {
    ...former,
    lock: { method: 'device' },
    tries: { failed: 0, next_try_at: 0, wait_ms: 0 },
    label: null,
    lock_after_ms: 0,
    holds_unnamed: true,
  };
}

/** Runs within the upgrade: a tab that is killed during it leaves the database as it was. */
async function bringUpToDate(transaction: Upgrade): Promise<void> {
  const keys = transaction.objectStore('keys');
  const open = transaction.objectStore('public');
  if ((await open.get(kDatabaseName)) === undefined) {
    await open.put({ kind: 'database', id: freshName() }, kDatabaseName);
  }
  await open.delete(kFormerWiped);
  const former: FormerKeyRecord | undefined = await keys.get(kFormerRecord);
  if (former === undefined) return;
  await keys.put(firstOfSeveral(former), freshName());
  await keys.delete(kFormerRecord);
}

/** Leaves the database in its old version. */
function giveUp(transaction: Upgrade): void {
  try {
    transaction.abort();
  } catch {
    // It has aborted already.
  }
}

/** Makes a database that opens itself on first use. */
export function openDatabase(name: string): Database {
  let opening: Promise<Connection> | null = null;

  const open = (): Promise<Connection> => {
    const forget = (): void => {
      opening = null;
    };
    const attempt = openDB<LandfallSchema>(name, kVersion, {
      upgrade: (connection, _from, _to, transaction) => {
        for (const store of kStores) {
          if (!connection.objectStoreNames.contains(store)) connection.createObjectStore(store);
        }
        bringUpToDate(transaction).catch(() => giveUp(transaction));
        // Whoever opens the database hears of a failure.
        transaction.done.catch(() => undefined);
      },
      blocking: (_current, _blocked, event) => {
        // Another tab upgrades or deletes the database: step aside; the next use opens it again.
        forget();
        (event.target as IDBDatabase).close();
      },
      terminated: forget,
    });
    attempt.catch(forget);
    opening = attempt;
    return attempt;
  };

  return {
    run: async (work) => {
      const connection = opening ?? open();
      try {
        return await work(await connection);
      } catch (cause) {
        if (!connectionWasLost(cause)) throw asProblem(cause);
        if (opening === connection) opening = null;
      }
      try {
        return await work(await (opening ?? open()));
      } catch (cause) {
        throw asProblem(cause);
      }
    },
    close: () => {
      void opening?.then((connection) => connection.close());
      opening = null;
    },
  };
}
