/** The copy on the server and the recovery code: nothing is lost with a phone, and nothing is readable on the way. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { goWithin } from './support/locking';
import { kLooks } from './support/looks';
import { kQuickVisitor, kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { watchPolicy } from './support/policy';
import {
  codeOn,
  copyNow,
  makeRecovery,
  restore,
  restoredPhone,
  typeCode,
} from './support/recovery';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

const kMark = 'ZQRECOVER';

/** Types a surname into the draft whose list of sections is open. */
async function typeSurname({ applicant }: Begun, surname: string): Promise<void> {
  await applicant.openSection('person');
  await applicant.answer('surname_en', surname);
  await applicant.saved();
}

/** The surname in the only draft of the first page. */
async function surnameOnPhone({ applicant, phone }: Begun): Promise<string> {
  await goWithin(phone.page(), '#/');
  await applicant.link('home_continue').first().click();
  await applicant.link('tasks_check').waitFor();
  await applicant.openSection('person');
  return applicant.field('surname_en').locator('input').inputValue();
}

/** Every byte that the server keeps, as one text. */
async function everythingStored(): Promise<string> {
  const names = await readdir(stack.dataDir, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile());
  const texts = await Promise.all(
    files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')),
  );
  return texts.join('\n');
}

async function deleteSiteData({ phone }: Begun): Promise<void> {
  const page = phone.page();
  const session = await phone.context().newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: stack.url, storageTypes: 'all' });
  await page.goto('about:blank');
  await page.goto(`${stack.url}/`);
}

test('pains 9: all site data is deleted, and the recovery code restores the draft', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  await typeSurname(begun, kMark);
  const code = await makeRecovery(begun);
  await copyNow(begun);

  await deleteSiteData(begun);
  await applicant.link('home_start').waitFor();
  expect(await phone.page().locator('main .card').count()).toBe(0);
  await restore(begun, code);

  expect(await surnameOnPhone(begun)).toBe(kMark);
  const stored = await everythingStored();
  expect(stored).toContain('age-encryption.org');
  expect(stored).not.toContain(kMark);
  expect(stored).not.toContain(code);
  expect(stack.log()).not.toContain(code);
});

test('another browser profile gets files, what was received and what waits, by a code typed carelessly', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  const page = phone.page();
  const files = {
    photo: await photo(),
    id_card: await documentPage('id.jpg'),
    passport_page: await documentPage('page.jpg'),
  };
  await applicant.fillForm({ ...kVisitorWithDocuments, ...files });
  await applicant.submit();
  const caseNumber = await applicant.received();
  await goWithin(page, '#/');
  await applicant.start();
  await applicant.fillForm(kQuickVisitor);
  await page.route('**/api/v1/{submissions,parts}**', (route) => route.abort());
  await applicant.submit();
  await page.getByText(applicant.t('sent_title_sealed')).first().waitFor();
  const code = await makeRecovery(begun);
  await copyNow(begun);
  await phone.close();

  const other = await begin(stack.url, { atHome: true });
  const watched = await watchPolicy(other.phone.page());
  await restore(other, code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'O'));

  await goWithin(other.phone.page(), '#/');
  await other.phone.page().getByText(caseNumber).waitFor();
  await expect
    .poll(() => other.phone.page().locator('.case-number').count(), { timeout: 60_000 })
    .toBe(2);
  expect(watched.violations()).toEqual([]);
});

test('a mistyped code tells which group to look at, and brings nothing', async () => {
  const begun = await begin(stack.url);
  await typeSurname(begun, kMark);
  const code = await makeRecovery(begun);
  const other = await begin(stack.url, { atHome: true });
  const groups = code.split('-');
  groups[3] = `${groups[3]?.startsWith('X') === true ? 'Y' : 'X'}${groups[3]?.slice(1) ?? ''}`;

  await typeCode(other, groups.join('-'));

  const told = other.applicant.t('restore_group').replace('{number}', '4');
  await other.phone.page().getByText(told).waitFor();
  await typeCode(other, '000G-40R4-0M30-E209-185G-R38E-FK');
  await other.phone.page().getByText('backup_missing').waitFor();
  await goWithin(other.phone.page(), '#/');
  await other.applicant.link('home_start').waitFor();
  expect(await other.phone.page().locator('main .card').count()).toBe(0);
});

