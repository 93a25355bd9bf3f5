/** The agency restores its data from a copy: the phone hands in again what was lost, by itself, and nothing else. */
import { cp, rm } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kLooks } from './support/looks';
import { kQuickVisitor } from './support/people';
import { ownKeys } from './support/rotation';
import type { OwnKeys } from './support/rotation';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

const kNew = 'landfall.localhost/log-2';

interface Agency extends Begun {
  readonly keys: OwnKeys;
  readonly stack: Stack;
}

interface Sent {
  readonly page: string;
  readonly number: string;
}

async function send({ applicant, phone }: Begun): Promise<Sent> {
  await applicant.fillForm(kQuickVisitor);
  await applicant.submit();
  const number = await applicant.received();
  return { page: phone.page().url(), number };
}

async function saved({ applicant, phone }: Begun, key: string): Promise<string> {
  const [download] = await Promise.all([
    phone.page().waitForEvent('download'),
    applicant.button(key).click(),
  ]);
  return download.path();
}

async function entries({ stack }: Agency): Promise<string | undefined> {
  const head = await (await fetch(`${stack.url}/api/v1/log/checkpoint`)).text();
  return head.split('\n')[1];
}

/** A phone whose second application was received after the copy that the agency went back to. */
async function restored(
  look: (typeof kLooks)[number],
): Promise<Agency & { sent: readonly Sent[] }> {
  const keys = await ownKeys();
  onTestFinished(() => rm(keys.folder, { recursive: true, force: true }));
  const stack = await startStack(keys);
  onTestFinished(() => stack.remove());
  const begun = await begin(stack.url, look);
  const { applicant, phone } = begun;
  const first = await send(begun);
  const copy = `${keys.folder}/copy`;
  await stack.stop();
  await cp(stack.dataDir, copy, { recursive: true });
  await stack.start();
  await phone.page().goto(`${stack.url}/#/`);
  await applicant.link('home_start').waitFor();
  await applicant.start();
  const sent = [first, await send(begun)];
  await stack.stop();
  await rm(stack.dataDir, { recursive: true });
  await cp(copy, stack.dataDir, { recursive: true });
  await keys.continueLog(stack.dataDir, kNew);
  return { ...begun, keys, stack, sent };
}

test('after a restore the phone sends again what was lost and keeps both receipts', async () => {
  let looked = 0;
  for (const look of kLooks.slice(1, 3)) {
    const agency = await restored(look);
    const { applicant, phone, stack, keys } = agency;
    const [held, lost] = agency.sent;
    if (held === undefined || lost === undefined) throw new Error('two were sent');
    const page = phone.page();
    let posts = 0;
    let block = true;
    await phone.context().route('**/api/v1/submissions', async (route) => {
      posts += 1;
      await (block ? route.abort() : route.continue());
    });

    await stack.start(kNew);
    await page.goto(lost.page);
    await page.reload();
    await page.getByText(applicant.t('reoffer_sending')).waitFor({ timeout: 60_000 });
    await snapshot(page, `log-restored-sending-${look.catalog}`);
    block = false;
    await page.reload();
    await page.getByText(applicant.t('reoffer_done')).waitFor({ timeout: 90_000 });
    await snapshot(page, `log-restored-done-${look.catalog}`);

    const number = await applicant.received();
    expect(number).not.toBe(lost.number);
    expect(await page.locator('.receipt-earlier').innerText()).toContain(lost.number);
    const [now, before] = [
      await saved(agency, 'receipt_save'),
      await saved(agency, 'reoffer_receipt'),
    ];
    for (const file of [now, before]) expect(await keys.verifies(file)).toMatch(/^genuine: /);
    expect(await entries(agency)).toBe('2');

    // The other one stands where it stood, and nothing more is sent.
    const sent = posts;
    await page.goto(held.page);
    await page.reload();
    expect(await applicant.received()).toBe(held.number);
    await page.waitForTimeout(4_000);
    expect(posts).toBe(sent);
    expect(await page.getByText(applicant.t('reoffer_title')).count()).toBe(0);
    expect(await page.getByText(applicant.t('alarm_title')).count()).toBe(0);
    looked += 1;
    await phone.close();
  }
  expect(looked).toBe(2);
});

test('after a restore a phone without the sealed parts says what to do, and sends the draft anew', async () => {
  const agency = await restored(kLooks[0]);
  const { applicant, phone, stack } = agency;
  const page = phone.page();
  await page.evaluate(async () => {
    const names = (await indexedDB.databases()).map(({ name }) => name ?? '');
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('the database does not open'));
      });
      if (!database.objectStoreNames.contains('files')) continue;
      const cleared = database.transaction('files', 'readwrite');
      cleared.objectStore('files').clear();
      await new Promise((resolve) => cleared.addEventListener('complete', resolve));
      database.close();
    }
  });

  await stack.start(kNew);
  await page.goto(agency.sent[1]?.page ?? '');
  await page.reload();
  await page.getByText(applicant.t('reoffer_gone')).waitFor({ timeout: 60_000 });
  await snapshot(page, 'log-restored-gone-en');
  await applicant.button('sent_reopen').click();
  await applicant.link('tasks_check').click();
  await applicant.submit();
  await applicant.received();
  expect(await entries(agency)).toBe('2');
});
