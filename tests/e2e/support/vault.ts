/** Looks at the browser's database from outside the portal: only at ciphertext, and without a version of its own. */
import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';

const kDatabase = 'landfall';

/** Every record of the drafts as it lies there: its name and the digest of its bytes, in order. */
export async function storedDrafts(page: Page): Promise<readonly string[]> {
  const records = await page.evaluate(async (name) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason'));
      });
    const database = await done(indexedDB.open(name));
    const store = database.transaction('drafts', 'readonly').objectStore('drafts');
    const [names, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    database.close();
    return values.map((value: { readonly sealed: Uint8Array }, at) => ({
      name: JSON.stringify(names[at]),
      bytes: [...value.sealed],
    }));
  }, kDatabase);
  return records.map(({ name, bytes }) => {
    const digest = createHash('sha256').update(Buffer.from(bytes)).digest('hex');
    return `${name} ${bytes.length} ${digest}`;
  });
}

/** How many records a store of the browser's database holds. */
export function recordCount(page: Page, store: string): Promise<number> {
  return page.evaluate(
    ({ database, name }) =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open(database);
        request.onerror = () => reject(request.error ?? new Error('no reason'));
        request.onsuccess = () => {
          const counting = request.result.transaction(name, 'readonly').objectStore(name).count();
          counting.onsuccess = () => {
            resolve(counting.result);
            request.result.close();
          };
        };
      }),
    { database: kDatabase, name: store },
  );
}

/** Another tab that asks for a newer version: the portal must step aside. The newer version is never made. */
export async function askForNewerVersion(page: Page): Promise<void> {
  await page.evaluate(
    (name) =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open(name, 1_000);
        request.onupgradeneeded = () => request.transaction?.abort();
        request.onerror = (event) => {
          event.preventDefault();
          resolve();
        };
        request.onsuccess = () => reject(new Error('the newer version was made'));
        request.onblocked = () => reject(new Error('the portal held on to its connection'));
      }),
    kDatabase,
  );
}

/** Remembers the engine's connection at its next use, so that {@link closeConnection} can close it. */
export async function watchConnection(page: Page): Promise<void> {
  await engineOf(page).evaluate(() => {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with the connection as `this` below
    const begin = IDBDatabase.prototype.transaction;
    IDBDatabase.prototype.transaction = function (this: IDBDatabase, ...given) {
      Object.assign(globalThis, { connection: this });
      return begin.apply(this, given);
    };
  });
}

/** Closes the database under the engine, as a browser short of memory does. */
export async function closeConnection(page: Page): Promise<void> {
  await engineOf(page).evaluate(() => {
    const { connection } = globalThis as unknown as { readonly connection?: IDBDatabase };
    if (connection === undefined) throw new Error('the engine has not used its database');
    connection.close();
  });
}

/** The worker that holds the keys and the drafts. */
export function engineOf(page: Page) {
  const engine = page.workers()[0];
  if (engine === undefined) throw new Error('no engine runs in this tab');
  return engine;
}
