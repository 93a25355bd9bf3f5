/** Enter that confirms what an input method suggests never goes on, in the order of any browser. */
import type { CDPSession, Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { begin } from './support/begun';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

/** The key code of a key that an input method is busy with. Source: UI Events, 7.3.1. */
const kProcessKey = 229;
const kEnter = 13;

async function pressEnter(keyboard: CDPSession, keyCode: number): Promise<void> {
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: keyCode };
  await keyboard.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
}

async function compose(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send('Input.imeSetComposition', {
    text,
    selectionStart: text.length,
    selectionEnd: text.length,
  });
}

async function commit(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send('Input.insertText', { text });
}

/** Notes what the browser told the page, so that the test knows which order it made. */
async function listen(field: Locator): Promise<() => Promise<readonly string[]>> {
  await field.evaluate((input) => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    input.addEventListener('compositionstart', () => heard.push('start'));
    input.addEventListener('compositionend', () => heard.push('end'));
    input.addEventListener('keydown', (event) => {
      if (event instanceof KeyboardEvent) heard.push(`key ${event.keyCode} ${event.isComposing}`);
    });
  });
  return () =>
    field.evaluate(() => (globalThis as unknown as { readonly heard: string[] }).heard.splice(0));
}

/** What is typed on the way to a name, and the name: zhuyin, pinyin, kana, hangul. */
const kMethods: readonly (readonly [string, readonly string[], string])[] = [
  ['zhuyin', ['ㄔ', 'ㄔㄣˊ', '陳'], '陳'],
  ['pinyin', ["wang'", "wang'xiao"], '王小'],
  ['kana', ['や', 'やま', 'やまだ'], '山田'],
  ['hangul', ['ㄱ', '기', '김'], '김'],
];

test('pains 15: Enter while an input method composes never goes on; the next Enter does', async () => {
  const { applicant, phone } = await begin(stack.url);
  const page = phone.page();
  await applicant.openSection('person');
  const field = applicant.field('name_zh').locator('input');
  const keyboard = await phone.context().newCDPSession(page);
  const heard = await listen(field);
  const staysHere = async (): Promise<void> => {
    await page.waitForTimeout(100);
    await applicant.heading(applicant.label('person')).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await field.evaluate((one) => one === document.activeElement)).toBe(true);
  };

  let composed = 0;
  for (const [, steps, name] of kMethods) {
    await field.fill('');
    await field.focus();
    await heard();
    // Chromium and Firefox: the key comes while the composition is open.
    for (const step of steps) await compose(keyboard, step);
    await pressEnter(keyboard, kProcessKey);
    expect(await heard()).toContain(`key ${kProcessKey} true`);
    await staysHere();
    await commit(keyboard, name);
    expect(await field.inputValue()).toBe(name);

    // Safari: the composition has ended when the key comes; only its code tells.
    for (const step of steps) await compose(keyboard, step);
    await commit(keyboard, name);
    await pressEnter(keyboard, kProcessKey);
    const order = await heard();
    expect(order.indexOf('end')).toBeLessThan(order.lastIndexOf(`key ${kProcessKey} false`));
    await staysHere();
    expect(await field.inputValue()).toBe(name + name);
    composed += 1;
  }
  expect(composed).toBe(kMethods.length);

  // The same key without an input method means "go on": here it says what is missing.
  await pressEnter(keyboard, kEnter);
  await page.getByRole('alert').waitFor();
});
