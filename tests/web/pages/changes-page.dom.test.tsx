/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedDraft, Upgrade } from '../../../web/src/engine/protocol';
import { createDraftSession } from '../../../web/src/forms/draft-session';
import type { Engine } from '../../../web/src/forms/engine-port';
import { TextsProvider } from '../../../web/src/i18n/context';
import { localeByTag } from '../../../web/src/i18n/locales';
import { ChangesPage } from '../../../web/src/pages/changes-page';
import { PortalProvider } from '../../../web/src/pages/portal';
import type { Portal } from '../../../web/src/pages/portal';
import { TaskListPage } from '../../../web/src/pages/task-list-page';
import { description, engineDouble, formNode } from '../support/form-double';
import { englishTexts } from '../support/texts';

const kUpgrade: Upgrade = {
  from_version: '1',
  to_version: '2',
  done: false,
  kept: 3,
  changes: [
    {
      kind: 'dropped',
      label: { key: 'old.fax' },
      reason: { code: 'by_author' },
      was: [{ text: '02' }],
    },
    {
      kind: 'asked_again',
      label: { key: 'old.how' },
      reason: { code: 'choice_gone' },
      was: [{ truth: true }],
    },
    { kind: 'moved', label: { text: 'tel' }, now: { key: 'new.mobile' }, was: [] },
    { kind: 'new', label: { key: 'new.day' }, was: [] },
  ],
  texts: {
    'old.fax': 'Fax number',
    'old.how': 'How?',
    'new.mobile': 'Mobile',
    'new.day': 'Day of arrival of {who}',
  },
};

interface Drawn {
  readonly upgraded: string[];
  reopened: number;
}

async function draw(
  page: 'tasks' | 'changes',
  more: Partial<OpenedDraft>,
  upgradeDraft: () => Promise<OpenedDraft>,
): Promise<Drawn> {
  const drawn: Drawn = { upgraded: [], reopened: 0 };
  const engine = {
    ...engineDouble().engine,
    previewUpgrade: () => Promise.resolve({ ...kUpgrade, done: more.newer_version === undefined }),
    upgradeDraft: ({ draft_id }: { readonly draft_id: string }) => {
      drawn.upgraded.push(draft_id);
      return upgradeDraft();
    },
  } as unknown as Engine;
  const opened: OpenedDraft = {
    draft_id: 'd1',
    description: description([formNode('a', 'group', 'group')]),
    texts: {},
    nodes: [],
    fee: null,
    ...more,
  };
  const session = createDraftSession(engine, opened, {}, localeByTag('en'), 'en');
  const portal = { engine, focusTarget: null } as unknown as Portal;
  await act(async () => {
    render(
      <TextsProvider value={englishTexts()}>
        <PortalProvider value={portal}>
          {page === 'tasks' ? (
            <TaskListPage session={session} />
          ) : (
            <ChangesPage session={session} reopen={() => (drawn.reopened += 1)} />
          )}
        </PortalProvider>
      </TextsProvider>,
      document.body,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
  return drawn;
}

const never = (): Promise<OpenedDraft> => Promise.reject(new Error('not asked for'));
const shown = (): string => document.body.textContent.replaceAll(/[\u2068\u2069]/g, '');

afterEach(() => render(null, document.body));

describe('a newer version of a form', () => {
  it('is told on the list of sections, with a way to see what it would change', async () => {
    await draw('tasks', { newer_version: '2' }, never);

    expect(shown()).toContain('There is a newer version of this form');
    expect(document.querySelector('.banner a')?.getAttribute('href')).toBe('#/draft/d1/changes');
  });

  it('is not told where there is none', async () => {
    await draw('tasks', {}, never);

    expect(document.querySelector('.banner')).toBeNull();
  });

  it('is shown in words: what is asked again, new, moved, and no longer asked', async () => {
    await draw('changes', { newer_version: '2' }, never);
    const text = shown();

    expect(text).toContain('3 answers stay as they are.');
    expect(text).toContain('How?The choice is no longer offered.You had answered: Yes');
    expect(text).toContain('tel → Mobile');
    expect(text).toContain('Fax numberYou had answered: 02');
    expect(text).toContain('Day of arrival of {who}');
    expect(text).toContain('What you answered before stays in this draft');
  });

  it('is taken when the person says so, and the draft is opened anew', async () => {
    const drawn = await draw('changes', { newer_version: '2' }, () =>
      Promise.resolve({} as OpenedDraft),
    );
    const accept = document.querySelector<HTMLButtonElement>('button.button');

    await act(async () => {
      accept?.click();
      await new Promise((resolve) => setTimeout(resolve, 20));
    });

    expect(drawn).toEqual({ upgraded: ['d1'], reopened: 1 });
  });

  it('that could not be taken is a problem with its code, and the old one stays', async () => {
    const drawn = await draw('changes', { newer_version: '2' }, () =>
      Promise.reject(Object.assign(new Error('full'), { code: 'storage_full' })),
    );

    await act(async () => {
      document.querySelector<HTMLButtonElement>('button.button')?.click();
      await new Promise((resolve) => setTimeout(resolve, 20));
    });

    expect(drawn.reopened).toBe(0);
    expect(shown()).toContain('storage_full');
  });

  it('that was taken says what changed, and asks nothing', async () => {
    await draw('changes', { carried_from: '1' }, never);

    expect(shown()).toContain('Your draft is in the newer version now');
    expect(document.querySelector('button.button')).toBeNull();
  });
});
