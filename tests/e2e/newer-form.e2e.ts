/** A form that changed while somebody was filling it in: shown in words, taken only when told to, nothing lost. */
import { rm } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { barriers, tooWide } from './support/barriers';
import { begin } from './support/begun';
import type { Begun } from './support/begun';
import { kLooks } from './support/looks';
import { twoVersions } from './support/newer-form';
import type { TwoVersions } from './support/newer-form';
import { kQuickVisitor } from './support/people';
import { snapshot } from './support/snapshot';
import { startStack } from './support/stack';
import type { Stack } from './support/stack';

const kAddress = '臺北市中正區廣州街15號';

/** Answers what the newer version keeps, moves, asks again and no longer asks. */
async function answerEarlier({ applicant, phone }: Begun, tasks: string): Promise<void> {
  const open = async (section: string): Promise<void> => {
    await phone.page().goto(tasks);
    await applicant.openSection(section);
  };
  await open('route');
  await applicant.fillPage(kQuickVisitor);
  await open('eligibility');
  await applicant.fillPage(kQuickVisitor);
  await open('person');
  await applicant.answer('surname_en', 'CHAN');
  await applicant.field('sex').getByRole('radio').last().check();
  await open('contact');
  await applicant.answer('addr_tw', kAddress);
  await applicant.answer('agent_licence', '2388-9393');
  await applicant.saved();
  await phone.page().goto(tasks);
}

/** A server with the earlier version, and a draft of it on a phone that looks like `look`. */
async function beginEarlier(
  look: (typeof kLooks)[number],
): Promise<{ begun: Begun; tasks: string; stack: Stack; versions: TwoVersions }> {
  const versions = await twoVersions();
  const { packages, folder } = versions;
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const stack = await startStack({ packages });
  onTestFinished(() => stack.remove());
  const begun = await begin(stack.url, look);
  const tasks = begun.phone.page().url();
  await answerEarlier(begun, tasks);
  return { begun, tasks, stack, versions };
}

describe.each(kLooks)('in $catalog, $colorScheme, $viewport.width wide', (look) => {
  test('a newer version of the form is shown in words first and keeps every answer it can', async () => {
    const { begun, tasks, stack, versions } = await beginEarlier(look);
    const { applicant, phone } = begun;
    const t = (key: string): string => applicant.t(key);
    const main = phone.page().locator('main');
    const lookAt = async (name: string): Promise<void> => {
      const { catalog, colorScheme, viewport } = look;
      await snapshot(phone.page(), `newer-${catalog}-${colorScheme}-${viewport.width}-${name}`);
      expect(await barriers(phone.page())).toEqual([]);
      expect(await tooWide(phone.page())).toEqual([]);
    };
    await stack.stop();
    await versions.publishNewer();
    await stack.start();
    await phone.page().reload();
    await applicant.link('upgrade_see').click();
    await applicant.heading(t('upgrade_page_title')).waitFor();
    await applicant.button('upgrade_accept').waitFor();
    await lookAt('1-changes');
    const said = await main.innerText();
    for (const title of ['upgrade_again', 'upgrade_new', 'upgrade_moved', 'upgrade_dropped'])
      expect(said).toContain(t(title));
    expect(said).toContain(t('upgrade_choice_gone'));
    expect(said).toContain('2388-9393');
    // The address has its old name in another section.
    expect(said).toContain(applicant.label('visit'));
    expect(said).not.toContain('→');

    // Until told otherwise it is the version it was begun in.
    await applicant.link('upgrade_keep').click();
    await applicant.openSection('contact');
    expect(await applicant.field('addr_tw').locator('input, textarea').inputValue()).toBe(kAddress);

    await phone.page().goto(tasks);
    await applicant.link('upgrade_see').click();
    await applicant.button('upgrade_accept').click();
    await applicant.heading(t('upgrade_done')).waitFor();
    await main.getByText('2388-9393').waitFor();
    await lookAt('2-done');

    // The answers lie in the vault in their new places, also after the tab died.
    await (await phone.crashTab()).goto(tasks);
    await applicant.link('upgrade_see_done').waitFor();
    await applicant.openSection('visit');
    expect(await applicant.field('addr_tw').locator('input, textarea').inputValue()).toBe(kAddress);
    await phone.page().goto(tasks);
    await applicant.openSection('person');
    expect(await applicant.field('surname_en').locator('input').inputValue()).toBe('CHAN');
    expect(await applicant.field('sex').getByRole('radio', { checked: true }).count()).toBe(0);
    await phone.page().goto(tasks);
    await applicant.openSection('contact');
    await applicant.field('addr_home').waitFor();
    expect(await applicant.field('agent_licence').count()).toBe(0);
  });
});
