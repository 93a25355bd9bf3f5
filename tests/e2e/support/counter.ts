/** Somebody with a network who was given a saved application: a device that never saw the portal. */
import { readFile } from 'node:fs/promises';
import { onTestFinished } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { Applicant } from './applicant';
import type { FileToAttach } from './applicant';
import { newPhone } from './phone';
import type { Phone, PhoneOptions } from './phone';
import { snapshot } from './snapshot';

export interface Counter {
  readonly phone: Phone;
  /** Reads the screen by the words on it. */
  readonly person: Applicant;
  page(): Page;
  choose(file: FileToAttach): Promise<void>;
  /** Presses the button, and waits for the receipt; answers with its case number. */
  handIn(): Promise<string>;
  /** Saves the receipt; its name and what it holds. */
  saveReceipt(): Promise<{ readonly name: string; readonly path: string; readonly text: string }>;
  /** The alert on the page. */
  alert(): Locator;
}

export interface CounterOptions extends PhoneOptions {
  readonly catalog?: string;
}

/** Opens the page for handing in at the address an applicant is told. */
export async function openCounter(url: string, options: CounterOptions = {}): Promise<Counter> {
  const phone = await newPhone(options);
  onTestFinished(async ({ task }) => {
    const name = `failed-counter-${task.name.replace(/\W+/g, '-').slice(0, 60)}`;
    if (task.result?.state === 'fail' && phone.isOpen()) await snapshot(phone.page(), name);
    await phone.remove();
  });
  const person = new Applicant(() => phone.page(), { locale: options.catalog ?? 'en' });
  const page = await phone.open();
  await page.goto(`${url}/#/hand-in`);
  await person.heading(person.t('handin_title')).waitFor();
  return {
    phone,
    person,
    page: () => phone.page(),
    choose: (file) => page.getByLabel(person.t('handin_file')).setInputFiles(file),
    async handIn() {
      await person.button('handin_button').click();
      await person.heading(person.t('handin_received')).waitFor({ timeout: 60_000 });
      await page.getByText(person.t('receipt_genuine')).waitFor();
      return (await page.locator('.receipt__number').innerText()).trim();
    },
    async saveReceipt() {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        person.button('receipt_save').click(),
      ]);
      const path = await download.path();
      return { name: download.suggestedFilename(), path, text: await readFile(path, 'utf8') };
    },
    alert: () => page.getByRole('alert'),
  };
}
