/** Requests to our server, and what an answer that is not our server's looks like. */

import { ProblemError } from '../engine/problem';
import type { ProblemCode } from '../engine/protocol';
import type { components, paths } from './api.gen';

type Problem = components['schemas']['Problem'];

/** Paths of the contract, checked against server/openapi.yaml when this is compiled. */
export const kCheckpointPath = '/api/v1/log/checkpoint' satisfies keyof paths;
export const kConsistencyPath = '/api/v1/log/consistency' satisfies keyof paths;
export const kLinksPath = '/api/v1/log/links' satisfies keyof paths;
export const kProofPath = '/api/v1/log/proof/{index}' satisfies keyof paths;
export const kPackagesPath = '/api/v1/packages' satisfies keyof paths;
export const kCertificatesPath = '/api/v1/packages/certificates' satisfies keyof paths;
export const kBundlesPath = '/api/v1/bundles' satisfies keyof paths;
export const kPartsPath = '/api/v1/parts' satisfies keyof paths;
export const kReceiptPath = '/api/v1/submissions/{id}/receipt' satisfies keyof paths;
export const kMessagesPath = '/api/v1/submissions/{id}/messages' satisfies keyof paths;
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

/** A whole answer: a connection that broke off in the middle of one is none. */
export interface Answer {
  readonly status: number;
  /** The media type without parameters, lower case; empty when there is none. */
  readonly type: string;
  readonly header: (name: string) => string | null;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export function textOf(answer: Answer): string {
  return new TextDecoder().decode(answer.bytes);
}

interface Deadline {
  readonly signal: AbortSignal;
  readonly clear: () => void;
}

/** Ends with `signal` or after `limitMs`. By hand: Safari has AbortSignal.any only since 17.4. */
function deadline(signal: AbortSignal, limitMs: number): Deadline {
  const either = new AbortController();
  const end = (): void => either.abort();
  const timer = setTimeout(end, limitMs);
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  return {
    signal: either.signal,
    clear: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
    },
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
  return {
    status: response.status,
    type: type.trim().toLowerCase(),
    header: (name) => response.headers.get(name),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

/**
 * `fetch` that never follows a redirect, never waits for ever, and answers with the whole body.
 *
 * Problems: captive_portal (a redirect: our server sends none), server_unreachable, cancelled.
 */
export async function request(
  fetcher: typeof fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal,
  limitMs: number = kRequestMs,
): Promise<Answer> {
  const until = deadline(signal, limitMs);
  try {
    const response = await fetcher(url, {
      ...init,
      redirect: 'manual',
      credentials: 'omit',
      cache: init.cache ?? 'no-store',
      signal: until.signal,
    });
    // Asked for with If-None-Match, "not modified" is an answer and no redirect.
    const redirected = response.status >= 300 && response.status < 400 && response.status !== 304;
    if (response.type === 'opaqueredirect' || redirected) throw new ProblemError('captive_portal');
    return await answerOf(response);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(signal.aborted ? 'cancelled' : 'server_unreachable');
  } finally {
    until.clear();
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

/** Codes about what was sent, not about the moment: a request that a bad network cut short gives nothing up. */
const kFinal = /^(manifest|submission|part|form|fee|audience|recipient|jws|json)_/;

/** Whether a problem would be the same at every further try. */
export function isFinal(status: number, code: string): boolean {
  return status < 500 && kFinal.test(code);
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
export function unexpectedAnswer(answer: Answer): ProblemError {
  if (answer.type === 'text/html') return new ProblemError('captive_portal');
  if (answer.status === 404) return new ProblemError('form_not_here');
  return new ProblemError(momentaryCode(answer.status));
}
