/** Looks into a phone's database from outside, as a thief or a bit flip would. */

import { inspect } from 'node:util';
import type { Phone } from './phone';

function opened(phone: Phone): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(phone.databaseName);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the database does not open'));
  });
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('the request failed'));
  });
}

async function inStore<T>(
  phone: Phone,
  store: string,
  work: (store: IDBObjectStore) => Promise<T>,
): Promise<T> {
  const database = await opened(phone);
  try {
    return await work(database.transaction(store, 'readwrite').objectStore(store));
  } finally {
    database.close();
  }
}

/** What the browser does when somebody clears the site's data: the database goes, the page stays. */
export function clearSiteData(phone: Phone): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(phone.databaseName);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(new Error('the database is not deleted'));
  });
}

/** The names of the draft records. */
export async function sealedDraftNames(phone: Phone): Promise<string[]> {
  return namesIn(phone, 'drafts');
}

/** The names of every record of a store, in order. */
export async function namesIn(phone: Phone, store: string): Promise<string[]> {
  return inStore(phone, store, async (records) => (await result(records.getAllKeys())).map(String));
}

/** Flips a byte in every draft record that is not among `older`. */
export async function spoilNewestDraft(phone: Phone, older: readonly string[]): Promise<void> {
  let spoiled = 0;
  await inStore(phone, 'drafts', async (store) => {
    for (const name of (await result(store.getAllKeys())).map(String)) {
      if (older.includes(name)) continue;
      const record = (await result(store.get(name))) as { sealed: Uint8Array };
      const last = record.sealed.length - 1;
      record.sealed[last] = (record.sealed[last] ?? 0) ^ 1;
      await result(store.put(record, name));
      spoiled += 1;
    }
  });
  if (spoiled === 0) throw new Error('no record to spoil');
}

/** How many chunks of sealed files there are. */
export async function chunkCount(phone: Phone): Promise<number> {
  return inStore(phone, 'files', (store) => result(store.count()));
}

/** Removes every record of a store, as a browser short of room may. */
export async function emptyStore(phone: Phone, store: string): Promise<void> {
  await inStore(phone, store, (records) => result(records.clear()));
}

/** Everything in the database as text, bytes as Latin-1, hex and base64 too. */
export async function databaseText(phone: Phone): Promise<string> {
  const database = await opened(phone);
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (value instanceof Uint8Array) {
      const bytes = Buffer.from(value);
      for (const encoding of ['latin1', 'hex', 'base64'] as const)
        texts.push(bytes.toString(encoding));
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) {
        texts.push(name);
        collect(member);
      }
    } else {
      texts.push(inspect(value));
    }
  };
  for (const name of database.objectStoreNames) {
    collect(await result(database.transaction(name).objectStore(name).getAll()));
  }
  database.close();
  return texts.join('\n');
}
