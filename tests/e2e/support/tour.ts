/** A walk past every page of the portal, the way a person comes to it. */
import type { Begun } from './begun';
import { kQuickVisitor } from './people';

/** Called on each page with its name. */
export type Visit = (name: string) => Promise<void>;

export const kPages = [
  'home',
  'choose',
  'before',
  'tasks',
  'section',
  'section-with-errors',
  'documents',
  'check',
  'move',
  'help',
  'bring',
  'verify',
  'locked',
  'drafts',
  'declare',
  'sent',
  'receipt',
] as const;

async function toDraft({ applicant }: Begun, visit: Visit): Promise<void> {
  await visit('home');
  await applicant.link('home_start').click();
  await applicant.startButton().waitFor();
  await visit('choose');
  await applicant.startButton().click();
  await applicant.button('before_agree').waitFor();
  await visit('before');
  await applicant.button('before_agree').click();
  await applicant.link('tasks_check').waitFor();
  await visit('tasks');
}

async function throughSections({ applicant, phone }: Begun, visit: Visit): Promise<void> {
  await applicant.openSection('route');
  await applicant.answer('permit_kind', 'SINGLE');
  await applicant.link('section_later').click();
  await applicant.openSection('person');
  await visit('section');
  await applicant.button('continue').click();
  await phone.page().getByRole('alert').waitFor();
  await visit('section-with-errors');
  await applicant.link('section_later').click();
  await applicant.openSection('documents');
  await visit('documents');
  await applicant.link('section_later').click();
  await applicant.link('tasks_check').click();
  await applicant.heading(applicant.t('check_title')).waitFor();
  await visit('check');
}

async function besideTheForm(
  { applicant, phone }: Begun,
  tasks: string,
  visit: Visit,
): Promise<void> {
  const page = phone.page();
  const pages = {
    move: `${tasks}/move`,
    help: tasks.replace(/#.*/, '#/help'),
    bring: tasks.replace(/#.*/, '#/bring'),
    verify: tasks.replace(/#.*/, '#/verify'),
  };
  for (const [name, address] of Object.entries(pages)) {
    await page.goto(address);
    await applicant.heading(applicant.t(`${name}_title`)).waitFor();
    await visit(name);
  }
  await applicant.button('header_lock').click();
  await applicant.heading(applicant.t('locked_title')).waitFor();
  await visit('locked');
  await applicant.button('locked_unlock').click();
  await page.goto(tasks.replace(/#.*/, '#/'));
  await applicant.link('home_continue').waitFor();
  await visit('drafts');
}

async function toReceipt({ applicant, phone }: Begun, tasks: string, visit: Visit): Promise<void> {
  await phone.page().goto(tasks);
  await applicant.link('tasks_check').waitFor();
  await applicant.fillForm(kQuickVisitor);
  await applicant.button('continue').click();
  await applicant.heading(applicant.t('declare_title')).waitFor();
  await visit('declare');
  await phone.offline(true);
  await applicant.declare();
  await applicant.heading(applicant.t('sent_title_sealed')).waitFor();
  await visit('sent');
  await phone.offline(false);
  await applicant.heading(applicant.t('receipt_title')).waitFor();
  await applicant.button('receipt_save').waitFor();
  await visit('receipt');
}

/** From the first page of a new phone to the receipt; visits each of {@link kPages} once, in this order. */
export async function tour(begun: Begun, visit: Visit): Promise<void> {
  await toDraft(begun, visit);
  const tasks = begun.phone.page().url();
  await throughSections(begun, visit);
  await besideTheForm(begun, tasks, visit);
  await toReceipt(begun, tasks, visit);
}
