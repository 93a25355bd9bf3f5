/** What a person does to keep a copy and to bring it back. */
import type { Page } from 'playwright-core';
import { begin } from './begun';
import type { Begun, BegunOptions } from './begun';
import { goWithin } from './locking';

/** Makes a recovery code, from the first page on; ends on the sheet, and gives the code on it. */
export async function makeRecovery({ applicant, phone }: Begun): Promise<string> {
  const page = phone.page();
  await goWithin(page, '#/');
  await applicant.link('backup_title').click();
  await applicant.button('backup_make').click();
  await applicant.heading(applicant.t('sheet_title')).waitFor();
  return codeOn(page);
}

export async function codeOn(page: Page): Promise<string> {
  return (await page.locator('.sheet__code').innerText()).replace(/\s/g, '');
}

/** Brings the copy up to date by the button, and waits until the page says that it is. */
export async function copyNow({ applicant, phone }: Begun): Promise<void> {
  const page = phone.page();
  await goWithin(page, '#/backup');
  await applicant.button('backup_now').click();
  await page.locator('.banner--success').getByText(applicant.t('backup_kept')).waitFor();
}

/** Types the code on the page of restoring and presses the button. */
export async function typeCode({ applicant, phone }: Begun, code: string): Promise<void> {
  const page = phone.page();
  await goWithin(page, '#/restore');
  await applicant.heading(applicant.t('home_restore')).waitFor();
  await page.locator('#recovery-code').fill(code);
  await page.getByRole('button', { name: applicant.t('restore_button'), exact: true }).click();
}

/** Restores, and waits until the page says so. */
export async function restore(begun: Begun, code: string): Promise<void> {
  const { applicant, phone } = begun;
  await typeCode(begun, code);
  await phone.page().locator('.banner--success').getByText(applicant.t('restore_done')).waitFor();
}

/** Another browser profile, in which `code` brought everything back. */
export async function restoredPhone(
  url: string,
  code: string,
  options: BegunOptions = {},
): Promise<Begun> {
  const begun = await begin(url, { ...options, atHome: true });
  await restore(begun, code);
  return begun;
}
