/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EngineProvider } from '../../../web/src/forms/engine-context';
import { createStore } from '../../../web/src/forms/store';
import { TextsProvider } from '../../../web/src/i18n/context';
import { PortalProvider } from '../../../web/src/pages/portal';
import type { Portal } from '../../../web/src/pages/portal';
import type { Route } from '../../../web/src/pages/router';
import { SectionPage } from '../../../web/src/pages/section-page';
import {
  engineDouble,
  error,
  formNode,
  nodeState,
  openTestSession,
  slowEngineDouble,
} from '../support/form-double';
import type { EngineDouble } from '../support/form-double';
import { englishTexts } from '../support/texts';

const kNodes = [
  formNode('a', 'group', 'group'),
  formNode('a/name'),
  formNode('b', 'group', 'group'),
  formNode('b/x'),
];

let went: Route[] = [];

async function open(
  nameState = nodeState('a/name', 'Li'),
  { engine }: Pick<EngineDouble, 'engine'> = engineDouble(),
): Promise<void> {
  const states = [
    nodeState('a', null),
    nameState,
    nodeState('b', null),
    nodeState('b/x', null, [error('b/x', 'required')]),
  ];
  const session = openTestSession({ engine, sent: [], flushes: { count: 0 } }, kNodes, states);
  const portal = {
    engine,
    router: {
      route: createStore<Route>({ page: 'home' }),
      go: (route: Route) => went.push(route),
      replace: () => undefined,
    },
    focusTarget: null,
  } as unknown as Portal;
  await act(() => {
    render(
      <TextsProvider value={englishTexts()}>
        <PortalProvider value={portal}>
          <EngineProvider value={engine}>
            <SectionPage session={session} index={0} />
          </EngineProvider>
        </PortalProvider>
      </TextsProvider>,
      document.body,
    );
  });
}

/** Resolves when everything that the press set going has come to rest. */
async function pressContinue(): Promise<void> {
  await act(async () => {
    document.querySelector<HTMLButtonElement>('.button--primary')?.click();
    await rest();
  });
}

function rest(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

async function pressEnter(init: { isComposing: boolean; keyCode: number }): Promise<void> {
  const input = document.querySelector<HTMLInputElement>('form input');
  const event = new KeyboardEvent('keydown', {
    key: 'Enter',
    bubbles: true,
    cancelable: true,
    isComposing: init.isComposing,
  });
  Object.defineProperty(event, 'keyCode', { value: init.keyCode });
  await act(async () => {
    input?.dispatchEvent(event);
    await rest();
  });
}

beforeEach(() => {
  went = [];
});
afterEach(() => render(null, document.body));

describe('a section of a form', () => {
  it('pains 15: Enter that confirms a candidate of an input method does not leave the page', async () => {
    await open();

    await pressEnter({ isComposing: true, keyCode: 229 });
    await pressEnter({ isComposing: false, keyCode: 229 });

    expect(went).toEqual([]);
  });

  it('Enter goes on when nothing is being composed', async () => {
    await open();

    await pressEnter({ isComposing: false, keyCode: 13 });

    expect(went).toEqual([{ page: 'section', draft: 'd1', section: 1 }]);
  });

  it('Continue with something missing stays, lists it and takes the focus there', async () => {
    await open(nodeState('a/name', null, [error('a/name', 'required')]));

    await pressContinue();

    expect(went).toEqual([]);
    expect(document.activeElement?.className).toBe('error-summary');
    expect(document.title).toMatch(/^Error:/);
  });

  it('Continue pressed while the engine still works waits for its answer', async () => {
    const { engine, answerAll } = slowEngineDouble();
    await open(nodeState('a/name', null, [error('a/name', 'required')]), { engine });
    const input = document.querySelector<HTMLInputElement>('form input');

    await act(() => {
      if (!input) return;
      input.value = 'Li';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    await pressContinue();
    const early = [...went];
    const complaint = document.querySelector('.error-summary');
    await act(answerAll);

    expect(early).toEqual([]);
    expect(complaint).toBeNull();
    expect(went).toEqual([{ page: 'section', draft: 'd1', section: 1 }]);
  });

  it('the form element cannot be submitted by the browser and lets it store nothing', async () => {
    await open();
    const form = document.querySelector('form');
    const submit = new Event('submit', { bubbles: true, cancelable: true });

    form?.dispatchEvent(submit);

    expect(submit.defaultPrevented).toBe(true);
    expect(form?.getAttribute('autocomplete')).toBe('off');
    expect(document.querySelector('button[type=submit], input[type=submit]')).toBeNull();
  });
});
