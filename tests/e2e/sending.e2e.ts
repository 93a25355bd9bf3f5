/** Sending over bad roads: it goes on where it stood, never believes a stranger, and never makes two cases. */
import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingMessage } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Applicant } from './support/applicant';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { caseNumbers } from './support/office';
import { kQuickVisitor, kVisitorWithDocuments } from './support/people';
import { documentPage, photo } from './support/pictures';
import { openRoad } from './support/road';
import type { Road, Treatment } from './support/road';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;
let road: Road;

beforeEach(async () => {
  stack = await startStack();
  road = await openRoad(stack.url);
});

afterEach(async () => {
  await road?.close();
  await stack?.remove();
});

const kPass: Treatment = { kind: 'pass' };

function isApi(request: IncomingMessage): boolean {
  return request.url?.startsWith('/api/') === true;
}

function isSubmission(request: IncomingMessage): boolean {
  return request.method === 'POST' && request.url === '/api/v1/submissions';
}

/** Somebody who filled in everything and stands before the last button. */
async function filledIn(withDocuments = false): Promise<Begun> {
  const begun = await begin(road.url);
  const files = withDocuments
    ? {
        ...kVisitorWithDocuments,
        photo: await photo(),
        id_card: await documentPage('id.jpg'),
        passport_page: await documentPage('page.jpg'),
      }
    : kQuickVisitor;
  await begun.applicant.fillForm(files);
  return begun;
}

// issue: a tab killed in the middle of an upload
test('pains 13: a tab that dies in the middle of an upload goes on at the offset of the server', async () => {
  const { applicant, phone } = await filledIn(true);
  let cut: { readonly path: string; readonly offset: number } | null = null;
  road.treat((request) => {
    const offset = Number(request.headers['upload-offset'] ?? 0);
    if (cut !== null || request.method !== 'PATCH' || offset === 0) return kPass;
    cut = { path: request.url ?? '', offset };
    return { kind: 'cut-request', afterBytes: 40_000 };
  });
  await applicant.submit();
  await expect.poll(() => cut, { timeout: 30_000 }).not.toBeNull();
  const address = phone.page().url();
  const page = await phone.crashTab();
  road.treat(null);
  const before = road.passages.length;
  const { path, offset } = cut ?? { path: '', offset: 0 };
  await page.goto(address);
  const number = await applicant.received();
  expect(number).toMatch(/^\d{12}$/);

  const again = road.passages.slice(before).filter((passage) => passage.path === path);
  expect(again[0]?.method).toBe('HEAD');
  const sent = again.filter(({ method }) => method === 'PATCH');
  expect(sent.length).toBeGreaterThan(0);
  // What the server has is not sent again: each request begins where the one before ended.
  expect(sent[0]?.uploadOffset).toBeGreaterThanOrEqual(offset);
  for (const [index, one] of sent.entries()) {
    const next = sent[index + 1];
    if (next) expect(next.uploadOffset).toBe((one.uploadOffset ?? 0) + one.bytes);
  }
  expect(await caseNumbers(stack.dataDir)).toEqual([number]);
});

const kHotel = '<!doctype html><title>Welcome</title><p>Sign in to the hotel network.';

const kPortals: Readonly<Record<string, Treatment>> = {
  'a page with 200': {
    kind: 'answer',
    status: 200,
    headers: { 'content-type': 'text/html' },
    body: kHotel,
  },
  'a redirect': {
    kind: 'answer',
    status: 302,
    headers: { location: 'http://127.0.0.1:9/login' },
    body: '',
  },
  'a page with 511': {
    kind: 'answer',
    status: 511,
    headers: { 'content-type': 'text/html' },
    body: kHotel,
  },
  'an empty 200': { kind: 'answer', status: 200, headers: {}, body: '' },
};

