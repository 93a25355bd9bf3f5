import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute } from '../../../web/src/pages/router';
import type { Route } from '../../../web/src/pages/router';

const kRoutes: readonly Route[] = [
  { page: 'home' },
  { page: 'new' },
  { page: 'bring' },
  { page: 'help' },
  { page: 'verify' },
  { page: 'hand-in' },
  { page: 'draft', draft: 'Ab_-9' },
  { page: 'section', draft: 'x1', section: 3 },
  { page: 'check', draft: 'x1' },
  { page: 'declare', draft: 'x1' },
  { page: 'move', draft: 'x1' },
  { page: 'sent', submission: '0193-aa' },
  { page: 'receipt', submission: '0193-aa' },
];

describe('addresses of pages', () => {
  it('every route survives being written and read', () => {
    const again = kRoutes.map((route) => parseRoute(hrefOf(route)));

    expect(again).toEqual(kRoutes);
  });

  it.each([
    '',
    '#',
    '#/nowhere',
    '#/draft',
    '#/draft/<script>',
    '#/draft/a b',
    '#/sent/',
    `#/draft/${'x'.repeat(65)}`,
  ])('the odd address "%s" shows the first page', (hash) => {
    expect(parseRoute(hash)).toEqual({ page: 'home' });
  });

  it('a section that is no number shows the sections', () => {
    expect(parseRoute('#/draft/x1/section/two')).toEqual({
      page: 'draft',
      draft: 'x1',
    });
  });
});
