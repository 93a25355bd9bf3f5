/** Several people on one phone: each sees only their own, wherever one may look. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import {
  addPerson,
  goWithin,
  isLocked,
  isOpen,
  lockButton,
  nameSelf,
  openLocking,
} from './support/locking';
import { kQuickVisitor } from './support/people';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';
import { recordCount, storedDrafts } from './support/vault';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

const kFirst = 'Mei-Ling';
const kSecond = 'Somchai';

async function home({ applicant, phone }: Begun): Promise<void> {
  const page = phone.page();
  await goWithin(page, '#/');
  await applicant.link('home_start').waitFor();
}

/** Presses somebody's name on the locked screen, and Unlock. */
async function unlockAs(begun: Begun, name: string): Promise<void> {
  const { applicant, phone } = begun;
  await phone.page().getByRole('button', { name, exact: true }).click();
  await applicant.button('locked_unlock').click();
  await isOpen(begun);
}

/** Waits for as many cards as there should be; for none, as long as the list takes to come. */
async function expectCards(page: Page, count: number): Promise<void> {
  await page.waitForTimeout(500);
  await expect.poll(() => page.locator('main .card').count()).toBe(count);
}

/** Counts what a page tells the system to show outside of it. */
async function watchBadges(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shown: unknown[] = [];
    Object.assign(globalThis, { badges: shown });
    const note = (...given: unknown[]): Promise<void> => {
      shown.push(given);
      return Promise.resolve();
    };
    Object.assign(navigator, { setAppBadge: note });
    Object.assign(globalThis, { Notification: note });
  });
}

/** Everything that the service worker keeps, by address. */
function cached(page: Page): Promise<readonly string[]> {
  return page.evaluate(async () => {
    const addresses: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) addresses.push(url);
    }
    return addresses.sort();
  });
}

test('pains 10: two people each see their own draft only, and nowhere how many the other has', async () => {
  const begun = await begin(stack.url, { before: watchBadges });
  const { applicant, phone } = begun;
  const page = phone.page();
  const tasks = page.url();
  await applicant.openSection('person');
  await applicant.answer('surname_en', 'ZQFIRST');
  await applicant.saved();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await nameSelf(begun, kFirst);
  const keptBefore = await cached(page);

  await addPerson(begun, kSecond);

  await expectCards(page, 0);
  await page.goto(tasks);
  await page.getByRole('alert').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('ZQFIRST');
  await page.goto(`${tasks}/section/1`);
  await page.getByRole('alert').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('ZQFIRST');
  await home(begun);
  await applicant.start();
  await home(begun);
  await expectCards(page, 1);
  const titles = await page.evaluate(() => document.title);
  expect(titles).not.toMatch(/\d/);
  expect((await cached(page)).filter((url) => !keptBefore.includes(url))).toEqual([]);
  expect(await page.evaluate(() => (globalThis as unknown as { badges: [] }).badges)).toEqual([]);

  await lockButton(begun).click();
  await unlockAs(begun, kFirst);
  await home(begun);
  await expectCards(page, 1);
  await page.goto(tasks);
  await applicant.openSection('person');
  expect(await applicant.field('surname_en').locator('input').inputValue()).toBe('ZQFIRST');
});

test('the locked screen names the people and tells nothing of what they have, also after the battery was empty', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  await nameSelf(begun, kFirst);
  await addPerson(begun, kSecond);
  await lockButton(begun).click();
  await isLocked(begun);
  await phone.kill();
  await (await phone.open()).goto(`${stack.url}/`);
  await isLocked(begun);
  const page = phone.page();
  await page.getByRole('button', { name: kSecond }).waitFor();

  const shown = await page.locator('main').innerText();
  const forms = await page.locator('main .card').count();

  expect(shown).toContain(kFirst);
  expect(shown).not.toMatch(/\d/);
  expect(forms).toBe(0);
  expect((await storedDrafts(page)).length).toBeGreaterThan(0);
  for (const record of await storedDrafts(page)) {
    expect(record).toMatch(/^"[\w-]{22}\.[\w-]{22}" /);
  }
  await unlockAs(begun, kFirst);
  await applicant.link('home_continue').waitFor();
});

test('what one of them sealed is sent while everything is locked, and only they see the receipt', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  await applicant.fillForm(kQuickVisitor);
  await phone.offline(true);
  await applicant.submit();
  await applicant.heading(applicant.t('sent_title_sealed')).waitFor();
  await nameSelf(begun, kFirst);
  await addPerson(begun, kSecond);
  await expectCards(phone.page(), 0);
  await lockButton(begun).click();
  await isLocked(begun);
  await phone.offline(false);
  await expect.poll(() => recordCount(phone.page(), 'receipts'), { timeout: 60_000 }).toBe(1);
  expect(await phone.page().locator('main').innerText()).not.toMatch(/\d{12}/);

  await unlockAs(begun, kSecond);
  await home(begun);
  await expectCards(phone.page(), 0);
  await lockButton(begun).click();
  await unlockAs(begun, kFirst);
  await home(begun);
  await applicant.link('home_receipt').click();

  expect(await applicant.received()).toMatch(/^\d{12}$/);
});

test('whoever leaves the phone takes only their own along', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  const page = phone.page();
  await nameSelf(begun, kFirst);
  const first = await storedDrafts(page);
  await addPerson(begun, kSecond);
  await applicant.start();
  await openLocking(begun);

  await applicant.button('leave_button').click();
  await page.getByRole('button', { name: applicant.t('leave_yes'), exact: true }).click();
  await isLocked(begun);

  expect(await storedDrafts(page)).toEqual(first);
  await applicant.button('locked_unlock').click();
  await applicant.link('home_continue').waitFor();
});
