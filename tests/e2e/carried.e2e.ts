/** With no network at all: the sealed file is carried to the server, and the receipt back. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { begin } from './support/begun';
import { caseNumbers } from './support/office';
import { kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { snapshot } from './support/snapshot';
import { required, startStack } from './support/stack';
import type { Stack } from './support/stack';

const run = promisify(execFile);

let stack: Stack;
let stick: string;

beforeEach(async () => {
  stack = await startStack();
  stick = await mkdtemp(path.join(tmpdir(), 'landfall-stick-'));
});

afterEach(async () => {
  await stack?.remove();
  await rm(stick, { recursive: true, force: true });
});

/** Hands in the file at the server, as somebody at a counter would. */
async function handIn(file: string): Promise<string> {
  const root = path.join(required('LANDFALL_DEV_KEYS'), 'root.pub');
  const args = ['submissions', 'import', file, '--server', stack.url, '--trust', root];
  const { stdout } = await run(required('LANDFALL_PROGRAM'), [...args, '--receipts', stick]);
  return stdout.split(' ')[0] ?? '';
}

test('a phone that never sees a network again sends its application and gets its receipt', async () => {
  const { applicant, phone } = await begin(stack.url);
  await applicant.fillForm({
    ...kVisitorWithDocuments,
    photo: await photo(),
    id_card: await documentPage('id.jpg'),
    passport_page: await documentPage('page.jpg'),
  });
  await phone.offline(true);
  await applicant.submit();
  const page = phone.page();
  await page.getByText(applicant.t('sent_waiting_network')).first().waitFor();
  await page.getByText(applicant.t('sent_carry_title')).click();
  await snapshot(page, 'carry-by-hand');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    applicant.button('sent_carry_button').click(),
  ]);
  const file = path.join(stick, 'application.tar');
  await download.saveAs(file);

  const caseNumber = await handIn(file);
  expect(await handIn(file)).toBe(caseNumber);
  expect((await readdir(stick)).sort()).toEqual([`${caseNumber}.jws`, 'application.tar']);
  const another = path.join(stick, 'another.jws');
  await writeFile(another, 'eyJhbGciOiJFZERTQSJ9.e30.AAAA');
  const input = page.getByLabel(applicant.t('sent_receipt_file'));
  await input.setInputFiles(another);
  await page.getByRole('alert').first().waitFor();
  await snapshot(page, 'carry-wrong-receipt');
  expect(await applicant.button('sent_carry_button').isVisible()).toBe(true);
  await input.setInputFiles(path.join(stick, `${caseNumber}.jws`));

  expect(await applicant.received()).toBe(caseNumber);
  await page.getByText(applicant.t('receipt_genuine')).waitFor();
  await phone.offline(false);
  expect(await caseNumbers(stack.dataDir)).toEqual([caseNumber]);
});
