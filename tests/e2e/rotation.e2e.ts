/** The agency replaces its keys: what was begun, sent and received under the earlier ones goes on. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { begin } from './support/begun';
import { openCase } from './support/office';
import { kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { ownKeys, receiptKeysOf } from './support/rotation';
import { startStack } from './support/stack';

test('pains 21: after the keys are replaced, drafts, submissions and receipts of before still open and verify', async () => {
  const agency = await ownKeys();
  onTestFinished(() => rm(agency.folder, { recursive: true, force: true }));
  const stack = await startStack(agency);
  onTestFinished(() => stack.remove());
  const answers = {
    ...kVisitorWithDocuments,
    photo: await photo(),
    id_card: await documentPage('id.jpg'),
    passport_page: await documentPage('page.jpg'),
  };
  // One sends before, and one has all but sent: the documents are sealed to the key of then.
  const early = await begin(stack.url);
  await early.applicant.fillForm(answers);
  await early.applicant.submit();
  const sentBefore = await early.applicant.received();
  const [download] = await Promise.all([
    early.phone.page().waitForEvent('download'),
    early.applicant.button('receipt_save').click(),
  ]);
  const receipt = await download.path();
  const late = await begin(stack.url);
  await late.applicant.fillForm(answers);
  const check = late.phone.page().url();
  // A third seals offline, to the key of then, and will come online after it was retired.
  const offline = await begin(stack.url);
  await offline.applicant.fillForm(answers);
  await offline.phone.offline(true);
  await offline.applicant.submit();
  await offline.phone
    .page()
    .getByText(offline.applicant.t('sent_waiting_network'))
    .first()
    .waitFor();

  const keysBefore = await receiptKeysOf(agency.packages);
  await stack.stop();
  const retired = await agency.rotate();
  await stack.start();
  expect(await receiptKeysOf(agency.packages)).toHaveLength(keysBefore.length + 1);

  await late.phone.page().goto(`${stack.url}/`);
  await late.applicant.link('home_start').waitFor();
  await late.phone.page().goto(check);
  await late.applicant.submit();
  const sentAfter = await late.applicant.received();
  await offline.phone.offline(false);
  const sealedBefore = await offline.applicant.received();

  const filesOf = (number: string): string => path.join(agency.folder, number);
  const open = (number: string, identity: string) =>
    openCase(stack.dataDir, number, {
      identity,
      packages: agency.packages,
      files: filesOf(number),
    });
  for (const [number, identity] of [
    [sentBefore, retired],
    [sealedBefore, retired],
    [sentAfter, agency.identity()],
  ] as const) {
    const opened = await open(number, identity);
    expect(opened.answers).toMatchObject({ person: { name_zh: '陳大文' } });
    expect(opened.differences).toEqual([]);
    // The documents too, wherever they were sealed when the keys changed.
    expect((await readdir(filesOf(number))).length).toBeGreaterThanOrEqual(3);
  }
  // The retired key opens nothing that was sealed after it.
  await expect(open(sentAfter, retired)).rejects.toThrow();

  expect(await agency.verifies(receipt)).toMatch(/genuine/);
  const { applicant, phone } = early;
  await phone.page().goto(`${stack.url}/#/verify`);
  await phone.offline(true);
  await phone.page().getByLabel(applicant.t('verify_file')).setInputFiles(receipt);
  await phone.page().locator('.banner--success').waitFor();
});
