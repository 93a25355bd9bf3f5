/** One sealed record of the open person in a store of their own records. */

import { ProblemError } from '../engine/problem';
import type { Core } from '../engine/core';
import { kDurable } from './database';
import type { Database } from './database';
import { keepRecord, kKeyStores } from './key-records';
import type { LandfallSchema } from './records';
import { openJson, readOwn, sealJson } from './sealed-json';
import type { Vault } from './vault';
import type { StoreNames } from 'idb';

export interface OwnRecord<T> {
  /** Null while there is none. Problems: vault_locked, vault_missing. */
  readonly load: () => Promise<T | null>;
  /** Problems: vault_missing (wiped meanwhile), storage_full. */
  readonly save: (contents: T) => Promise<void>;
  readonly remove: () => Promise<void>;
}

export function openOwnRecord<T>(
  store: 'backup' | 'log',
  database: Database,
  core: Core,
  vault: Vault,
): OwnRecord<T> {
  const names = async (): Promise<readonly string[]> =>
    (await readOwn(database, store, vault.owns)).map(([name]) => name);

  return {
    load: async () => {
      const keys = vault.keys();
      const [found] = await readOwn(database, store, vault.owns);
      return found === undefined ? null : (openJson(core, keys, found[1]) as T);
    },
    save: async (contents) => {
      const sealed = sealJson(core, vault.keys().age_recipient, contents);
      const [present] = await names();
      const name = present ?? vault.newName();
      const held = vault.record();
      const stores = [store, ...kKeyStores] as StoreNames<LandfallSchema>[];
      await database.run(async (connection) => {
        const transaction = connection.transaction(stores, 'readwrite', kDurable);
        if (!(await keepRecord(transaction, held))) {
          transaction.abort();
          await transaction.done.catch(() => undefined);
          throw new ProblemError('vault_missing');
        }
        await Promise.all([transaction.objectStore(store).put(sealed, name), transaction.done]);
      });
    },
    remove: async () => {
      const own = await names();
      await database.run(async (connection) => {
        const transaction = connection.transaction(store, 'readwrite', kDurable);
        await Promise.all([...own.map((name) => transaction.store.delete(name)), transaction.done]);
      });
    },
  };
}
