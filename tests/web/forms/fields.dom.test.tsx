/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { FormDescription, FormNode, NodeState } from '../../../web/src/engine/protocol';
import { EngineProvider } from '../../../web/src/forms/engine-context';
import { Nodes } from '../../../web/src/forms/nodes';
import { TextsProvider } from '../../../web/src/i18n/context';
import {
  engineDouble,
  error,
  formNode,
  handTimers,
  nodeState,
  openTestSession,
} from '../support/form-double';
import { englishTexts } from '../support/texts';

const kGroup = formNode('a', 'group', 'group');

async function draw(node: FormNode, state: NodeState, choices: FormDescription['choices'] = {}) {
  const double = engineDouble();
  const timers = handTimers();
  const states = [nodeState('a', null), state];
  const session = openTestSession(double, [kGroup, node], states, timers, choices);
  await act(() => {
    render(
      <TextsProvider value={englishTexts()}>
        <EngineProvider value={double.engine}>
          <Nodes session={session} parent={{ node: kGroup, path: 'a' }} />
        </EngineProvider>
      </TextsProvider>,
      document.body,
    );
  });
  return { double, timers, session };
}

async function type(selector: string, text: string): Promise<void> {
  const input = document.querySelector<HTMLInputElement>(selector);
  if (!input) throw new Error(`no ${selector}`);
  await act(() => {
    input.value = text;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

afterEach(() => render(null, document.body));

describe('the inputs of a form', () => {
  it('a text is labelled, holds the answer, and asks the browser to store nothing', async () => {
    await draw(formNode('a/name'), nodeState('a/name', 'Li'));
    const input = document.querySelector('input');

    expect(document.querySelector('label')?.htmlFor).toBe(input?.id);
    expect(input?.value).toBe('Li');
    expect(input?.getAttribute('autocomplete')).toBe('off');
    expect(input?.id).toMatch(/^q\d+$/);
  });

  it('a number is handed over as a number, and as typed while it is none', async () => {
    const { double, timers } = await draw(formNode('a/n', 'integer'), nodeState('a/n', null));

    await type('input', '12');
    timers.runAll();
    await type('input', '12x');
    timers.runAll();

    expect(double.sent.map((sent) => sent.value)).toEqual([12, '12x']);
  });

  it("an imported form's acknowledgement is one tick that answers its only choice", async () => {
    const node = formNode('a/k', 'select_one', 'question', {
      list: 'acknowledge',
      appearance: 'acknowledge w4',
    });
    const choices = { acknowledge: [{ name: 'OK', label: 'OK' }] };
    const { double } = await draw(node, nodeState('a/k', null), choices);
    const tick = () => document.querySelector<HTMLInputElement>('input[type=checkbox]');

    expect(document.querySelectorAll('input').length).toBe(1);
    expect(document.querySelector('label')?.textContent).toBe('label a/k');
    await act(() => tick()?.click());
    await act(() => tick()?.click());

    expect(double.sent.map((sent) => sent.value)).toEqual(['OK', null]);
  });

  it('a list of several choices stays a list, whatever its appearance says', async () => {
    const node = formNode('a/k', 'select_one', 'question', {
      list: 'yn',
      appearance: 'acknowledge',
    });
    const choices = {
      yn: [
        { name: 'y', label: 'Yes' },
        { name: 'n', label: 'No' },
      ],
    };
    await draw(node, nodeState('a/k', 'y'), choices);

    expect(document.querySelectorAll('input[type=radio]').length).toBe(2);
  });

  it('a long list takes the only match when its filter is left, and says so', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `place ${String(i)}`);
    const countries = [...names, '香港'].map((label, i) => ({ name: `c${String(i)}`, label }));
    const node = formNode('a/c', 'select_one', 'question', { list: 'countries' });
    const { double } = await draw(node, nodeState('a/c', null), { countries });
    const leave = () =>
      act(() => void document.querySelector('#q1-filter')?.dispatchEvent(new Event('blur')));

    await leave();
    await type('#q1-filter', 'place 1');
    await leave();
    expect(double.sent).toEqual([]);
    await type('#q1-filter', '香港');
    await leave();
    await leave();

    expect(double.sent).toEqual([{ path: 'a/c', value: 'c20' }]);
    expect(document.querySelector('[role=status]')?.textContent).toBe('Chosen: \u2068香港\u2069');
    expect(document.querySelector('select')?.value).toBe('c20');
  });

  it('a date is put together from its three fields', async () => {
    const { double, timers } = await draw(formNode('a/d', 'date'), nodeState('a/d', null));

    await type('#q1-year', '1990');
    await type('#q1-month', '5');
    await type('#q1-day', '1');
    timers.runAll();

    expect(double.sent.at(-1)).toEqual({ path: 'a/d', value: '1990-05-01' });
    expect(document.body.textContent).toContain('ROC year');
  });

  it('findings stay hidden until it is time', async () => {
    const { session } = await draw(
      formNode('a/name'),
      nodeState('a/name', null, [error('a/name', 'required')]),
    );
    const before = document.querySelector('.field__error');

    await act(() => session.show(['a/name']));
    const shown = document.querySelector('.field__error');

    expect(before).toBeNull();
    expect(shown).not.toBeNull();
    expect(document.querySelector('input')?.getAttribute('aria-describedby')).toContain(shown?.id);
    expect(document.querySelector('input')?.getAttribute('aria-invalid')).toBe('true');
  });

  it('yes and no are JSON booleans, and neither is chosen at first', async () => {
    const { double } = await draw(formNode('a/b', 'boolean'), nodeState('a/b', null));
    const [yes, no] = document.querySelectorAll<HTMLInputElement>('input[type=radio]');
    const chosenAtFirst = [yes?.checked, no?.checked];

    await act(() => no?.click());

    expect(chosenAtFirst).toEqual([false, false]);
    expect(double.sent).toEqual([{ path: 'a/b', value: false }]);
  });
});
