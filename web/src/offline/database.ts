/** The connection to IndexedDB: opened when needed, opened again when the browser closed it. */

import { openDB } from 'idb';
import type { IDBPDatabase, StoreNames } from 'idb';
import { ProblemError } from '../engine/problem';
import type { LandfallSchema } from './records';

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

const kVersion = 1;
const kStores: readonly StoreNames<LandfallSchema>[] = [
  'keys',
  'drafts',
  'files',
  'outbox',
  'receipts',
  'public',
];

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

/** Makes a database that opens itself on first use. */
export function openDatabase(name: string): Database {
  let opening: Promise<Connection> | null = null;

  const open = (): Promise<Connection> => {
    const forget = (): void => {
      opening = null;
    };
    const attempt = openDB<LandfallSchema>(name, kVersion, {
      upgrade: (connection) => {
        for (const store of kStores) {
          if (!connection.objectStoreNames.contains(store)) connection.createObjectStore(store);
        }
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
