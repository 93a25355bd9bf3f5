/** Every page: no barrier that axe finds, no scrolling sideways, usable by keys, and honest about where it runs. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import { kLooks } from './support/looks';
import { openRoad } from './support/road';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';
import { kPages, tour } from './support/tour';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  test('every page passes axe and fits the screen', async () => {
    const begun = await begin(stack.url, { ...look, atHome: true });
    const { phone } = begun;
    const visited: string[] = [];
    const found: string[] = [];
    await tour(begun, async (name) => {
      const page = phone.page();
      expect(await page.evaluate(() => [innerWidth, document.documentElement.lang])).toEqual([
        look.viewport.width,
        look.catalog,
      ]);
      visited.push(name);
      for (const one of [...(await barriers(page)), ...(await tooWide(page))])
        found.push(`${name}: ${one}`);
      const { catalog, colorScheme, viewport } = look;
      await snapshot(
        page,
        `page-${catalog}-${colorScheme}-${viewport.width}-${visited.length}-${name}`,
      );
    });
    expect(visited).toEqual([...kPages]);
    expect(found).toEqual([]);
  });
});

test('the checks of pages notice a barrier and an element that is too wide', async () => {
  const { phone } = await begin(stack.url, { atHome: true });
  const page = phone.page();
  await page.evaluate(() => {
    const picture = document.createElement('img');
    picture.width = 500;
    document.querySelector('main')?.append(picture);
  });
  expect((await barriers(page)).join()).toContain('image-alt');
  expect((await tooWide(page)).join()).toContain('IMG');
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

test('with keys alone one starts, opens a section, answers, goes on and hears what is missing', async () => {
  const { applicant, phone } = await begin(stack.url, { atHome: true });
  const page = phone.page();
  const press = async (target: Locator, key: string): Promise<void> => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  await press(applicant.link('home_start'), 'Enter');
  await press(applicant.startButton(), 'Enter');
  await press(applicant.button('before_agree'), 'Space');
  await press(page.getByRole('link', { name: applicant.label('route'), exact: true }), 'Enter');
  await applicant.heading(applicant.label('route')).waitFor();

  const firstChoice = applicant.field('permit_kind').getByRole('radio').first();
  await press(firstChoice, 'Space');
  expect(await firstChoice.isChecked()).toBe(true);
  await press(applicant.button('continue'), 'Enter');
  const summary = page.getByRole('alert');
  await summary.waitFor();
  await expect
    .poll(() => summary.evaluate((one) => one.contains(document.activeElement)))
    .toBe(true);
  const toQuestion = summary.getByRole('link').first();
  await press(toQuestion, 'Enter');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('.field') !== null))
    .toBe(true);
});

/** Puts the focus into the first line of text in the same instant as a page brings one. */
async function reachForFirstInput(page: Page): Promise<void> {
  await page.evaluate(() => {
    new MutationObserver((_, observer) => {
      const input = document.querySelector<HTMLElement>('main .field .input');
      if (input === null) return;
      observer.disconnect();
      input.focus();
    }).observe(document.body, { childList: true, subtree: true });
  });
}

test('the heading of a new page never takes the focus from a person who types already', async () => {
  const { applicant, phone } = await begin(stack.url);
  const page = phone.page();
  await reachForFirstInput(page);
  await applicant.openSection('person');
  await applicant.saved();
  // Long enough for everything that waits for the page to be painted.
  await page.evaluate(
    async () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 100))),
      ),
  );
  const first = page.locator('main .field .input').first();
  expect(await first.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.insertText('陳');
  expect(await first.inputValue()).toBe('陳');
});

test('in the browser of LINE the way out is shown before anything is typed', async () => {
  const userAgent =
    'Mozilla/5.0 (Linux; Android 14; SM-A145R; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 Line/14.9.0/IAB';
  const { applicant, phone } = await begin(stack.url, { atHome: true, userAgent });
  await phone.page().getByText(applicant.t('inapp_title')).waitFor();
  const way = await applicant.link('inapp_open').getAttribute('href');
  expect(new URL(way ?? '').searchParams.get('openExternalBrowser')).toBe('1');
});

// issue: a new service worker waits; an open form keeps its engine and package
test('a new version of the app waits while a form is open in any tab, and comes when asked', async () => {
  const road = await openRoad(stack.url);
  try {
    const { applicant, phone } = await begin(road.url);
    const page = phone.page();
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    const newer = `${await (await fetch(`${stack.url}/sw.js`)).text()}\n// a newer version\n`;
    const headers = { 'content-type': 'text/javascript' };
    road.treat(({ url }) =>
      url === '/sw.js' ? { kind: 'answer', status: 200, headers, body: newer } : { kind: 'pass' },
    );
    const tasks = page.url();
    await applicant.openSection('person');
    await applicant.answer('surname_en', 'CHAN');
    await page.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await page.getByText(applicant.t('update_waits')).waitFor();
    const waiting = (): Promise<boolean> =>
      page.evaluate(
        async () =>
          (await navigator.serviceWorker.getRegistration())?.waiting instanceof ServiceWorker,
      );
    expect(await waiting()).toBe(true);

    // The other tab shows no form, yet may not take the engine away from the first one.
    const other = await phone.context().newPage();
    await other.goto(`${road.url}/`);
    await other.getByRole('button', { name: applicant.t('update_button') }).click();
    await other.getByText(applicant.t('update_waits')).waitFor();
    expect(await waiting()).toBe(true);
    await other.close();

    await page.goto(tasks.replace(/#.*/, '#/'));
    const reloaded = page.waitForEvent('load');
    await applicant.button('update_button').click();
    await reloaded;
    await applicant.link('home_continue').waitFor();
    expect(await waiting()).toBe(false);
  } finally {
    await road.close();
  }
});
