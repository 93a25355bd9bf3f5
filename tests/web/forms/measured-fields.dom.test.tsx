/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import type { Answer, Choice, FormNode } from '../../../web/src/engine/protocol';
import { EngineProvider } from '../../../web/src/forms/engine-context';
import { placeText } from '../../../web/src/forms/fields/place-field';
import { scaleOf } from '../../../web/src/forms/fields/range-field';
import { Nodes } from '../../../web/src/forms/nodes';
import { TextsProvider } from '../../../web/src/i18n/context';
import { engineDouble, formNode, nodeState, openTestSession } from '../support/form-double';
import { englishTexts } from '../support/texts';

const kGroup = formNode('a', 'group', 'group');

async function draw(node: FormNode, value: Answer, choices: readonly Choice[] = []) {
  const double = engineDouble();
  const session = openTestSession(
    double,
    [kGroup, node],
    [nodeState('a', null), nodeState(node.path, value)],
  );
  Object.assign(session.form.description.choices, { list: choices });
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
  return double;
}

const many = (count: number): Choice[] =>
  Array.from({ length: count }, (_, index) => ({
    name: `c${index}`,
    label: `choice ${index}`,
  }));

afterEach(() => render(null, document.body));

describe('a scale', () => {
  it('says that nothing is chosen, and takes a press where the slider already stands', async () => {
    const double = await draw(
      formNode('a/r', 'range', 'question', {
        parameters: { start: '0', end: '5', step: '1' },
      }),
      null,
    );
    const slider = document.querySelector<HTMLInputElement>('input[type=range]');
    const before = document.querySelector('output')?.textContent;

    await act(() => slider?.click());

    expect(slider?.getAttribute('aria-valuetext')).not.toBe('');
    expect(before).toBe(englishTexts().t('range_not_chosen'));
    expect(double.sent).toEqual([{ path: 'a/r', value: 0 }]);
  });

  it('may run downwards, and without parameters is that of XLSForm', () => {
    expect(scaleOf({ start: '10', end: '0', step: '-2' })).toEqual({
      from: 0,
      to: 10,
      step: 2,
    });
    expect(scaleOf({ start: '10', end: '1', step: '-2' })).toEqual({ from: 2, to: 10, step: 2 });
    expect(scaleOf({ start: '1', end: '0', step: '0.3' })).toEqual({ from: 0.1, to: 1, step: 0.3 });
    expect(scaleOf()).toEqual({ from: 1, to: 10, step: 1 });
    expect(scaleOf({ start: 'x', step: '0' })).toEqual({
      from: 1,
      to: 10,
      step: 1,
    });
  });
});

describe('an order', () => {
  it('gives places as choices are pressed, and takes one out again', async () => {
    const double = await draw(
      formNode('a/o', 'rank', 'question', { list: 'list' }),
      ['c2', 'c0'],
      many(3),
    );
    const places = [...document.querySelectorAll('.rank__place')].map((one) => one.textContent);
    const boxes = document.querySelectorAll<HTMLInputElement>('input[type=checkbox]');

    await act(() => boxes[1]?.click());
    await act(() => boxes[2]?.click());

    expect(places).toEqual(['2', '', '1']);
    expect(double.sent.map((sent) => sent.value)).toEqual([
      ['c2', 'c0', 'c1'],
      ['c0', 'c1'],
    ]);
  });
});

describe('a moment', () => {
  it('is picked, but an answer that no picker can show stays readable', async () => {
    await draw(formNode('a/t', 'time'), '09:30');
    const picker = document.querySelector('input')?.type;
    render(null, document.body);
    await draw(formNode('a/t', 'time'), 'half past nine');
    const input = document.querySelector('input');

    expect(picker).toBe('time');
    expect([input?.type, input?.value]).toEqual(['text', 'half past nine']);
  });
});

describe('a place', () => {
  it('is written as XForms have it', () => {
    const coords = {
      latitude: 25.0339639,
      longitude: 121.5644722,
      altitude: null,
      accuracy: 4.25,
    } as GeolocationCoordinates;

    expect(placeText(coords)).toBe('25.033964 121.564472 0 4.3');
  });
});

describe('a list of thousands', () => {
  it('offers so many as a phone can draw, the chosen one among them, and says how many are left', async () => {
    await draw(formNode('a/l', 'select_one', 'question', { list: 'list' }), 'c9999', many(10_000));
    const options = [...document.querySelectorAll('option')];

    expect(options.length).toBe(303);
    expect(document.querySelector('select')?.value).toBe('c9999');
    expect(options.at(-1)?.textContent).toContain('9,700');
  });
});
