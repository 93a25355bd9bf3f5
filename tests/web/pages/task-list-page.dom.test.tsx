/** @vitest-environment happy-dom */

import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import { TextsProvider } from '../../../web/src/i18n/context';
import { PortalProvider } from '../../../web/src/pages/portal';
import type { Portal } from '../../../web/src/pages/portal';
import { TaskListPage } from '../../../web/src/pages/task-list-page';
import { engineDouble, formNode, nodeState, openTestSession } from '../support/form-double';
import { englishTexts } from '../support/texts';

const kNodes = [
  formNode('a', 'group', 'group'),
  formNode('a/married'),
  formNode('b', 'group', 'group'),
  formNode('b/spouse'),
];

async function draw(relevant: boolean): Promise<string> {
  const hidden = { relevant, required: true };
  const states = [
    nodeState('a', null),
    nodeState('a/married', 'no'),
    { ...nodeState('b', null), ...hidden },
    { ...nodeState('b/spouse', null), ...hidden },
  ];
  const double = engineDouble();
  const session = openTestSession(double, kNodes, states);
  const portal = { engine: double.engine, focusTarget: null } as unknown as Portal;
  await act(() => {
    render(
      <TextsProvider value={englishTexts()}>
        <PortalProvider value={portal}>
          <TaskListPage session={session} />
        </PortalProvider>
      </TextsProvider>,
      document.body,
    );
  });
  return document.body.textContent;
}

afterEach(() => render(null, document.body));

describe('the list of sections', () => {
  it('says that answers may add to it while some do not apply', async () => {
    const text = await draw(false);

    expect(document.querySelectorAll('.task-list__link')).toHaveLength(1);
    expect(text).toContain('Your answers may add sections to this list.');
  });

  it('says nothing of it once all are there', async () => {
    const text = await draw(true);

    expect(document.querySelectorAll('.task-list__link')).toHaveLength(2);
    expect(text).not.toContain('may add');
  });
});
