/** A server that shows two different logs: the phone notices, says what it means, and keeps the evidence. */
import { readFile } from 'node:fs/promises';
import { expect, onTestFinished, test } from 'vitest';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kLooks } from './support/looks';
import { kQuickVisitor } from './support/people';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

/** A server with the same keys and a log of its own, in which somebody else's application stands. */
async function forkedStack(): Promise<Stack> {
  const forked = await startStack();
  onTestFinished(() => forked.remove());
  for (let receipts = 0; receipts < 2; receipts += 1) {
    const other = await begin(forked.url);
    await other.applicant.fillForm(kQuickVisitor);
    await other.applicant.submit();
    await other.applicant.received();
    await other.phone.close();
  }
  return forked;
}

/** From now on the phone is shown the log of another server; everything else stays as it was. */
async function divertLog({ phone }: Begun, to: Stack, from: Stack): Promise<void> {
  await phone.context().route(`${from.url}/api/v1/log/**`, async (route) => {
    const url = route.request().url().replace(from.url, to.url);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
}

test('a record that shows two faces is an alarm on every page, and stops nobody', async () => {
  const forked = await forkedStack();
  for (const look of [kLooks[0], ...kLooks.slice(1, 3)]) {
    const stack = await startStack();
    onTestFinished(() => stack.remove());
    const begun = await begin(stack.url, look);
    const { applicant, phone } = begun;
    await applicant.fillForm(kQuickVisitor);
    await applicant.submit();
    await applicant.received();
    const page = phone.page();
    expect(await page.getByText(applicant.t('alarm_title')).count()).toBe(0);

    await page.goto(`${stack.url}/#/`);
    await applicant.link('home_start').waitFor();
    await applicant.start();
    await applicant.fillForm(kQuickVisitor);
    const check = page.url();

    await divertLog(begun, forked, stack);
    await page.reload();
    const alarm = page.locator('.banner--error').filter({ hasText: applicant.t('alarm_title') });
    await alarm.waitFor();
    await snapshot(page, `log-alarm-${look.catalog}-${look.colorScheme}`);
    const save = async (key: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        applicant.button(key).click(),
      ]);
      return readFile(await download.path(), 'utf8');
    };
    const [kept, found] = [await save('alarm_save_kept'), await save('alarm_save_found')];
    expect(kept.split('\n')[0]).toBe(found.split('\n')[0]);
    expect(kept).not.toBe(found);
    expect(found.split('\n')[1]).toBe('2');

    // It stays, also when the server shows the first face again; and everything goes on.
    await phone.context().unrouteAll();
    await page.goto(`${stack.url}/#/help`);
    await page.reload();
    await alarm.waitFor();
    await page.goto(check);
    await applicant.submit();
    await applicant.received();
    await alarm.waitFor();
    await phone.close();
  }
});
