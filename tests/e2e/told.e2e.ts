/** What the case office says reaches the phone: that it opened an application, or cannot. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kLooks } from './support/looks';
import { caseNumbers, openCase, tellUnreadable } from './support/office';
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

interface Sent extends Begun {
  readonly caseNumber: string;
}

async function sent(look: (typeof kLooks)[number]): Promise<Sent> {
  const begun = await begin(stack.url, look);
  await begun.applicant.fillForm(kQuickVisitor);
  await begun.applicant.submit();
  return { ...begun, caseNumber: await begun.applicant.received() };
}

/** What keeps somebody from using the page as it stands. */
async function obstacles({ phone }: Begun): Promise<string[]> {
  return [...(await barriers(phone.page())), ...(await tooWide(phone.page()))];
}

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  const shot = `${look.catalog}-${look.colorScheme}-${String(look.viewport.width)}`;

  test('an application that was opened is said to be, and later tries say the same', async () => {
    const one = await sent(look);
    const { applicant, phone, caseNumber } = one;
    await phone.page().getByText(applicant.t('told_nothing')).waitFor();

    const opened = await openCase(stack.dataDir, caseNumber, { tells: true });
    expect(opened.verdict.status).toBe('complete');
    await phone.page().reload();
    await phone.page().getByText(applicant.t('told_opened_text')).waitFor();

    expect(await obstacles(one)).toEqual([]);
    await snapshot(phone.page(), `told-opened-${shot}`);
    await applicant.link('to_home').click();
    await phone.page().locator('.card--done .banner--success').waitFor();
    expect(await obstacles(one)).toEqual([]);
    await applicant.link('home_receipt').click();
    await phone.offline(true);
    await phone.page().reload();
    await phone.page().getByText(applicant.t('told_opened_text')).waitFor();
    await phone.offline(false);
  });
});

test('what cannot be read is sealed again from what is kept, and both receipts stay', async () => {
  const one = await sent(kLooks[0]);
  const { applicant, phone, caseNumber } = one;
  await phone.page().getByText(applicant.t('told_nothing')).waitFor();
  await tellUnreadable(stack.dataDir, caseNumber);
  await phone.page().reload();
  const again = applicant.button('told_seal_again');
  await again.waitFor();
  expect(await obstacles(one)).toEqual([]);
  await snapshot(phone.page(), 'told-unreadable-en-light-360');

  await again.click();
  await applicant.link('tasks_check').click();
  await applicant.submit();
  const second = await applicant.received();
  expect(second).not.toBe(caseNumber);
  const numbers = await caseNumbers(stack.dataDir);
  expect(numbers).toEqual(expect.arrayContaining([caseNumber, second]));
  expect((await openCase(stack.dataDir, second)).verdict.status).toBe('complete');
});
