/** Which paths belong to the server, and how side files are kept. */

/** Navigations to these are answered by the server, never by the cached page. */
export const kServerPaths: readonly RegExp[] = [
  /^\/api\//,
  /^\/healthz$/,
  /^\/readyz$/,
  /^\/metrics$/,
  /^\/openapi\.json$/,
  /^\/desk(\/|$)/,
];

const kSideFiles = 'landfall-side-files';

/** Answers from the cache, or fetches and keeps. Names carry a content hash, so what is kept is right for ever. */
export async function keepAfterFirstUse(request: Request): Promise<Response> {
  const cache = await caches.open(kSideFiles);
  const kept = await cache.match(request);
  if (kept !== undefined) return kept;
  const fresh = await fetch(request);
  if (fresh.ok && fresh.type === 'basic' && !fresh.redirected) {
    await cache.put(request, fresh.clone());
  }
  return fresh;
}
