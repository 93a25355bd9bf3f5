/** A phone that a build for one person used: its database is taken over, and nothing of it is lost. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { begin } from './support/begun';
import { addPerson, isLocked, isOpen, lockButton } from './support/locking';
import { kQuickVisitor } from './support/people';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';
import { recordCount } from './support/vault';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

/**
 * Writes the database of the portal as that build left it: version 1, one key record called `device`,
 * names that tell no owner. The records themselves, keys included, are copied as they are.
 */
async function makeFormer(page: Page, locked: boolean): Promise<void> {
  await page.evaluate(async (wasLocked) => {
    const stores = ['keys', 'drafts', 'files', 'outbox', 'receipts', 'public'];
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('no reason'));
      });
    const present = await done(indexedDB.open('landfall'));
    const records: { store: string; name: string; value: unknown }[] = [];
    for (const store of stores) {
      const from = present.transaction(store, 'readonly').objectStore(store);
      const [names, values] = await Promise.all([done(from.getAllKeys()), done(from.getAll())]);
      names.forEach((name, at) =>
        records.push({ store, name: name as string, value: values[at] as unknown }),
      );
    }
    present.close();
    await done(indexedDB.deleteDatabase('landfall'));
    const opening = indexedDB.open('landfall', 1);
    opening.onupgradeneeded = () =>
      stores.forEach((store) => void opening.result.createObjectStore(store));
    const former = await done(opening);
    const writing = former.transaction(stores, 'readwrite');
    for (const { store, name, value } of records) {
      if (store === 'public' && name === 'database') continue;
      // Chunks are known by their names to records that nobody here can open.
      const bare = store === 'files' ? name : (name.split('.').at(-1) ?? name);
      if (store !== 'keys') {
        writing.objectStore(store).put(value, bare);
        continue;
      }
      const { wrapping_key, iv, wrapped_root, age_recipient } = value as Record<string, unknown>;
      const record = { wrapping_key, iv, wrapped_root, age_recipient, locked: wasLocked };
      writing.objectStore(store).put(record, 'device');
    }
    await new Promise((resolve, reject) => {
      writing.oncomplete = resolve;
      writing.onabort = () => reject(writing.error ?? new Error('not written'));
    });
    former.close();
  }, locked);
}

/** The names of the key records. */
function people(page: Page): Promise<readonly string[]> {
  return page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const request = indexedDB.open('landfall');
        request.onsuccess = () => {
          const keys = request.result.transaction('keys', 'readonly').objectStore('keys');
          const names = keys.getAllKeys();
          names.onsuccess = () => {
            request.result.close();
            resolve(names.result as string[]);
          };
        };
      }),
  );
}

test('its draft opens, its sealed item is sent and receipted, and a second person sees neither', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  const page = phone.page();
  await applicant.fillForm(kQuickVisitor);
  await phone.offline(true);
  await applicant.submit();
  await applicant.heading(applicant.t('sent_title_sealed')).waitFor();
  await applicant.link('app_name').click();
  await applicant.start();
  await applicant.openSection('person');
  await applicant.answer('surname_en', 'KEPT');
  await applicant.saved();
  const draft = page.url();
  await phone.offline(false);
  // Of the server's own, so that no portal has the database open.
  await page.goto(`${stack.url}/healthz`);
  const kept = await recordCount(page, 'files');
  await makeFormer(page, false);

  await page.goto(draft);
  await applicant.heading(applicant.label('person')).waitFor();
  expect(await applicant.field('surname_en').locator('input').inputValue()).toBe('KEPT');
  await applicant.link('app_name').click();
  await applicant.link('home_receipt').waitFor({ timeout: 60_000 });
  await applicant.link('home_continue').waitFor();
  expect(kept).toBeGreaterThan(0);
  expect(await recordCount(page, 'files')).toBe(kept);
  expect(await people(page)).toEqual([expect.stringMatching(/^[\w-]{22}$/)]);

  await addPerson(begun, 'Somchai');
  await page.waitForTimeout(500);
  expect(await page.locator('main .card').count()).toBe(0);
});

test('one that was locked stays locked until its person unlocks it', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  const page = phone.page();
  await page.goto(`${stack.url}/healthz`);
  await makeFormer(page, true);

  await page.goto(`${stack.url}/`);
  await isLocked(begun);
  await applicant.button('locked_unlock').click();
  await isOpen(begun);
  await applicant.link('home_continue').waitFor();
  expect(await lockButton(begun).count()).toBe(1);
});
