/** The service worker: serves the app's own files offline. It never touches /api or anything but GET. */

import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import type { PrecacheEntry } from 'workbox-precaching';
import { isTakeOverMessage } from './messages';
import { kServerPaths, keepAfterFirstUse } from './routes';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (PrecacheEntry | string)[];
};

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();

// Every address of the portal is the one page; the server's own paths are left alone.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [...kServerPaths] }),
);

// Decoders and other side files are too large to fetch for everybody, and too useful to fetch twice.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/on-demand-'),
  ({ request }) => keepAfterFirstUse(request),
);

// A page that loaded before this worker existed gets its lazy parts from here too. A *new* worker
// only gets this far when the page asked for it, so no open form changes its engine.
clientsClaim();

self.addEventListener('message', (event) => {
  if (isTakeOverMessage(event.data)) void self.skipWaiting();
});
