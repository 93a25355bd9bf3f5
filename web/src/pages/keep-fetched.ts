/** Has side files that came before the service worker did kept for offline use as well. */

const kSideFile = '/assets/on-demand-';

/**
 * Fetches again, through the service worker that now controls this page, each side file this page already
 * fetched: the catalogs of the chosen language above all. The browser's own cache answers, so nothing
 * travels twice; the service worker keeps what it sees.
 */
export async function keepFetched(signal: AbortSignal): Promise<void> {
  await controlled(signal);
  const names = performance.getEntriesByType('resource').map((entry) => entry.name);
  const wanted = new Set(names.filter((name) => new URL(name).pathname.startsWith(kSideFile)));
  await Promise.allSettled([...wanted].map((name) => fetch(name, { signal })));
}

function controlled(signal: AbortSignal): Promise<void> {
  const { serviceWorker } = navigator;
  if (serviceWorker.controller !== null) return Promise.resolve();
  return new Promise((resolve) => {
    serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true, signal });
  });
}
