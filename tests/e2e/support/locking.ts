/** What a person does on the page of locking and on the locked screen. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Begun } from './begun';

/** Ways to unlock, by the words on the page. */
export type Way = 'device' | 'pin' | 'passphrase' | 'passkey';

/** Goes to another page of the portal without loading it anew: that would lock a vault that asks for something. */
export async function goWithin(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** From wherever the person is to the settings of locking. */
export async function openLocking({ applicant, phone }: Begun): Promise<void> {
  const page = phone.page();
  await goWithin(page, '#/locking');
  await applicant.heading(applicant.t('locking_title')).waitFor();
  await page.getByRole('radiogroup').waitFor();
}

interface Passwords {
  /** What the present way asks for. */
  readonly current?: string;
  readonly next?: string;
}

/** Chooses a way to unlock, types what it asks for, and saves. */
export async function chooseWay(
  { applicant, phone }: Begun,
  way: Way,
  { current, next }: Passwords = {},
): Promise<void> {
  const page = phone.page();
  await page.getByRole('radio', { name: applicant.t(`method_${way}`) }).check();
  if (current !== undefined) await page.locator('#current-password').fill(current);
  if (next !== undefined) {
    await page.locator('#new-password').fill(next);
    await page.locator('#new-password-again').fill(next);
  }
  await page.getByRole('button', { name: `: ${applicant.t('locking_how')}` }).click();
}

/** Waits until the page says that the change is kept. */
export async function wayIsKept({ applicant, phone }: Begun): Promise<void> {
  await phone
    .page()
    .locator('.banner--success')
    .getByText(applicant.t('locking_saved'))
    .waitFor({ timeout: 60_000 });
}

/** Types what was asked for on the locked screen and presses Unlock. */
export async function showPassword({ applicant, phone }: Begun, password: string): Promise<void> {
  await phone.page().locator('#unlock-password').fill(password);
  await applicant.button('locked_unlock').click();
}

/** Shows a password that is wrong, and waits until it was looked at. */
export async function showWrong(begun: Begun, password: string): Promise<void> {
  await showPassword(begun, password);
  const input = begun.phone.page().locator('#unlock-password');
  await expect.poll(() => input.inputValue(), { timeout: 60_000 }).toBe('');
}

/** The button that locks; its word is part of the one that unlocks. */
export function lockButton({ applicant, phone }: Begun): Locator {
  return phone.page().getByRole('button', { name: applicant.t('header_lock'), exact: true });
}

/** The vault is open: the header offers to lock it. */
export async function isOpen(begun: Begun): Promise<void> {
  await lockButton(begun).waitFor({ timeout: 60_000 });
}

export async function isLocked({ applicant }: Begun): Promise<void> {
  await applicant.heading(applicant.t('locked_title')).waitFor({ timeout: 60_000 });
}

/** One more person, from the settings of the one before. */
export async function addPerson(begun: Begun, name: string): Promise<void> {
  const { applicant, phone } = begun;
  await openLocking(begun);
  await applicant.button('people_add').click();
  await phone.page().locator('#person-name').fill(name);
  await phone
    .page()
    .getByRole('button', { name: applicant.t('person_start'), exact: true })
    .click();
  await applicant.link('home_start').waitFor();
}

/** What the locked screen calls the person whose vault is open. */
export async function nameSelf(begun: Begun, name: string): Promise<void> {
  const { applicant, phone } = begun;
  await openLocking(begun);
  await phone.page().locator('#own-name').fill(name);
  await phone
    .page()
    .getByRole('button', { name: `: ${applicant.t('person_name')}` })
    .click();
  await phone.page().getByText(applicant.t('locking_saved')).waitFor();
}
