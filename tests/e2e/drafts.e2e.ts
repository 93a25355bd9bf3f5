/** Nothing typed is lost: not when the tab dies, not by coming back, not when the browser pulls the database away. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Applicant } from './support/applicant';
import { begin } from './support/begun';
import { kQuickVisitor } from './support/people';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';
import {
  askForNewerVersion,
  closeConnection,
  engineOf,
  storedDrafts,
  watchConnection,
} from './support/vault';

let stack: Stack;

beforeAll(async () => {
  stack = await startStack();
});

afterAll(async () => {
  await stack?.remove();
});

/** What the design promises for typing, and a little for a machine that does other things too. */
const kTypedIsSafeMs = 1_000 + 300;

/** Questions of text, by section, in the order of the form. */
const kTyped: Readonly<Record<string, readonly string[]>> = {
  person: ['name_zh', 'surname_en', 'given_en'],
  passport: ['ppt_no'],
  visit: ['addr_tw'],
  contact: ['addr_home', 'mobile', 'email'],
};

function input(applicant: Applicant, question: string): Locator {
  return applicant.field(question).locator('input, textarea');
}

function textOf(question: string): string {
  const answer = kQuickVisitor[question];
  if (typeof answer !== 'string') throw new Error(`${question} is no text`);
  return answer;
}

/** Loads `address` in the tab that is open now and waits for the section's questions. */
async function comeBack(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.locator('main .field').first().waitFor();
}

test('pains 1: a tab that dies at any key takes nothing along that was left before, nor what is a second old', async () => {
  const { applicant, phone } = await begin(stack.url);
  const tasks = phone.page().url();
  const kept: [string, string][] = [];
  let deaths = 0;
  const dieAndComeBack = async (): Promise<void> => {
    const address = phone.page().url();
    await comeBack(await phone.crashTab(), address);
    deaths += 1;
    for (const [question, text] of kept) {
      if (!(await input(applicant, question).count())) continue;
      expect(await input(applicant, question).inputValue()).toBe(text);
    }
  };

  let turn = 0;
  for (const [section, questions] of Object.entries(kTyped)) {
    await phone.page().goto(tasks);
    await applicant.openSection(section);
    for (const question of questions) {
      const text = textOf(question);
      // In the middle of a word: another place in each question, sometimes before a second is over.
      const typed = [...text].slice(0, 1 + (turn % [...text].length)).join('');
      await input(applicant, question).pressSequentially(typed);
      const old = turn % 2 === 0;
      if (old) await pause(kTypedIsSafeMs);
      await dieAndComeBack();
      const found = await input(applicant, question).inputValue();
      if (old) expect(found).toBe(typed);
      else expect(typed.startsWith(found)).toBe(true);

      await input(applicant, question).fill('');
      await input(applicant, question).pressSequentially(text);
      await input(applicant, question).blur();
      await applicant.saved();
      kept.push([question, text]);
      await dieAndComeBack();
      turn += 1;
    }
  }
  expect(deaths).toBe(2 * kept.length);

  await phone.page().goto(`${tasks}/check`);
  await applicant.heading(applicant.t('check_title')).waitFor();
  const answers = await phone.page().locator('main').innerText();
  for (const [, text] of kept) expect(answers).toContain(text);
});

test('pains 2: coming back writes nothing: the stored draft stays as it was, byte for byte', async () => {
  const { applicant, phone } = await begin(stack.url);
  const tasks = phone.page().url();
  await applicant.openSection('person');
  await applicant.fillPage(kQuickVisitor);
  await applicant.saved();
  const section = phone.page().url();
  await phone.close();

  let page = await phone.open();
  await page.goto(stack.url);
  await applicant.link('home_continue').waitFor();
  const before = await storedDrafts(page);
  expect(before.length).toBeGreaterThan(0);

  for (const address of [tasks, section, `${tasks}/check`, section]) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
  await page.locator('main .field').first().waitFor();
  // Walking through the questions without changing one is still doing nothing.
  for (let step = 0; step < 8; step += 1) await page.keyboard.press('Tab');
  await pause(1_500);
  expect(await input(applicant, 'surname_en').inputValue()).toBe('CHAN');
  expect(await storedDrafts(page)).toEqual(before);

  await page.reload();
  await page.locator('main .field').first().waitFor();
  page = await phone.crashTab();
  await comeBack(page, section);
  expect(await input(applicant, 'name_zh').inputValue()).toBe('陳大文');
  expect(await storedDrafts(page)).toEqual(before);
});

