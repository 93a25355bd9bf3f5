/** A receipt that is shown to somebody else: checked on that person's phone, offline, with no account. */
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kQuickVisitor } from './support/people';
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

interface Shown {
  readonly caseNumber: string;
  /** The receipt file, and the text of the QR code. */
  readonly full: string;
  readonly short: string;
}

/** Somebody's receipt, as the portal saves it. */
async function somebodysReceipt(): Promise<Shown> {
  const { applicant, phone } = await begin(stack.url);
  await applicant.fillForm(kQuickVisitor);
  await applicant.submit();
  const caseNumber = await applicant.received();
  const [download] = await Promise.all([
    phone.page().waitForEvent('download'),
    applicant.button('receipt_save').click(),
  ]);
  const full = await readFile(await download.path(), 'utf8');
  const payload = Buffer.from(full.split('.')[1] ?? '', 'base64url').toString();
  const { short } = JSON.parse(payload) as { readonly short: string };
  return { caseNumber, full, short };
}

/** What the page says about a receipt file. */
async function checkFile({ applicant, phone }: Begun, content: string): Promise<string> {
  const main = phone.page().locator('main');
  await phone
    .page()
    .getByLabel(applicant.t('verify_file'))
    .setInputFiles({
      name: 'receipt.jws',
      mimeType: 'application/jose',
      buffer: Buffer.from(content),
    });
  await main.locator('.banner--success, .banner--error').waitFor();
  return main.innerText();
}

/** The receipt with another case number: the shape of one, and not the agency's. */
function forged(full: string): string {
  const [head, payload, signature] = full.trim().split('.');
  const text = Buffer.from(payload ?? '', 'base64url').toString();
  const changed = text.replace(/"case_number":"(\d+)\d"/, '"case_number":"$10"');
  return [head, Buffer.from(changed).toString('base64url'), signature].join('.');
}

test('a phone without network or account says what about a receipt was checked, and refuses a forged one', async () => {
  const { caseNumber, full, short } = await somebodysReceipt();
  const stranger = await begin(stack.url, { atHome: true });
  const { applicant, phone } = stranger;
  const page = phone.page();
  await page.goto(`${stack.url}/#/help`);
  const ready = page.locator('.summary-list__row').filter({ hasText: applicant.t('help_offline') });
  await ready.getByText(applicant.t('yes'), { exact: true }).waitFor();
  await phone.offline(true);
  await page.goto(`${stack.url}/#/verify`);
  await applicant.heading(applicant.t('verify_title')).waitFor();

  const genuine = await checkFile(stranger, full);
  for (const key of ['receipt_genuine', 'verify_signed', 'verify_logged'])
    expect(genuine).toContain(applicant.t(key));
  expect(genuine).toContain(caseNumber);
  await snapshot(page, 'verify-genuine');

  await page.getByLabel(applicant.t('verify_paste')).fill(`\n${short}\n`);
  await page.getByRole('button', { name: applicant.t('verify_button'), exact: true }).click();
  await page.getByText(applicant.t('verify_short')).waitFor();
  expect(await page.locator('main').innerText()).toContain(caseNumber);

  const wrong = await checkFile(stranger, forged(full));
  expect(wrong).toContain(applicant.t('receipt_not_genuine'));
  expect(wrong).toContain(applicant.t('verify_forged'));
  const held = await page.locator('.steps__step--held').allInnerTexts();
  expect(held.join()).not.toContain(applicant.t('verify_signed'));
  const failed = await page.locator('.steps__step--failed').allInnerTexts();
  expect(failed.join()).toContain(applicant.t('verify_signed'));
  await snapshot(page, 'verify-forged');
  const nothing = await checkFile(stranger, 'a photo, say');
  expect(nothing).toContain(applicant.t('verify_not_genuine'));
  expect(nothing).toContain('jws_malformed');
});
