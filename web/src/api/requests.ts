/** Requests to our server, and what an answer that is not our server's looks like. */

import { ProblemError } from '../engine/problem';
import type { ProblemCode } from '../engine/protocol';
import type { components, paths } from './api.gen';

type Problem = components['schemas']['Problem'];

/** Paths of the contract, checked against server/openapi.yaml when this is compiled. */
export const kPackagesPath = '/api/v1/packages' satisfies keyof paths;
export const kPartsPath = '/api/v1/parts' satisfies keyof paths;
export const kSubmissionsPath = '/api/v1/submissions' satisfies keyof paths;

/** A person waits behind most requests; a part of a file may take longer. */
export const kRequestMs = 60_000;

/** A problem as far as it is understood; a newer server may send codes this build does not know. */
export interface ServerProblem {
  readonly code: Problem['code'] | (string & {});
  /** Digests the server does not have, with `parts_missing`: the first ones. */
  readonly missing: readonly string[];
  /** How many there are in all. */
  readonly missingCount: number;
}

/**
 * `fetch` that never follows a redirect and never waits for ever.
 *
 * Problems: captive_portal (a redirect: our server sends none), server_unreachable, cancelled.
 */
export async function request(
  fetcher: typeof fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  limitMs: number = kRequestMs,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetcher(url, {
      ...init,
      redirect: 'manual',
      credentials: 'omit',
      cache: init.cache ?? 'no-store',
      signal: AbortSignal.any([signal, AbortSignal.timeout(limitMs)]),
    });
  } catch {
    throw new ProblemError(signal.aborted ? 'cancelled' : 'server_unreachable');
  }
  const redirected = response.status >= 300 && response.status < 400 && response.status !== 304;
  if (response.type === 'opaqueredirect' || redirected) throw new ProblemError('captive_portal');
  return response;
}

/** The media type without parameters, lower case. */
export function mediaType(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/**
 * The whole body as text. A connection that breaks off in the middle is not an answer.
 *
 * Problems: server_unreachable, cancelled.
 */
export async function readText(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return await response.text();
  } catch {
    throw new ProblemError(signal.aborted ? 'cancelled' : 'server_unreachable');
  }
}

/** As {@link readText}, for bytes. */
export async function readBytes(
  response: Response,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    throw new ProblemError(signal.aborted ? 'cancelled' : 'server_unreachable');
  }
}

/** Reads problem+json; null when the body is not one of ours. */
export function parseProblem(text: string): ServerProblem | null {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof body !== 'object' || body === null || !('code' in body)) return null;
  const { code } = body;
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{0,63}$/.test(code)) return null;
  const missing: unknown = 'missing' in body ? body.missing : [];
  const digests = Array.isArray(missing)
    ? missing.filter((digest): digest is string => typeof digest === 'string')
    : [];
  const count: unknown = 'missing_count' in body ? body.missing_count : digests.length;
  return { code, missing: digests, missingCount: typeof count === 'number' ? count : 0 };
}

/**
 * What to call an answer that says "not now": the server's own code would read as if the phone had
 * the trouble (`storage_full` of a server is not this phone's).
 */
export function momentaryCode(status: number): ProblemCode {
  if (status === 408) return 'server_unreachable';
  if (status === 423 || status === 429 || status === 503) return 'server_busy';
  return status >= 500 ? 'server_fault' : 'reply_not_understood';
}

/**
 * What to call an answer that was not the expected one: a sign-in page of some hotel, something that
 * is not there, a fault of our server, or nothing we know.
 */
export function unexpectedAnswer(response: Response): ProblemError {
  if (mediaType(response) === 'text/html') return new ProblemError('captive_portal');
  if (response.status === 404) return new ProblemError('form_not_here');
  return new ProblemError(momentaryCode(response.status));
}
