/** The HTTP of tus uploads over `fetch`: no redirects, no endless waiting, the same in a worker and in tests. */

import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { ProblemError } from '../engine/problem';
import { mediaType, momentaryCode, readText, request } from './requests';

/** A chunk is sized for seconds; a phone that needs minutes for it has lost its network. */
const kChunkMs = 180_000;

function answerOf(response: Response, body: string): HttpResponse {
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => body,
    getUnderlyingObject: () => response,
  };
}

/** Answers that say the upload is gone; on any other failure its progress must not be thrown away. */
const kGone: ReadonlySet<number> = new Set([404, 410]);

/**
 * tus-js-client starts a new upload when asking for the offset fails in any way. Only "gone" may
 * mean that, and only from our server: a proxy's error page or a busy server is a reason to wait.
 */
function mustKnowOffset(response: Response): void {
  if (response.ok) return;
  if (mediaType(response) === 'text/html') throw new ProblemError('captive_portal');
  if (!kGone.has(response.status)) {
    throw new ProblemError(momentaryCode(response.status));
  }
}

function tusRequest(
  fetcher: typeof fetch,
  method: string,
  url: string,
  signal: AbortSignal,
): HttpRequest {
  const headers = new Map<string, string>();
  const stop = new AbortController();
  return {
    getMethod: () => method,
    getURL: () => url,
    setHeader: (name, value) => headers.set(name, value),
    getHeader: (name) => headers.get(name),
    // fetch tells nothing of an upload under way: progress is counted in chunks.
    setProgressHandler: () => undefined,
    send: async (body: unknown) => {
      const init: RequestInit = { method, headers: [...headers] };
      if (body !== undefined && body !== null) init.body = body as BodyInit;
      const either = AbortSignal.any([signal, stop.signal]);
      const response = await request(fetcher, url, init, either, kChunkMs);
      if (method === 'HEAD') mustKnowOffset(response);
      const text =
        method === 'HEAD' || response.status === 204 ? '' : await readText(response, either);
      return answerOf(response, text);
    },
    abort: () => {
      stop.abort();
      return Promise.resolve();
    },
    getUnderlyingObject: () => null,
  };
}

/** An HTTP stack for tus-js-client whose requests end with `signal`. */
export function tusHttpStack(fetcher: typeof fetch, signal: AbortSignal): HttpStack {
  return {
    createRequest: (method, url) => tusRequest(fetcher, method, url, signal),
    getName: () => 'landfall-fetch',
  };
}