test('two phones change one draft: both versions are kept, shown side by side, and one goes by choice', async () => {
  const here = await begin(stack.url);
  await typeSurname(here, 'BEFORE');
  const code = await makeRecovery(here);
  await copyNow(here);
  const there = await restoredPhone(stack.url, code);
  await goWithin(there.phone.page(), '#/');
  await there.applicant.link('home_continue').click();
  await typeSurname(there, 'THERE');
  await goWithin(here.phone.page(), '#/');
  await here.applicant.link('home_continue').click();
  await typeSurname(here, 'HERE');
  await copyNow(there);

  await copyNow(here);

  const page = here.phone.page();
  await goWithin(page, '#/');
  await here.applicant.link('versions_compare').click();
  await here.applicant.heading(here.applicant.t('versions_title')).waitFor();
  const row = page.locator('.versions__row').filter({ hasText: 'THERE' });
  await row.waitFor();
  expect(await page.locator('.versions__row').count()).toBe(1);
  expect(await row.locator('dd').allInnerTexts()).toEqual(['HERE', 'THERE']);
  await snapshot(page, 'versions-en-light-360');
  expect([...(await barriers(page)), ...(await tooWide(page))]).toEqual([]);
  const mine = page.locator('.versions__choices .card').last();
  await mine.getByRole('button', { name: here.applicant.t('versions_delete') }).click();
  await mine
    .getByRole('alert')
    .getByRole('button', { name: here.applicant.t('versions_delete') })
    .click();
  await here.applicant.link('home_start').waitFor();
  await expect.poll(() => page.locator('main .card').count()).toBe(1);
  expect(await surnameOnPhone(here)).toBe('HERE');
});

test('a lost code is replaced from the open phone; the former one opens nothing', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  await typeSurname(begun, kMark);
  const former = await makeRecovery(begun);
  await copyNow(begun);

  await applicant.button('backup_replace_button').click();
  await phone
    .page()
    .getByRole('alert')
    .getByRole('button', { name: applicant.t('backup_replace_button') })
    .click();
  await applicant.heading(applicant.t('sheet_title')).waitFor();
  await expect.poll(() => codeOn(phone.page())).not.toBe(former);
  const next = await codeOn(phone.page());

  const other = await begin(stack.url, { atHome: true });
  await typeCode(other, former);
  await other.phone.page().getByText('backup_missing').waitFor();
  await restore(other, next);
  expect(await surnameOnPhone(other)).toBe(kMark);
});

test('the copy is deleted: the server keeps nothing of it, the phone keeps its draft', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  await typeSurname(begun, kMark);
  const code = await makeRecovery(begun);
  await copyNow(begun);

  await applicant.button('backup_delete_button').click();
  await applicant.button('backup_delete_yes').click();
  await applicant.button('backup_make').waitFor();

  const other = await begin(stack.url, { atHome: true });
  await typeCode(other, code);
  await other.phone.page().getByText('backup_missing').waitFor();
  expect(await surnameOnPhone(begun)).toBe(kMark);
  await phone.close();
});

test('the sheet prints with code, QR code and the agency’s key, and nothing to press', async () => {
  const begun = await begin(stack.url);
  await makeRecovery(begun);
  const page = begun.phone.page();

  await page.emulateMedia({ media: 'print' });

  const shown = page.locator('.sheet__code, .qr, .address, code');
  for (const part of await shown.all()) expect(await part.isVisible()).toBe(true);
  expect(await shown.count()).toBe(4);
  for (const control of await page.locator('button, select, .header').all()) {
    expect(await control.isVisible()).toBe(false);
  }
  await snapshot(page, 'sheet-print');
});

/** Called on each page with its name. */
type Visit = (name: string) => Promise<void>;

const kPages = [
  'backup-none',
  'sheet',
  'backup-on',
  'backup-sure',
  'restore',
  'restore-wrong',
  'restore-done',
] as const;

async function throughPages(begun: Begun, visit: Visit): Promise<void> {
  const { applicant, phone } = begun;
  const page: Page = phone.page();
  await goWithin(page, '#/backup');
  await applicant.button('backup_make').waitFor();
  await visit('backup-none');
  const code = await makeRecovery(begun);
  await visit('sheet');
  await copyNow(begun);
  await visit('backup-on');
  await applicant.button('backup_delete_button').click();
  await visit('backup-sure');
  await goWithin(page, '#/restore');
  await applicant.heading(applicant.t('home_restore')).waitFor();
  await visit('restore');
  await typeCode(begun, code.slice(0, -1));
  await page.locator('.field--error').waitFor();
  await visit('restore-wrong');
  await restore(begun, code);
  await visit('restore-done');
}

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  test('the pages of copy and sheet hold no barrier and fit the screen', async () => {
    const begun = await begin(stack.url, look);
    const page = begun.phone.page();
    const seen: string[] = [];

    await throughPages(begun, async (name) => {
      await snapshot(page, `${name}-${look.catalog}-${look.colorScheme}-${look.viewport.width}`);
      expect([...(await barriers(page)), ...(await tooWide(page))], name).toEqual([]);
      seen.push(name);
    });

    expect(seen).toEqual([...kPages]);
  });
});
