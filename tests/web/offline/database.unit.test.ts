import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { unwrap } from 'idb';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from '../../../web/src/offline/database';
import type { Database } from '../../../web/src/offline/database';

const kBytes = new Uint8Array([1, 2, 3]);

async function put(database: Database, name: string): Promise<void> {
  await database.run((connection) => connection.put('files', kBytes, name));
}

function count(database: Database): Promise<number> {
  return database.run((connection) => connection.count('files'));
}

describe('the database', () => {
  it('pains 8: takes the next save after its connection was closed under it', async () => {
    const database = openDatabase('closed');
    await put(database, 'first');
    await database.run((connection) => {
      connection.close();
      return Promise.resolve();
    });

    await put(database, 'second');

    expect(await count(database)).toBe(2);
  });

  it('takes the next save after the browser forced it closed', async () => {
    const database = openDatabase('forced');
    await put(database, 'first');
    await database.run((connection) => {
      forceCloseDatabase(unwrap(connection) as unknown as Parameters<typeof forceCloseDatabase>[0]);
      return Promise.resolve();
    });

    await put(database, 'second');

    expect(await count(database)).toBe(2);
  });

  it('steps aside when another tab wants to delete it, and opens again after that', async () => {
    const database = openDatabase('deleted');
    await put(database, 'first');

    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase('deleted');
      request.onsuccess = () => resolve();
      request.onerror = () => reject(new Error('not deleted'));
    });
    await put(database, 'second');

    expect(await count(database)).toBe(1);
  });

  it('calls a full storage by its name and does not try again', async () => {
    const database = openDatabase('full');
    await put(database, 'first');
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });

    const failed = put(database, 'second');

    await expect(failed).rejects.toMatchObject({ code: 'storage_full' });
    expect(full).toHaveBeenCalledTimes(1);
    full.mockRestore();
  });
});
