/** A person who has just begun a draft on a phone of their own. */
import { onTestFinished } from 'vitest';
import { Applicant } from './applicant';
import { newPhone } from './phone';
import type { Phone, PhoneOptions } from './phone';
import { snapshot } from './snapshot';
import type { Page } from 'playwright-core';

export interface Begun {
  readonly phone: Phone;
  readonly applicant: Applicant;
}

export interface BegunOptions extends PhoneOptions {
  /** The catalog by which the screen is read; the phone's own language must ask for it. */
  readonly catalog?: string;
  /** Called with the empty tab, before anything is loaded. */
  readonly before?: (page: Page) => Promise<void>;
  /** Stop at the first page, with no draft begun. */
  readonly atHome?: boolean;
}

/** Opens the portal at `url` on a new phone and begins a draft; the phone is removed with the test. */
export async function begin(url: string, options: BegunOptions = {}): Promise<Begun> {
  const phone = await newPhone(options);
  onTestFinished(async ({ task }) => {
    const name = `failed-${task.name.replace(/\W+/g, '-').slice(0, 60)}`;
    if (task.result?.state === 'fail' && phone.isOpen()) await snapshot(phone.page(), name);
    await phone.remove();
  });
  const page = await phone.open();
  await options.before?.(page);
  const applicant = new Applicant(() => phone.page(), { locale: options.catalog ?? 'en' });
  await page.goto(`${url}/`);
  await applicant.link('home_start').waitFor();
  if (options.atHome !== true) await applicant.start();
  return { phone, applicant };
}
