import { describe, expect, it } from 'vitest';
import { isTakeOverMessage, kTakeOver } from '../../../web/src/sw/messages';
import { kServerPaths } from '../../../web/src/sw/routes';

const isServers = (path: string): boolean => kServerPaths.some((pattern) => pattern.test(path));

describe('the service worker', () => {
  it('leaves the server its own paths', () => {
    for (const path of [
      '/api/v1/packages',
      '/api/v1/parts/x',
      '/healthz',
      '/openapi.json',
      '/desk',
    ]) {
      expect(isServers(path)).toBe(true);
    }
  });

  it('answers every page of the portal', () => {
    for (const path of ['/', '/forms/entry', '/outbox', '/apiary', '/desktop']) {
      expect(isServers(path)).toBe(false);
    }
  });

  it('takes over only when told so', () => {
    expect(isTakeOverMessage(kTakeOver)).toBe(true);
    for (const message of [null, 'landfall-take-over', { type: 'other' }, undefined]) {
      expect(isTakeOverMessage(message)).toBe(false);
    }
  });
});
