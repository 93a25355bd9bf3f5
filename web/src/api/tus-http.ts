/** The HTTP of tus uploads over `fetch`: no redirects, no endless waiting, the same in a worker and in tests. */

import type { HttpRequest, HttpResponse, HttpStack } from 'tus-js-client';
import { ProblemError } from '../engine/problem';
import { momentaryCode, request, textOf } from './requests';
import type { Answer } from './requests';

/** A chunk is sized for seconds; a phone that needs minutes for it has lost its network. */
const kChunkMs = 180_000;

function responseOf(answer: Answer): HttpResponse {
  return {
    getStatus: () => answer.status,
    getHeader: (name) => answer.header(name) ?? undefined,
    getBody: () => textOf(answer),
    getUnderlyingObject: () => null,
  };
}

/** Answers that say the upload is gone; on any other failure its progress must not be thrown away. */
const kGone: ReadonlySet<number> = new Set([404, 410]);

/**
 * tus-js-client starts a new upload when asking for the offset fails in any way. Only "gone" may
 * mean that, and only from our server: a proxy's error page or a busy server is a reason to wait.
 */
function mustKnowOffset({ status, type }: Answer): void {
  if (status < 300) return;
  if (type === 'text/html') throw new ProblemError('captive_portal');
  if (!kGone.has(status)) throw new ProblemError(momentaryCode(status));
}

function tusRequest(fetcher: typeof fetch, method: string, url: string): HttpRequest {
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
      const answer = await request(fetcher, url, init, stop.signal, kChunkMs);
      if (method === 'HEAD') mustKnowOffset(answer);
      return responseOf(answer);
    },
    abort: () => {
      stop.abort();
      return Promise.resolve();
    },
    getUnderlyingObject: () => null,
  };
}

/** An HTTP stack for tus-js-client; `Upload.abort` ends the request under way. */
export function tusHttpStack(fetcher: typeof fetch): HttpStack {
  return {
    createRequest: (method, url) => tusRequest(fetcher, method, url),
    getName: () => 'landfall-fetch',
  };
}
