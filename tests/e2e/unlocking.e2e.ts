/** What a vault asks for: a PIN, a passphrase, the phone's own lock; and that forgetting one deletes nothing. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addAuthenticator } from './support/authenticator';
import { begin } from './support/begun';
import type { Begun, BegunOptions } from './support/begun';
import {
  chooseWay,
  goWithin,
  isLocked,
  isOpen,
  lockButton,
  openLocking,
  showPassword,
  showWrong,
  wayIsKept,
} from './support/locking';
import { copyNow, makeRecovery, restore } from './support/recovery';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';
import { closeConnection, storedDrafts, watchConnection } from './support/vault';

let stack: Stack;
/** Passkeys belong to a name, never to a number. */
let named: string;

beforeAll(async () => {
  stack = await startStack();
  named = stack.url.replace('127.0.0.1', 'localhost');
});

afterAll(async () => {
  await stack?.remove();
});

const kPin = '493817';
const kPassphrase = 'four cranes over the harbour';

/** A person with a draft in which something was typed. */
async function withDraft(options: BegunOptions & { readonly url?: string } = {}): Promise<Begun> {
  const begun = await begin(options.url ?? stack.url, options);
  await begun.applicant.openSection('person');
  await begun.applicant.answer('surname_en', 'KEPT');
  await begun.applicant.saved();
  return begun;
}

/** Sets a way to unlock and comes back to a page that knows nothing any more. */
async function setAndReload(begun: Begun, way: 'pin' | 'passphrase', next: string): Promise<void> {
  await openLocking(begun);
  await chooseWay(begun, way, { next });
  await wayIsKept(begun);
  await begun.phone.page().reload();
  await isLocked(begun);
}

/** The draft opens and holds what was typed. */
async function draftIsWhole({ applicant, phone }: Begun): Promise<void> {
  const page = phone.page();
  await goWithin(page, '#/');
  await applicant.link('home_continue').click();
  await applicant.openSection('person');
  expect(await applicant.field('surname_en').locator('input').inputValue()).toBe('KEPT');
}

test('a PIN opens the vault again, typed in another script too, and can be taken off', async () => {
  const begun = await withDraft();
  await setAndReload(begun, 'pin', kPin);
  expect(await begun.phone.page().locator('main .card').count()).toBe(0);

  await showPassword(begun, '๔๙๓๘๑๗');
  await isOpen(begun);
  await draftIsWhole(begun);

  await openLocking(begun);
  await chooseWay(begun, 'device', { current: kPin });
  await wayIsKept(begun);
  await begun.phone.page().reload();
  await isOpen(begun);
});

test('wrong PINs cost waits that closing the browser does not shorten, and delete nothing', async () => {
  const begun = await withDraft();
  const { applicant, phone } = begun;
  await setAndReload(begun, 'pin', kPin);
  const records = await storedDrafts(phone.page());
  for (let tries = 1; tries <= 5; tries += 1) {
    await showWrong(begun, '000000');
  }
  await phone.page().locator('.banner--warning').waitFor();
  await phone.kill();
  await (await phone.open()).goto(`${stack.url}/`);
  await phone.page().locator('.banner--warning').waitFor();
  const button = applicant.button('locked_unlock');
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await phone.page().getByText(applicant.t('unlock_forgot')).click();
  await phone.page().getByText(applicant.t('unlock_forgot_text')).waitFor();

  await expect.poll(() => button.getAttribute('aria-disabled'), { timeout: 60_000 }).toBe('false');
  expect(await storedDrafts(phone.page())).toEqual(records);
  await showPassword(begun, kPin);
  await isOpen(begun);
  await draftIsWhole(begun);
});

test('whoever forgot the PIN comes back in by the recovery code, on the same phone and to the same draft', async () => {
  const begun = await withDraft();
  const { applicant, phone } = begun;
  const code = await makeRecovery(begun);
  await copyNow(begun);
  await setAndReload(begun, 'pin', kPin);
  const records = await storedDrafts(phone.page());
  for (let tries = 1; tries <= 5; tries += 1) await showWrong(begun, '000000');

  await phone.page().getByText(applicant.t('unlock_forgot')).click();
  await applicant.link('home_restore').click();
  await restore(begun, code);

  expect(await storedDrafts(phone.page())).toEqual(expect.arrayContaining([...records]));
  await draftIsWhole(begun);
  await openLocking(begun);
  const nothing = phone.page().getByRole('radio', { name: applicant.t('method_device') });
  expect(await nothing.isChecked()).toBe(true);
});

test('a passphrase opens it, the same with the wide letters of an input method', async () => {
  const begun = await withDraft();
  await setAndReload(begun, 'passphrase', kPassphrase);

  await showPassword(begun, 'ｆｏｕｒ cranes over the harbour ');
  await isOpen(begun);
  await draftIsWhole(begun);
});

test('whoever wants a lock from the start sets it before the form, and finds the draft behind it', async () => {
  const begun = await begin(stack.url, { atHome: true });
  const { applicant, phone } = begun;
  await applicant.link('home_start').click();
  await applicant.startButton().click();
  await applicant.button('before_lock').click();
  await applicant.heading(applicant.t('locking_title')).waitFor();
  await chooseWay(begun, 'pin', { next: kPin });
  await wayIsKept(begun);
  await phone
    .page()
    .getByRole('link', { name: applicant.t('back') })
    .click();
  await applicant.link('home_continue').waitFor();
});

