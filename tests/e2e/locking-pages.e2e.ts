/** The pages of locking and of people: no barrier that axe finds, no scrolling sideways, usable by keys. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addAuthenticator } from './support/authenticator';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import {
  addPerson,
  chooseWay,
  isLocked,
  isOpen,
  lockButton,
  nameSelf,
  openLocking,
  showWrong,
  wayIsKept,
} from './support/locking';
import { kLooks } from './support/looks';
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

const kPin = '493817';

/** Called on each page with its name. */
type Visit = (name: string) => Promise<void>;

const kPages = [
  'settings',
  'settings-pin',
  'settings-short',
  'settings-kept',
  'settings-none',
  'settings-others',
  'settings-leave',
  'locked-people',
  'locked-pin',
  'locked-wrong',
  'locked-wait',
  'locked-add',
] as const;

async function throughSettings(begun: Begun, visit: Visit): Promise<void> {
  const { applicant, phone } = begun;
  await nameSelf(begun, '王小明 Wang');
  await openLocking(begun);
  await visit('settings');
  await chooseWay(begun, 'pin', { next: '12' });
  await visit('settings-short');
  await phone.page().reload();
  await openLocking(begun);
  await phone
    .page()
    .getByRole('radio', { name: applicant.t('method_pin') })
    .check();
  await visit('settings-pin');
  await chooseWay(begun, 'pin', { next: kPin });
  await wayIsKept(begun);
  await visit('settings-kept');
  await phone
    .page()
    .getByRole('radio', { name: applicant.t('method_device') })
    .check();
  await visit('settings-none');
  await openLocking(begun);
  await applicant.button('people_add').click();
  await visit('settings-others');
  await applicant.button('cancel').click();
  await applicant.button('leave_button').click();
  await visit('settings-leave');
}

async function throughLocked(begun: Begun, visit: Visit): Promise<void> {
  const { applicant, phone } = begun;
  const page = phone.page();
  await addPerson(begun, 'Nguyễn Thị Minh Khai');
  await lockButton(begun).click();
  await isLocked(begun);
  await page.getByRole('button', { name: '王小明 Wang' }).waitFor();
  await visit('locked-people');
  await page.getByRole('button', { name: '王小明 Wang' }).click();
  await page.locator('#unlock-password').waitFor();
  await visit('locked-pin');
  await showWrong(begun, '000000');
  await page.locator('.banner--error').waitFor();
  await visit('locked-wrong');
  for (let more = 0; more < 4; more += 1) {
    await showWrong(begun, '000000');
  }
  await page.locator('.banner--warning').waitFor({ timeout: 60_000 });
  await visit('locked-wait');
  await applicant.button('people_add').click();
  await page.locator('#person-name').waitFor();
  await visit('locked-add');
}

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  test('every page of locking passes axe and fits the screen', async () => {
    const url = stack.url.replace('127.0.0.1', 'localhost');
    const begun = await begin(url, {
      ...look,
      before: async (page) => void (await addAuthenticator(page)),
    });
    const { phone } = begun;
    const visited: string[] = [];
    const found: string[] = [];
    const visit: Visit = async (name) => {
      const page = phone.page();
      visited.push(name);
      for (const one of [...(await barriers(page)), ...(await tooWide(page))])
        found.push(`${name}: ${one}`);
      const { catalog, colorScheme, viewport } = look;
      await snapshot(page, `locking-${catalog}-${colorScheme}-${viewport.width}-${name}`);
    };
    await throughSettings(begun, visit);
    await throughLocked(begun, visit);
    expect([...visited].sort()).toEqual([...kPages].sort());
    expect(found).toEqual([]);
  });
});

/** Presses Tab until `target` has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let steps = 0; steps < 40; steps += 1) {
    if (await target.evaluate((one) => one === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`40 times Tab do not lead to ${String(target)}`);
}

test('with keys alone one sets a PIN, is told, locks and unlocks', async () => {
  const begun = await begin(stack.url);
  const { applicant, phone } = begun;
  const page = phone.page();
  await openLocking(begun);
  await tabTo(page, page.getByRole('radio', { name: applicant.t('method_device') }));
  while (!(await page.getByRole('radio', { name: applicant.t('method_pin') }).isChecked()))
    await page.keyboard.press('ArrowUp');
  await tabTo(page, page.locator('#new-password'));
  await page.keyboard.type(kPin);
  await tabTo(page, page.locator('#new-password-again'));
  await page.keyboard.type(kPin);
  await page.keyboard.press('Enter');
  await wayIsKept(begun);
  const told = page.getByRole('status').filter({ hasText: applicant.t('locking_saved') });
  expect(await told.count()).toBeGreaterThan(0);
  await page.reload();
  await isLocked(begun);

  await tabTo(page, page.locator('#unlock-password'));
  await page.keyboard.type('111111');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await expect
    .poll(() => page.locator('#unlock-password').inputValue(), { timeout: 60_000 })
    .toBe('');
  // Whoever mistyped types again at once.
  await expect
    .poll(() => page.locator('#unlock-password').evaluate((one) => one === document.activeElement))
    .toBe(true);
  await page.keyboard.type(kPin);
  await page.keyboard.press('Enter');
  await isOpen(begun);
});
