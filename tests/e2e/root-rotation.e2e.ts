/** The agency replaces its root key: phones with the build of before go on, and new builds believe what was. */
import { rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { openCase } from './support/office';
import { kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { ownKeys } from './support/rotation';
import { startStack } from './support/stack';

/** Whether the page that checks receipts finds this one genuine, with no network. */
async function checks({ applicant, phone }: Begun, url: string, receipt: string): Promise<void> {
  await phone.page().goto(`${url}/#/verify`);
  await phone.page().getByLabel(applicant.t('verify_file')).waitFor();
  // Everything is on the phone then, the module that judges too.
  await phone.page().evaluate(async () => void (await navigator.serviceWorker.ready));
  await phone.offline(true);
  await phone.page().getByLabel(applicant.t('verify_file')).setInputFiles(receipt);
  await phone.page().locator('.banner--success').waitFor();
}

test('pains 21: after the root key is replaced, old builds send and get receipts, and new builds believe old ones', async () => {
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
  // One has a receipt, one a draft that is filled in, one a sealed application in the queue.
  const early = await begin(stack.url);
  await early.applicant.fillForm(answers);
  await early.applicant.submit();
  await early.applicant.received();
  const [download] = await Promise.all([
    early.phone.page().waitForEvent('download'),
    early.applicant.button('receipt_save').click(),
  ]);
  const receipt = await download.path();
  const late = await begin(stack.url);
  await late.applicant.fillForm(answers);
  const check = late.phone.page().url();
  const queued = await begin(stack.url);
  await queued.applicant.fillForm(answers);
  await queued.phone.offline(true);
  await queued.applicant.submit();
  const waiting = queued.applicant.t('sent_waiting_network');
  await queued.phone.page().getByText(waiting).first().waitFor();

  await stack.stop();
  await agency.rotateRoot();
  await stack.start();

  await queued.phone.offline(false);
  const sealedBefore = await queued.applicant.received();
  await late.phone.page().goto(`${stack.url}/`);
  await late.applicant.link('home_start').waitFor();
  await late.phone.page().goto(check);
  await late.applicant.submit();
  const sentAfter = await late.applicant.received();
  for (const number of [sealedBefore, sentAfter]) {
    const office = { identity: agency.identity(), packages: agency.packages };
    const opened = await openCase(stack.dataDir, number, office);
    expect(opened.answers).toMatchObject({ person: { name_zh: '陳大文' } });
    expect(opened.differences).toEqual([]);
  }

  expect(await agency.verifies(receipt)).toMatch(/^genuine: .*former root/);
  expect(await agency.verifies(receipt, 'first root')).toMatch(/^genuine: /);
  await early.phone.page().goto(`${stack.url}/`);
  await early.applicant.link('home_start').waitFor();
  await checks(early, stack.url, receipt);

  // A build of after the rotation, on a phone that never saw the old root.
  const renewed = await startStack({ ...agency, web: await agency.newBuild() });
  onTestFinished(() => renewed.remove());
  await checks(await begin(renewed.url, { atHome: true }), renewed.url, receipt);
});