test('pains 3: locking, another language, back, and loading again keep what was typed a moment ago', async () => {
  const { applicant, phone } = await begin(stack.url);
  const page = phone.page();
  await applicant.openSection('person');
  const id = (await input(applicant, 'surname_en').getAttribute('id')) ?? '';
  // By its id: the label changes with the language.
  const surname = page.locator(`[id="${id}"]`);

  await surname.pressSequentially('CHAN');
  await applicant.button('header_lock').click();
  await applicant.heading(applicant.t('locked_title')).waitFor();
  expect(await page.content()).not.toContain('CHAN');
  await applicant.button('locked_unlock').click();
  await expect.poll(() => surname.inputValue()).toBe('CHAN');

  await surname.press('End');
  await surname.pressSequentially('G');
  await page.locator('.header__language select').selectOption('zh-Hant');
  await page.getByRole('button', { name: '繼續' }).waitFor();
  await expect.poll(() => surname.inputValue()).toBe('CHANG');
  await page.locator('.header__language select').selectOption('en');
  await applicant.button('continue').waitFor();

  await surname.pressSequentially('S');
  await page.goBack();
  await applicant.link('tasks_check').waitFor();
  await page.goForward();
  await expect.poll(() => surname.inputValue()).toBe('CHANGS');

  await surname.fill('CHEUNG');
  await surname.blur();
  await applicant.saved();
  await page.reload();
  await expect.poll(() => surname.inputValue()).toBe('CHEUNG');
});

test('pains 8: a database that closes under the portal is opened again by the next save', async () => {
  const { applicant, phone } = await begin(stack.url);
  const page = phone.page();
  await applicant.openSection('person');
  const address = page.url();
  await watchConnection(page);
  const save = async (text: string): Promise<void> => {
    await input(applicant, 'surname_en').fill(text);
    await input(applicant, 'surname_en').blur();
    await applicant.saved();
  };
  await save('CHAN');
  await closeConnection(page);
  await save('CHEUNG');
  await askForNewerVersion(page);
  await save('CHOW');
  expect(await page.getByRole('alert').count()).toBe(0);

  await comeBack(await phone.crashTab(), address);
  expect(await input(applicant, 'surname_en').inputValue()).toBe('CHOW');
});

// issue: a wasm trap restarts the engine from the vault, keeps the typed text and names a problem code
test('an engine that stops is started again, names the problem, and keeps the text being typed', async () => {
  const { applicant, phone } = await begin(stack.url);
  const page = phone.page();
  await applicant.openSection('person');
  const address = page.url();
  await input(applicant, 'surname_en').pressSequentially('CHAN');
  await engineOf(page).evaluate(() => {
    setTimeout(() => {
      throw new Error('stopped by the test');
    }, 0);
  });
  await input(applicant, 'surname_en').pressSequentially('G');
  const notice = page.getByRole('alert').filter({ hasText: applicant.t('restart_title') });
  await notice.waitFor();
  expect(await notice.innerText()).toContain('engine_aborted');
  expect(await input(applicant, 'surname_en').inputValue()).toBe('CHANG');
  await input(applicant, 'surname_en').blur();
  await applicant.saved();

  await comeBack(await phone.crashTab(), address);
  expect(await input(applicant, 'surname_en').inputValue()).toBe('CHANG');
});