test('pains 5: a hotel that answers in the place of the server never clears the outbox, and is named', async () => {
  const { applicant, phone } = await filledIn();
  let portal: Treatment = kPass;
  road.treat((request) => (isApi(request) ? portal : kPass));
  let answered = 0;
  for (const [name, treatment] of Object.entries(kPortals)) {
    portal = treatment;
    const asked = road.passages.length;
    if (answered === 0) await applicant.submit();
    else await applicant.button('sent_try_now').click();
    await expect.poll(() => road.passages.length, { message: name }).toBeGreaterThan(asked);
    await applicant.button('sent_try_now').waitFor();
    await applicant.heading(applicant.t('sent_title_sealed')).waitFor();
    if (name !== 'an empty 200') {
      await phone
        .page()
        .getByText(applicant.texts.problems['problem.captive_portal'] ?? 'no text')
        .first()
        .waitFor();
    }
    answered += 1;
  }
  expect(answered).toBe(Object.keys(kPortals).length);
  expect(await caseNumbers(stack.dataDir)).toEqual([]);

  // The same answers to the manifest alone, after the parts went through.
  for (const treatment of Object.values(kPortals)) {
    road.treat((request) => (isSubmission(request) ? treatment : kPass));
    const asked = road.passages.length;
    await applicant.button('sent_try_now').click();
    await expect
      .poll(
        () => road.passages.slice(asked).filter(({ path }) => path.endsWith('/submissions')).length,
      )
      .toBeGreaterThan(0);
    await applicant.button('sent_try_now').waitFor();
  }
  expect(await caseNumbers(stack.dataDir)).toEqual([]);

  road.treat(null);
  await applicant.button('sent_try_now').click();
  expect(await applicant.received()).toMatch(/^\d{12}$/);
});

test('pains 6: an answer that is lost five times, with two tabs trying, ends in one case and one receipt', async () => {
  const { applicant, phone } = await filledIn();
  let lost = 0;
  road.treat((request) => {
    if (!isSubmission(request) || lost >= 5) return kPass;
    lost += 1;
    return { kind: 'lose-answer' };
  });
  await applicant.submit();
  await expect.poll(() => lost).toBeGreaterThan(0);
  const first = phone.page();
  const address = first.url();
  const second = await phone.context().newPage();
  await second.goto(address);
  const until = Date.now() + 60_000;
  while (Date.now() < until && lost < 5) {
    for (const tab of [first, second]) {
      const again = tab.getByRole('button', { name: applicant.t('sent_try_now') });
      if (await again.isVisible()) await again.click().catch(() => undefined);
    }
    await pause(200);
  }
  expect(lost).toBe(5);
  const number = await applicant.received();
  expect(number).toMatch(/^\d{12}$/);
  await expect
    .poll(async () => (await first.locator('main').innerText()).includes(number), {
      timeout: 20_000,
    })
    .toBe(true);
  expect(await caseNumbers(stack.dataDir)).toEqual([number]);
  const posted = road.passages.filter(
    ({ path, method }) => method === 'POST' && path === '/api/v1/submissions',
  );
  expect(posted.length).toBe(6);
  expect(posted.map(({ status }) => status).slice(1)).toEqual([200, 200, 200, 200, 200]);
});

// issue: two tabs share one outbox through Web Locks
test('two tabs share one outbox: one sends, both show where it stands', async () => {
  const { applicant, phone } = await filledIn();
  const second = await phone.context().newPage();
  await second.goto(`${road.url}/`);
  await second.getByRole('link', { name: applicant.t('home_start') }).waitFor();
  const first = phone.context().pages()[0];
  if (first === undefined) throw new Error('the first tab is gone');
  await first.bringToFront();
  const sender = new Applicant(() => first);
  await sender.submit();
  const number = await sender.received();
  await expect
    .poll(async () => (await second.locator('main').innerText()).includes(number))
    .toBe(true);
  const sent = road.passages.filter(
    ({ path, method }) => method === 'POST' && path === '/api/v1/submissions',
  );
  expect(sent.length).toBe(1);
  const created = road.passages.filter(
    ({ path, method }) => method === 'POST' && path === '/api/v1/parts',
  );
  expect(created.length).toBe(1);
});
