import { describe, expect, it } from 'vitest';
import { labelOf } from '../../../web/src/pages/check-findings';
import { engineDouble, formNode, nodeState, openTestSession } from '../support/form-double';

const kNodes = [
  formNode('a', 'group', 'group'),
  formNode('a/b'),
  formNode('a/worked_out', 'calculate', 'question', { label: '' }),
];

describe('the words that a finding is told with', () => {
  const states = kNodes.map((node) => nodeState(node.path, null));
  const session = openTestSession(engineDouble(), kNodes, states);
  const labelAt = (path: string): string =>
    labelOf(session, {
      path,
      code: 'expression_failed',
      severity: 'error',
      params: {},
    });

  it('are those of its question', () => {
    expect(labelAt('a/b')).toBe(session.text(kNodes[1]?.label));
  });

  it('are those of the part around what has none', () => {
    expect(labelAt('a/worked_out')).toBe(session.text(kNodes[0]?.label));
    expect(labelAt('a/worked_out')).not.toBe('');
  });
});
