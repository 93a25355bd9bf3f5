/** The page's side of the service worker: registers it and says when a new version of the app waits. */

import { kTakeOver } from './messages';

export interface AppUpdate {
  /**
   * Lets the new version take over and reloads this page. Answers false, and does nothing, while a
   * form is open in any tab: an open form keeps its engine and its package.
   */
  readonly apply: () => Promise<boolean>;
}

export interface UpdateListener {
  /** Everything the app needs without a network now lies on this phone. */
  readonly onOfflineReady?: () => void;
  /** A new version is installed and waits. May be called again for a still newer one. */
  readonly onUpdateReady?: (update: AppUpdate) => void;
}

/** Locks that tabs hold while a form is open begin with this; see web/src/offline/locks.ts. */
const kDraftLockPrefix = 'landfall-draft-';

async function formIsOpen(): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name?.startsWith(kDraftLockPrefix) === true);
}

function updateOf(waiting: ServiceWorker): AppUpdate {
  return {
    async apply() {
      if (await formIsOpen()) return false;
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), {
        once: true,
      });
      waiting.postMessage(kTakeOver);
      return true;
    },
  };
}

function announce(worker: ServiceWorker, listener: UpdateListener): void {
  // Without a controller this is the first visit: nothing to replace.
  if (navigator.serviceWorker.controller === null) listener.onOfflineReady?.();
  else listener.onUpdateReady?.(updateOf(worker));
}

function follow(worker: ServiceWorker, listener: UpdateListener, signal: AbortSignal): void {
  // Asked before the worker activates: `clientsClaim` sets the controller on the first visit too.
  const firstVisit = navigator.serviceWorker.controller === null;
  worker.addEventListener(
    'statechange',
    () => {
      if (worker.state === 'installed' && !firstVisit) announce(worker, listener);
      if (worker.state === 'activated' && firstVisit) listener.onOfflineReady?.();
    },
    { signal },
  );
}

/**
 * Registers the service worker and reports what becomes of it until `signal` is aborted.
 *
 * @returns false where service workers are missing or refused (some in-app browsers, private windows);
 * the app then works, but only with a network.
 */
export async function watchForUpdates(
  listener: UpdateListener,
  signal: AbortSignal,
): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false;
  try {
    const registration = await navigator.serviceWorker.register('/sw.js', {
      scope: '/',
      updateViaCache: 'none',
    });
    if (registration.waiting !== null) announce(registration.waiting, listener);
    else if (registration.active !== null) listener.onOfflineReady?.();
    if (registration.installing !== null) follow(registration.installing, listener, signal);
    registration.addEventListener(
      'updatefound',
      () => {
        if (registration.installing !== null) follow(registration.installing, listener, signal);
      },
      { signal },
    );
    return true;
  } catch {
    return false;
  }
}

/** Asks the server whether there is a newer version; quiet when there is no network. */
export async function lookForUpdate(): Promise<void> {
  try {
    const registration = await navigator.serviceWorker.getRegistration('/');
    await registration?.update();
  } catch {
    // No network: the version on the phone is the version in use.
  }
}