test('a PIN that is too short or typed differently is not set, and the page says why', async () => {
  const begun = await withDraft();
  const { applicant, phone } = begun;
  await openLocking(begun);
  await chooseWay(begun, 'pin', { next: '1234' });
  await phone.page().getByText(applicant.t('locking_short_pin')).waitFor();
  await phone.page().locator('#new-password').fill(kPin);
  await phone.page().locator('#new-password-again').fill('493818');
  await phone.page().locator('#new-password-again').press('Enter');
  await phone.page().getByText(applicant.t('locking_differs')).waitFor();
  await phone.page().reload();
  await isOpen(begun);
});

test('a tab that is killed while the way is changed leaves the former one or the new one', async () => {
  const begun = await withDraft();
  const { phone } = begun;
  await setAndReload(begun, 'passphrase', kPassphrase);
  await showPassword(begun, kPassphrase);
  await isOpen(begun);
  await openLocking(begun);
  await chooseWay(begun, 'pin', { current: kPassphrase, next: kPin });
  await phone.page().waitForTimeout(400);
  await (await phone.crashTab()).goto(`${stack.url}/`);
  await isLocked(begun);

  const asksForPin =
    (await phone.page().locator('#unlock-password').getAttribute('inputmode')) === 'numeric';
  await showPassword(begun, asksForPin ? kPin : kPassphrase);
  await isOpen(begun);
  await draftIsWhole(begun);
});

test('a database that the browser closed is opened again, for unlocking and for changing the way', async () => {
  const begun = await withDraft();
  const { phone } = begun;
  await setAndReload(begun, 'pin', kPin);
  await watchConnection(phone.page());
  await showWrong(begun, '000000');
  await closeConnection(phone.page());
  await showPassword(begun, kPin);
  await isOpen(begun);

  await openLocking(begun);
  await closeConnection(phone.page());
  await chooseWay(begun, 'device', { current: kPin });
  await wayIsKept(begun);
  await draftIsWhole(begun);
});

test('a second tab needs no PIN while the first has it open, and locking one locks both', async () => {
  const begun = await withDraft();
  const { applicant, phone } = begun;
  await openLocking(begun);
  await chooseWay(begun, 'pin', { next: kPin });
  await wayIsKept(begun);
  const first = phone.page();
  const second = await phone.context().newPage();
  await second.goto(`${stack.url}/`);
  await second.getByRole('button', { name: applicant.t('header_lock'), exact: true }).waitFor();
  await second.getByRole('button', { name: applicant.t('header_lock'), exact: true }).click();

  await first.getByRole('heading', { level: 1, name: applicant.t('locked_title') }).waitFor();
  await second.getByRole('heading', { level: 1, name: applicant.t('locked_title') }).waitFor();
  await showPassword(begun, kPin);
  await isOpen(begun);
  await first.getByRole('button', { name: applicant.t('header_lock'), exact: true }).waitFor();
});

test('it locks by itself when nobody touches it, keeps what was typed, and goes on where it was', async () => {
  const begun = await withDraft({ before: (page) => page.clock.install() });
  const { applicant, phone } = begun;
  const page = phone.page();
  const section = page.url();
  await openLocking(begun);
  await chooseWay(begun, 'pin', { next: kPin });
  await wayIsKept(begun);
  await page.getByLabel(applicant.t('autolock_title')).selectOption(String(5 * 60_000));
  await page.goto(section);
  await applicant.field('given_en').locator('input').fill('LAST WORDS');
  await page.clock.fastForward(4 * 60_000);
  expect(await lockButton(begun).isVisible()).toBe(true);
  await applicant.field('given_en').locator('input').press('End');
  await page.clock.fastForward(4 * 60_000);
  expect(await lockButton(begun).isVisible()).toBe(true);
  await page.clock.fastForward(90_000);
  await isLocked(begun);
  expect(await page.locator('body').innerText()).not.toContain('LAST WORDS');

  await showPassword(begun, kPin);
  await isOpen(begun);

  expect(page.url()).toBe(section);
  const input = applicant.field('given_en').locator('input');
  await input.waitFor();
  expect(await input.inputValue()).toBe('LAST WORDS');
});

/** Notes how each question to a passkey ended. */
async function countAnswers(page: Page): Promise<void> {
  await page.evaluate(() => {
    const ended: string[] = [];
    Object.assign(globalThis, { ended });
    const ask = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = async (...given) => {
      try {
        const answer = await ask(...given);
        ended.push('answered');
        return answer;
      } catch (reason) {
        ended.push(reason instanceof DOMException ? reason.name : String(reason));
        throw reason;
      }
    };
  });
}

function answers(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { readonly ended: string[] }).ended);
}

test('the phone’s own lock opens it by a passkey, and whoever fails it gets nothing and loses nothing', async () => {
  const begun = await withDraft({
    url: named,
    before: async (page) => void (await page.goto(`${named}/healthz`)),
  });
  const { applicant, phone } = begun;
  const page = phone.page();
  const lock = await addAuthenticator(page);
  await openLocking(begun);
  await chooseWay(begun, 'passkey');
  await wayIsKept(begun);
  expect(await lock.passkeys()).toBe(1);
  await page.reload();
  await isLocked(begun);

  const button = applicant.button('locked_unlock');
  await button.click();
  await isOpen(begun);
  await draftIsWhole(begun);

  const records = await storedDrafts(page);
  await page.reload();
  await isLocked(begun);
  await lock.pass(false);
  await countAnswers(page);
  await button.click();
  await expect.poll(() => answers(page), { timeout: 120_000 }).toEqual(['NotAllowedError']);
  await expect.poll(() => button.getAttribute('aria-disabled')).toBe('false');
  expect(await lockButton(begun).count()).toBe(0);
  expect(await storedDrafts(page)).toEqual(records);
});
