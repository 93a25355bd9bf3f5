/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { ErrorSummary } from '../../../web/src/components/error-summary/error-summary';
import { TextsProvider } from '../../../web/src/i18n/context';
import { englishTexts } from '../support/texts';

const kItems = [{ targetId: 'q1', text: 'Name: enter your name' }];

async function show(attempt: number, items = kItems): Promise<void> {
  await act(() => {
    render(
      <TextsProvider value={englishTexts()}>
        <ErrorSummary items={items} attempt={attempt} />
        <div class="field">
          <input id="q1" />
        </div>
      </TextsProvider>,
      document.body,
    );
  });
}

afterEach(() => render(null, document.body));

describe('the error summary', () => {
  it('takes the focus when it appears and when the person tries again', async () => {
    await show(1);
    expect(document.activeElement?.getAttribute('role')).toBe('alert');
    document.getElementById('q1')?.focus();

    await show(2);

    expect(document.activeElement?.getAttribute('role')).toBe('alert');
  });

  it('leads to the question without changing the address', async () => {
    await show(1);
    const before = location.hash;

    document.querySelector<HTMLAnchorElement>('.error-summary a')?.click();

    expect(document.activeElement?.id).toBe('q1');
    expect(location.hash).toBe(before);
  });

  it('is not there while nothing is wrong', async () => {
    await show(0, []);

    expect(document.querySelector('.error-summary')).toBeNull();
  });
});
