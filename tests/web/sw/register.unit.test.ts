import { afterEach, describe, expect, it, vi } from 'vitest';
import { kTakeOver } from '../../../web/src/sw/messages';
import { watchForUpdates } from '../../../web/src/sw/register';
import type { AppUpdate } from '../../../web/src/sw/register';

interface Worker extends EventTarget {
  state: string;
  readonly told: unknown[];
  readonly postMessage: (message: unknown) => void;
}

function newWorker(state: string): Worker {
  const told: unknown[] = [];
  return Object.assign(new EventTarget(), {
    state,
    told,
    postMessage: (message: unknown) => {
      told.push(message);
    },
  });
}

function become(worker: Worker, state: string): void {
  worker.state = state;
  worker.dispatchEvent(new Event('statechange'));
}

/** A browser in which the app has been visited before, or not. */
function browser(visited: boolean) {
  const registration = Object.assign(new EventTarget(), {
    installing: visited ? null : newWorker('installing'),
    waiting: null as Worker | null,
    active: visited ? newWorker('activated') : null,
  });
  const container = Object.assign(new EventTarget(), {
    controller: registration.active,
    register: () => Promise.resolve(registration),
  });
  const locks = { held: [] as { name: string }[] };
  const reload = vi.fn();
  vi.stubGlobal('navigator', {
    serviceWorker: container,
    locks: { query: () => Promise.resolve(locks) },
  });
  vi.stubGlobal('location', { reload });
  return { registration, container, locks, reload };
}

async function watch(): Promise<{ updates: AppUpdate[]; offlineReady: () => number }> {
  const updates: AppUpdate[] = [];
  let ready = 0;
  const listener = {
    onOfflineReady: () => {
      ready += 1;
    },
    onUpdateReady: (update: AppUpdate) => {
      updates.push(update);
    },
  };
  await watchForUpdates(listener, new AbortController().signal);
  return { updates, offlineReady: () => ready };
}

afterEach(() => vi.unstubAllGlobals());

describe('a new version of the app', () => {
  it('is not announced on the first visit: the app is only said to be ready for offline use', async () => {
    const { registration } = browser(false);
    const seen = await watch();
    const worker = registration.installing;
    if (worker === null) throw new Error('nothing is being installed');

    become(worker, 'installed');
    const before = seen.offlineReady();
    become(worker, 'activated');

    expect(before).toBe(0);
    expect(seen.offlineReady()).toBe(1);
    expect(seen.updates).toEqual([]);
  });

  it('waits until the page says so, then takes over and the page is loaded again', async () => {
    const { registration, container, reload } = browser(true);
    const seen = await watch();
    const next = newWorker('installing');
    registration.installing = next;
    registration.dispatchEvent(new Event('updatefound'));
    become(next, 'installed');
    const toldBefore = [...next.told];

    const applied = await seen.updates[0]?.apply();
    container.dispatchEvent(new Event('controllerchange'));

    expect(toldBefore).toEqual([]);
    expect(applied).toBe(true);
    expect(next.told).toEqual([kTakeOver]);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it('does not take over while any tab holds a draft open', async () => {
    const { registration, locks, reload } = browser(true);
    registration.waiting = newWorker('installed');
    const seen = await watch();
    locks.held.push({ name: 'landfall-draft-anything' });

    const applied = await seen.updates[0]?.apply();

    expect(applied).toBe(false);
    expect(registration.waiting.told).toEqual([]);
    expect(reload).not.toHaveBeenCalled();
  });

  it('is nothing to wait for where service workers are refused', async () => {
    browser(true);
    vi.stubGlobal('navigator', {});

    expect(await watchForUpdates({}, new AbortController().signal)).toBe(false);
  });
});
